#include "physics/metric/symmetric_eigenvalues.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "showergan/error.hpp"

namespace showergan::physics {
namespace {

struct Tridiagonal {
  std::vector<double> diagonal;
  std::vector<double> beside;  ///< beside[i] couples i and i + 1; the last one is 0
};

/// Makes `v` (from `first`) the Householder vector that takes it to ∓|v| in its first component,
/// which is returned; v is then scaled so that the reflection is 1 − v·vᵀ.
double reflect_to_axis(std::vector<double>& v, std::size_t first) {
  double square = 0;
  for (std::size_t i = first; i < v.size(); ++i) square += v[i] * v[i];
  if (square == 0) return 0;
  const double target = v[first] > 0 ? -std::sqrt(square) : std::sqrt(square);
  v[first] -= target;
  const double scale = 1 / std::sqrt(-target * v[first]);
  for (std::size_t i = first; i < v.size(); ++i) v[i] *= scale;
  return target;
}

/// a ← (1 − v·vᵀ) a (1 − v·vᵀ) in the rows and columns from `first` on.
void apply_reflection(SquareMatrix& a, const std::vector<double>& v, std::size_t first) {
  std::vector<double> w(v.size());
  for (std::size_t i = first; i < v.size(); ++i) {
    const double* row = a.row(i);
    for (std::size_t j = first; j < v.size(); ++j) w[j] += v[i] * row[j];
  }
  double half = 0;
  for (std::size_t i = first; i < v.size(); ++i) half += 0.5 * v[i] * w[i];
  for (std::size_t i = first; i < v.size(); ++i) w[i] -= half * v[i];
  for (std::size_t i = first; i < v.size(); ++i) {
    double* row = a.row(i);
    for (std::size_t j = first; j < v.size(); ++j) row[j] -= v[i] * w[j] + w[i] * v[j];
  }
}

Tridiagonal to_tridiagonal(SquareMatrix& a) {
  const std::size_t size = a.size();
  Tridiagonal result{std::vector<double>(size), std::vector<double>(size)};
  for (std::size_t k = 0; k + 1 < size; ++k) {
    std::vector<double> v(size);
    std::copy(a.row(k) + k + 1, a.row(k) + size, v.begin() + static_cast<std::ptrdiff_t>(k) + 1);
    result.beside[k] = reflect_to_axis(v, k + 1);
    apply_reflection(a, v, k + 1);
  }
  for (std::size_t k = 0; k < size; ++k) result.diagonal[k] = a(k, k);
  return result;
}

/// One implicit QL sweep on the unreduced block [first, last].
void sweep(Tridiagonal& t, std::size_t first, std::size_t last) {
  auto& d = t.diagonal;
  auto& e = t.beside;
  const double half = (d[first + 1] - d[first]) / (2 * e[first]);
  const double root = std::copysign(std::hypot(half, 1.0), half);
  double g = d[last] - d[first] + e[first] / (half + root);
  double sine = 1;
  double cosine = 1;
  double p = 0;
  for (std::size_t i = last; i-- > first;) {
    const double f = sine * e[i];
    const double b = cosine * e[i];
    const double r = std::hypot(f, g);
    e[i + 1] = r;
    if (r == 0) {  // the block has come apart here
      d[i + 1] -= p;
      e[last] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - p;
    const double s = (d[i] - g) * sine + 2 * cosine * b;
    p = sine * s;
    d[i + 1] = g + p;
    g = cosine * s - b;
  }
  d[first] -= p;
  e[first] = g;
  e[last] = 0;
}

/// The last index of the block that starts at `first` and is coupled throughout.
std::size_t end_of_block(const Tridiagonal& t, std::size_t first, double negligible) {
  std::size_t last = first;
  while (last + 1 < t.diagonal.size() && !(std::abs(t.beside[last]) <= negligible)) ++last;
  return last;
}

}  // namespace

std::vector<double> symmetric_eigenvalues(SquareMatrix matrix) {
  constexpr int kSweeps = 100;  // two or three are usual
  Tridiagonal t = to_tridiagonal(matrix);
  double norm = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    norm = std::max({norm, std::abs(t.diagonal[i]), std::abs(t.beside[i])});
  }
  const double negligible = std::numeric_limits<double>::epsilon() * norm;
  for (std::size_t first = 0; first < matrix.size(); ++first) {
    int sweeps = 0;
    for (std::size_t last = end_of_block(t, first, negligible); last > first;
         last = end_of_block(t, first, negligible)) {
      if (++sweeps > kSweeps) {
        throw Error("the eigenvalues of a matrix were not found", "a number in it is not finite");
      }
      sweep(t, first, last);
    }
  }
  std::ranges::sort(t.diagonal);
  return t.diagonal;
}

}  // namespace showergan::physics
