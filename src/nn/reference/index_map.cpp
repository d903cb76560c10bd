#include "nn/reference/index_map.hpp"

namespace showergan::nn::reference {

std::vector<std::int64_t> strides(const Shape& shape) {
  std::vector<std::int64_t> result(shape.size(), 1);
  for (std::size_t i = shape.size(); i-- > 1;) result[i - 1] = result[i] * shape[i];
  return result;
}

void next_index(std::span<std::int64_t> index, const Shape& shape) {
  for (std::size_t i = shape.size(); i-- > 0;) {
    if (++index[i] < shape[i]) return;
    index[i] = 0;
  }
}

IndexMap broadcast_map(const Shape& from, const Shape& to) {
  const std::vector<std::int64_t> stride = strides(from);
  const std::size_t missing = to.size() - from.size();
  return index_map(to, [&](std::span<const std::int64_t> index) {
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (from[i] != 1) offset += index[i + missing] * stride[i];
    }
    return offset;
  });
}

void gather(std::int64_t batch, const IndexMap& map, double scale, std::span<const double> from,
            std::span<double> to) {
  const std::size_t sample = from.size() / static_cast<std::size_t>(batch);
  for (std::size_t b = 0; b < static_cast<std::size_t>(batch); ++b) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (map[i] < 0) continue;
      to[b * map.size() + i] += scale * from[b * sample + static_cast<std::size_t>(map[i])];
    }
  }
}

void scatter(std::int64_t batch, const IndexMap& map, double scale, std::span<const double> from,
             std::span<double> to) {
  const std::size_t sample = to.size() / static_cast<std::size_t>(batch);
  for (std::size_t b = 0; b < static_cast<std::size_t>(batch); ++b) {
    for (std::size_t i = 0; i < map.size(); ++i) {
      if (map[i] < 0) continue;
      to[b * sample + static_cast<std::size_t>(map[i])] += scale * from[b * map.size() + i];
    }
  }
}

}  // namespace showergan::nn::reference
