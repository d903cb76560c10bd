#pragma once

#include <cstddef>
#include <vector>

namespace showergan::physics {

/// A square matrix in rows, double precision.
class SquareMatrix {
 public:
  explicit SquareMatrix(std::size_t size) : size_(size), values_(size * size) {}

  std::size_t size() const noexcept { return size_; }
  double* row(std::size_t i) noexcept { return &values_[i * size_]; }
  const double* row(std::size_t i) const noexcept { return &values_[i * size_]; }
  double& operator()(std::size_t i, std::size_t j) noexcept { return values_[i * size_ + j]; }
  double operator()(std::size_t i, std::size_t j) const noexcept { return values_[i * size_ + j]; }

 private:
  std::size_t size_;
  std::vector<double> values_;
};

/// The eigenvalues of a symmetric matrix, ascending, to rounding of the largest: Householder
/// reflections to a tridiagonal matrix, then the implicit QL method with Wilkinson's shift
/// (J. H. Wilkinson and C. Reinsch, Handbook for Automatic Computation II, Linear Algebra, II/2 and
/// II/4; G. H. Golub and C. F. Van Loan, Matrix Computations, section 8.3). Both triangles must be
/// there. Throws Error if an eigenvalue does not converge, as where a number is not finite.
std::vector<double> symmetric_eigenvalues(SquareMatrix matrix);

}  // namespace showergan::physics
