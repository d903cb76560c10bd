#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "showergan/condition.hpp"
#include "showergan/generator.hpp"

#include "store/shower_reader.hpp"

namespace showergan::app {

/// A fixed value, or an interval to draw from uniformly.
struct ValueOrRange {
  float low = 0;
  float high = 0;
};

/// "100" or "10:500". Throws InputError for anything else, a reversed interval included.
ValueOrRange parse_value_or_range(const std::string& text, const std::string& option);

/// What a maker of showers must be told of each, and the ranges in which that is valid.
struct ConditionNeeds {
  std::string who;  ///< for messages: "the model 'first-light'"
  std::vector<ConditionRange> conditions;
};
ConditionNeeds needs_of(const Generator& generator);

/// Where a primary meets the front of the detector, mm from its middle.
struct ImpactPoint {
  float x = 0;
  float y = 0;
};

/// What the showers of a run are asked with, a block at a time.
class ConditionSource {
 public:
  virtual ~ConditionSource() = default;
  /// Number of showers that the source itself has; none if it goes on for ever.
  virtual std::optional<std::int64_t> size() const = 0;
  /// Whether it knows that condition ("theta"); others are 0.
  virtual bool knows(const std::string& name) const = 0;
  virtual std::vector<Condition> read(std::int64_t first, std::int64_t count) = 0;
  /// Noise of the same showers ((count, numbers per shower)), for a source that has its own.
  virtual std::vector<float> read_noise(std::int64_t first, std::int64_t count);
  virtual bool has_noise() const { return false; }
  /// Where the primaries of the same showers come, for a source that knows.
  virtual std::vector<ImpactPoint> read_impacts(std::int64_t first, std::int64_t count);
  virtual bool has_impacts() const { return false; }
};

/// Fixed or drawn values, named like the conditions; the draw of shower i depends on the seed and
/// i.
struct RequestedConditions {
  std::optional<ValueOrRange> energy;
  std::optional<ValueOrRange> theta;
  std::optional<ValueOrRange> phi;
};
/// Of `--energy`, `--theta` and `--phi`; empty texts are absent. Throws InputError.
RequestedConditions parse_requested(const std::string& energy, const std::string& theta,
                                    const std::string& phi);
std::unique_ptr<ConditionSource> drawn_conditions(const RequestedConditions& requested,
                                                  const ConditionNeeds& needs, std::uint64_t seed);

/// The primaries of a shower file (`--like`).
std::unique_ptr<ConditionSource> conditions_like(const std::filesystem::path& file,
                                                 const ConditionNeeds& needs,
                                                 const ReadOptions& reading = {});

/// Noise and conditions from an HDF5 file (`--inputs`): a data set (N, numbers) for each noise
/// input, and `condition` (N, conditions) or one data set (N) for each condition, under their
/// names.
std::unique_ptr<ConditionSource> conditions_from_inputs(const std::filesystem::path& file,
                                                        const Generator& generator);

/// How many showers to make: `count`, or all that the source has. Throws InputError if there is
/// neither, or if `file`, which it comes from, has fewer.
std::int64_t number_of_showers(std::optional<std::int64_t> count, const ConditionSource& source,
                               const std::filesystem::path& file);

/// Says once, on standard error, when a shower is asked for outside the model's valid range.
class RangeWatch {
 public:
  explicit RangeWatch(const Generator& generator) : generator_(generator) {}
  void check(const std::vector<Condition>& conditions);

 private:
  const Generator& generator_;
  bool warned_ = false;
};

}  // namespace showergan::app
