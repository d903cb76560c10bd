#include "nn/reference/correlation.hpp"

#include <algorithm>

namespace showergan::nn::reference {
namespace {

/// The result cells [first, last) of one axis whose cell of the image for tap `tap` exists.
struct Reach {
  std::int64_t first;
  std::int64_t last;
};

Reach reach(const Correlation& map, std::size_t axis, std::int64_t tap) {
  const std::int64_t stride = map.stride[axis];
  const std::int64_t shift = tap - map.before[axis];  // image cell = result cell · stride + shift
  const std::int64_t first = shift >= 0 ? 0 : (-shift + stride - 1) / stride;
  const std::int64_t room = map.image[axis + 1] - 1 - shift;
  const std::int64_t last = room < 0 ? 0 : room / stride + 1;
  return {first, std::max(first, std::min(last, map.result[axis + 1]))};
}

/// A run of cells along z that one tap connects: image[image + i · stride] and result[result + i]
/// for i < count.
struct Row {
  std::size_t image;
  std::size_t result;
  std::size_t count;
};

/// Calls use(row) for every row that one tap connects between two channels. `image` and `result`
/// are the offsets of the channels.
template <class Use>
void for_each_row(const Correlation& map, const Triple& tap, std::int64_t image,
                  std::int64_t result, Use&& use) {
  const Reach x = reach(map, 0, tap[0]);
  const Reach y = reach(map, 1, tap[1]);
  const Reach z = reach(map, 2, tap[2]);
  if (z.first == z.last) return;
  for (std::int64_t rx = x.first; rx < x.last; ++rx) {
    const std::int64_t ix = rx * map.stride[0] + tap[0] - map.before[0];
    for (std::int64_t ry = y.first; ry < y.last; ++ry) {
      const std::int64_t iy = ry * map.stride[1] + tap[1] - map.before[1];
      const std::int64_t iz = z.first * map.stride[2] + tap[2] - map.before[2];
      use(Row{
          static_cast<std::size_t>(image + (ix * map.image[2] + iy) * map.image[3] + iz),
          static_cast<std::size_t>(result + (rx * map.result[2] + ry) * map.result[3] + z.first),
          static_cast<std::size_t>(z.last - z.first)});
    }
  }
}

/// Calls use(weight, tap, image, result) for every element of the kernel and every sample, with the
/// offsets of the two channels that it connects.
template <class Use>
void for_each_weight(const Correlation& map, Use&& use) {
  const std::int64_t channels = map.image[0];
  const std::int64_t filters = map.result[0];
  const std::int64_t image_cells = element_count(map.image) / channels;
  const std::int64_t result_cells = element_count(map.result) / filters;
  for (std::int64_t sample = 0; sample < map.batch; ++sample) {
    std::size_t weight = 0;
    for (std::int64_t filter = 0; filter < filters; ++filter) {
      for (std::int64_t channel = 0; channel < channels; ++channel) {
        Triple tap;
        for (tap[0] = 0; tap[0] < map.kernel[0]; ++tap[0]) {
          for (tap[1] = 0; tap[1] < map.kernel[1]; ++tap[1]) {
            for (tap[2] = 0; tap[2] < map.kernel[2]; ++tap[2]) {
              use(weight++, tap, (sample * channels + channel) * image_cells,
                  (sample * filters + filter) * result_cells);
            }
          }
        }
      }
    }
  }
}

/// Calls use(weight, row) for all rows.
template <class Use>
void for_each_connection(const Correlation& map, Use&& use) {
  for_each_weight(
      map, [&](std::size_t weight, const Triple& tap, std::int64_t image, std::int64_t result) {
        for_each_row(map, tap, image, result, [&](const Row& row) { use(weight, row); });
      });
}

}  // namespace

void correlate(const Correlation& map, std::span<const double> image,
               std::span<const double> kernel, std::span<double> result) {
  const auto stride = static_cast<std::size_t>(map.stride[2]);
  for_each_connection(map, [&](std::size_t weight, const Row& row) {
    const double factor = kernel[weight];
    const double* from = image.data() + row.image;
    double* to = result.data() + row.result;
    for (std::size_t i = 0; i < row.count; ++i) to[i] += factor * from[i * stride];
  });
}

void correlate_transposed(const Correlation& map, std::span<const double> result,
                          std::span<const double> kernel, std::span<double> image) {
  const auto stride = static_cast<std::size_t>(map.stride[2]);
  for_each_connection(map, [&](std::size_t weight, const Row& row) {
    const double factor = kernel[weight];
    const double* from = result.data() + row.result;
    double* to = image.data() + row.image;
    for (std::size_t i = 0; i < row.count; ++i) to[i * stride] += factor * from[i];
  });
}

void correlate_kernel_gradient(const Correlation& map, std::span<const double> image,
                               std::span<const double> result, std::span<double> kernel) {
  const auto stride = static_cast<std::size_t>(map.stride[2]);
  for_each_connection(map, [&](std::size_t weight, const Row& row) {
    const double* a = image.data() + row.image;
    const double* b = result.data() + row.result;
    double sum = 0;
    for (std::size_t i = 0; i < row.count; ++i) sum += a[i * stride] * b[i];
    kernel[weight] += sum;
  });
}

}  // namespace showergan::nn::reference
