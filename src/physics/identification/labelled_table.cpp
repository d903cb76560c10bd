#include "physics/identification/labelled_table.hpp"

#include <algorithm>
#include <utility>

#include "base/contract.hpp"

namespace showergan::physics {

LabelledTable::LabelledTable(FeatureTable table, std::vector<float> labels)
    : table_(std::move(table)), labels_(std::move(labels)) {
  SHOWERGAN_EXPECT(labels_.empty() || static_cast<std::int64_t>(labels_.size()) == table_.size());
}

void LabelledTable::fill(std::int64_t sample, std::size_t, std::span<float> values) const {
  std::ranges::copy(table_.row(sample), values.begin());
}

void LabelledTable::target(std::int64_t sample, std::span<float> values) const {
  SHOWERGAN_EXPECT(!labels_.empty());
  values[0] = labels_[static_cast<std::size_t>(sample)];
}

}  // namespace showergan::physics
