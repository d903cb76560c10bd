#include "store/square_symmetry.hpp"

#include <algorithm>
#include <utility>

#include "base/contract.hpp"

namespace showergan {

void apply_symmetry(unsigned which, const Grid& grid, std::span<const float> shower,
                    std::span<float> out) {
  SHOWERGAN_EXPECT(which < square_symmetries && grid.nx == grid.ny);
  const float* from = shower.data();
  for (std::int64_t x = 0; x < grid.nx; ++x) {
    for (std::int64_t y = 0; y < grid.ny; ++y) {
      std::int64_t to_x = (which & 1U) != 0 ? grid.nx - 1 - x : x;
      std::int64_t to_y = (which & 2U) != 0 ? grid.ny - 1 - y : y;
      if ((which & 4U) != 0) std::swap(to_x, to_y);
      std::copy_n(from, grid.nz, out.data() + (to_x * grid.ny + to_y) * grid.nz);
      from += grid.nz;
    }
  }
}

}  // namespace showergan
