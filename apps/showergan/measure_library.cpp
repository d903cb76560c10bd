#include "measure_library.hpp"

#include <algorithm>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "measure_showers.hpp"
#include "store/square_symmetry.hpp"

namespace showergan::app {
namespace {

/// Showers of the library around the one asked for last.
class Window {
 public:
  Window(ShowerReader& library, std::int64_t size) : library_(library), size_(size) {}

  /// Cells of a shower; rows are asked for in ascending order.
  std::span<const float> shower(std::int64_t row) {
    if (row >= first_ + batch_.size()) {
      first_ = row;
      batch_ = library_.read(first_, std::min(size_, library_.size() - first_));
    }
    return batch_.shower(row - first_);
  }

 private:
  ShowerReader& library_;
  std::int64_t size_;
  std::int64_t first_ = 0;
  ShowerBatch batch_;
};

void put_shower(const Grid& grid, std::span<const float> from, const physics::LibraryUse& use,
                std::span<float> to) {
  if (use.mirror == 0) {
    std::ranges::copy(from, to.begin());
  } else {
    apply_symmetry(use.mirror, grid, from, to);
  }
  for (float& cell : to) cell *= use.scale;
}

}  // namespace

physics::ShowerSet measure_library(ShowerReader& library, std::span<const physics::LibraryUse> uses,
                                   const physics::ImageGeometry& geometry,
                                   std::vector<std::int64_t> keep, int threads, bool quiet) {
  const Grid grid = library.grid();
  const auto at_once = static_cast<std::size_t>(showers_at_once(grid));
  Window window(library, showers_at_once(grid));
  physics::ShowerSet set(geometry);
  set.reserve(static_cast<std::int64_t>(uses.size()));
  set.keep_images(std::move(keep));
  Progress progress("library showers", static_cast<std::int64_t>(uses.size()), quiet);
  for (std::size_t first = 0; first < uses.size(); first += at_once) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    const auto some = uses.subspan(first, std::min(at_once, uses.size() - first));
    ShowerBatch batch;
    batch.grid = grid;
    for (const physics::LibraryUse& use : some) batch.energy.push_back(use.energy);
    batch.cells.resize(some.size() * static_cast<std::size_t>(grid.cells()));
    for (std::size_t i = 0; i < some.size(); ++i) {
      put_shower(grid, window.shower(some[i].shower), some[i],
                 batch.shower(static_cast<std::int64_t>(i)));
    }
    set.append(batch, threads);
    progress.update(set.size());
  }
  return set;
}

}  // namespace showergan::app
