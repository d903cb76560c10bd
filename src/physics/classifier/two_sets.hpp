#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "physics/classifier/compact_images.hpp"
#include "physics/classifier/feature_table.hpp"
#include "training/sample_source.hpp"

namespace showergan::physics {

/// The showers of two sets of equal size for a classifier that tells them apart: the first ones are
/// the reference's, with the answer 1, the others the candidate's, with 0.
class TwoSets : public training::SampleSource {
 public:
  /// Showers of each set.
  std::int64_t size() const noexcept { return size_; }
  bool is_reference(std::int64_t sample) const noexcept { return sample < size_; }
  void target(std::int64_t sample, std::span<float> values) const override;

 protected:
  explicit TwoSets(std::int64_t size) : size_(size) {}

 private:
  std::int64_t size_;
};

/// Rows of two tables. Input `features`.
class TwoTables : public TwoSets {
 public:
  TwoTables(FeatureTable reference, FeatureTable candidate);
  std::vector<std::string> inputs() const override { return {"features"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override;

 private:
  FeatureTable reference_;
  FeatureTable candidate_;
};

/// Cells as they are: input `features` is 100·E/Ep of each cell, then log10 of Ep in GeV.
class TwoCellSets : public TwoSets {
 public:
  TwoCellSets(const CompactImages& reference, const CompactImages& candidate);
  std::vector<std::string> inputs() const override { return {"features"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override;

 private:
  const CompactImages* reference_;
  const CompactImages* candidate_;
};

/// Cells on a logarithmic scale: input `image` is log10(1 + E/t) of each cell with the readout
/// threshold t, so that the smallest cells count as well, and input `energy` is log10 of Ep in GeV.
class TwoImageSets : public TwoSets {
 public:
  TwoImageSets(const CompactImages& reference, const CompactImages& candidate);
  std::vector<std::string> inputs() const override { return {"image", "energy"}; }
  void fill(std::int64_t sample, std::size_t input, std::span<float> values) const override;

 private:
  const CompactImages* reference_;
  const CompactImages* candidate_;
};

}  // namespace showergan::physics
