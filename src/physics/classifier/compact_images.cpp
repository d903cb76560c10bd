#include "physics/classifier/compact_images.hpp"

#include <algorithm>
#include <bit>
#include <string>
#include <utility>

#include "showergan/error.hpp"

namespace showergan::physics {
namespace {

constexpr std::size_t kBits = 64;

ImageSelection selection_of(const Sample& sample) {
  const ShowerSet& set = sample.set();
  return {{sample.rows().begin(), sample.rows().end()},
          sample.energy(),
          set.size(),
          set.geometry().grid,
          set.geometry().threshold};
}

}  // namespace

CompactImages::CompactImages(ImageSelection selection)
    : selection_(std::move(selection)),
      place_(static_cast<std::size_t>(selection_.set_size), -1),
      images_(selection_.rows.size()) {
  for (std::size_t i = 0; i < selection_.rows.size(); ++i) {
    place_[static_cast<std::size_t>(selection_.rows[i])] = static_cast<std::int64_t>(i);
  }
}

CompactImages::CompactImages(const Sample& sample) : CompactImages(selection_of(sample)) {}

void CompactImages::append(const ShowerBatch& batch) {
  if (rows_ + batch.size() > static_cast<std::int64_t>(place_.size())) {
    throw InputError("there are more images than measured showers",
                     "shower " + std::to_string(place_.size()),
                     "leave the file as it is meanwhile");
  }
  for (std::int64_t i = 0; i < batch.size(); ++i, ++rows_) {
    const std::int64_t place = place_[static_cast<std::size_t>(rows_)];
    if (place >= 0) images_[static_cast<std::size_t>(place)] = compact(batch.shower(i));
  }
}

CompactImages::Image CompactImages::compact(std::span<const float> image) const {
  Image result;
  result.occupied.resize((image.size() + kBits - 1) / kBits);
  for (std::size_t cell = 0; cell < image.size(); ++cell) {
    const auto energy = static_cast<double>(image[cell]);
    if (energy == 0 || energy < selection_.threshold) continue;
    result.occupied[cell / kBits] |= std::uint64_t{1} << (cell % kBits);
    result.energies.push_back(image[cell]);
  }
  result.energies.shrink_to_fit();
  return result;
}

void CompactImages::expand(std::int64_t i, std::span<float> image) const {
  const Image& stored = images_[static_cast<std::size_t>(i)];
  std::ranges::fill(image, 0.0f);
  auto energy = stored.energies.begin();
  for (std::size_t word = 0; word < stored.occupied.size(); ++word) {
    for (std::uint64_t bits = stored.occupied[word]; bits != 0; bits &= bits - 1) {
      image[word * kBits + static_cast<std::size_t>(std::countr_zero(bits))] = *energy++;
    }
  }
}

std::int64_t CompactImages::capacity(const Grid& grid, std::int64_t bytes) {
  const auto words = (static_cast<std::size_t>(grid.cells()) + kBits - 1) / kBits;
  const auto each = sizeof(Image) + words * sizeof(std::uint64_t) +
                    static_cast<std::size_t>(grid.cells()) * sizeof(float);
  return bytes / static_cast<std::int64_t>(each);
}

}  // namespace showergan::physics
