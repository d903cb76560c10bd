#include "nn/kernel/layout.hpp"

#include <algorithm>

namespace showergan::nn::kernel {

Layout row_major_layout(const Shape& shape, std::int64_t batch) {
  Layout layout;
  layout.extents.assign(1, batch);
  layout.extents.insert(layout.extents.end(), shape.begin(), shape.end());
  layout.strides.assign(layout.extents.size(), 1);
  for (std::size_t i = layout.extents.size() - 1; i > 0; --i) {
    layout.strides[i - 1] = layout.strides[i] * layout.extents[i];
  }
  return layout;
}

Layout physical_layout(const Shape& shape, std::int64_t batch, bool constant) {
  Layout layout = row_major_layout(shape, batch);
  if (shape.size() == 4) {
    const std::int64_t channels = shape[0];
    layout.strides = {element_count(shape), 1, shape[2] * shape[3] * channels, shape[3] * channels,
                      channels};
  }
  if (constant) layout.strides[0] = 0;
  return layout;
}

bool is_row_major(const Shape& shape) {
  // With one channel, or one cell, the place of the channel axis makes no difference.
  return shape.size() != 4 || shape[0] == 1 || shape[1] * shape[2] * shape[3] == 1;
}

bool same_physical_order(const Shape& a, const Shape& b) {
  return a == b || (is_row_major(a) && is_row_major(b)) ||
         (a.size() == 4 && b.size() == 4 && a[0] == b[0]);
}

}  // namespace showergan::nn::kernel
