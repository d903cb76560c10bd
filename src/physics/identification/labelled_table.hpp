#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "physics/classifier/feature_table.hpp"
#include "training/sample_source.hpp"

namespace showergan::physics {

/// Rows of a table, each with the answer that a network should give. Input `features`.
class LabelledTable : public training::SampleSource {
 public:
  /// `labels`: one for each row, or none where the answers are what is asked for.
  explicit LabelledTable(FeatureTable table, std::vector<float> labels = {});

  std::int64_t size() const noexcept { return table_.size(); }
  std::vector<std::string> inputs() const override { return {"features"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override;
  void target(std::int64_t sample, std::span<float> values) const override;

 private:
  FeatureTable table_;
  std::vector<float> labels_;
};

}  // namespace showergan::physics
