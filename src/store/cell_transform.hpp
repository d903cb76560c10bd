#pragma once

#include <span>

namespace showergan {

/// What the networks see of a cell: cells below `threshold` (GeV) become 0, then (scale ·
/// cell)^power.
struct CellTransform {
  float threshold = 0;
  float scale = 1;
  float power = 1;

  void apply(std::span<float> cells) const;
};

}  // namespace showergan
