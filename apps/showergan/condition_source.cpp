#include "condition_source.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/log.hpp"
#include "shower/condition.hpp"
#include "store/named_arrays.hpp"

namespace showergan::app {
namespace {

bool parse_number(std::string_view text, float& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value);
}

class DrawnConditions : public ConditionSource {
 public:
  DrawnConditions(const RequestedConditions& requested, const ConditionNeeds& needs,
                  std::uint64_t seed)
      : seed_(seed) {
    const std::pair<const char*, const std::optional<ValueOrRange>*> all[] = {
        {"energy", &requested.energy}, {"theta", &requested.theta}, {"phi", &requested.phi}};
    for (const auto& [name, value] : all) {
      const std::string wanted = name;
      const auto known = [&](const ConditionRange& range) { return range.name == wanted; };
      if (*value && std::ranges::none_of(needs.conditions, known)) {
        throw InputError(fmt::format("{} knows no {}", needs.who, name), {},
                         fmt::format("leave out --{}", name));
      }
    }
    for (const ConditionRange& range : needs.conditions) {
      const auto& value = range.name == "energy"  ? requested.energy
                          : range.name == "theta" ? requested.theta
                                                  : requested.phi;
      if (!value) {
        throw InputError(fmt::format("{} needs a value for {}", needs.who, range.name),
                         fmt::format("valid from {} to {}", range.low, range.high),
                         fmt::format("give --{0} VALUE or --{0} LOW:HIGH", range.name));
      }
      values_.emplace_back(range.name, *value);
    }
  }

  std::optional<std::int64_t> size() const override { return std::nullopt; }

  bool knows(const std::string& name) const override {
    return std::ranges::any_of(values_, [&](const auto& value) { return value.first == name; });
  }

  std::vector<Condition> read(std::int64_t first, std::int64_t count) override {
    std::vector<Condition> conditions(static_cast<std::size_t>(count));
    for (const auto& [name, range] : values_) {
      const std::vector<float> drawn = uniform_condition(
          name, seed_, static_cast<std::uint64_t>(first), count, range.low, range.high);
      for (std::size_t i = 0; i < drawn.size(); ++i) set_value(conditions[i], name, drawn[i]);
    }
    return conditions;
  }

 private:
  std::uint64_t seed_;
  std::vector<std::pair<std::string, ValueOrRange>> values_;
};

class LikeFile : public ConditionSource {
 public:
  LikeFile(const std::filesystem::path& file, const ConditionNeeds& needs,
           const ReadOptions& reading)
      : reader_(file, reading) {
    for (const ConditionRange& range : needs.conditions) {
      if (!knows(range.name)) {
        throw InputError(fmt::format("'{}' has no {}", file.string(), range.name),
                         fmt::format("which {} needs", needs.who));
      }
    }
  }

  std::optional<std::int64_t> size() const override { return reader_.size(); }

  bool knows(const std::string& name) const override {
    return name == "energy" || (name == "theta" && reader_.has_theta()) ||
           (name == "phi" && reader_.has_phi());
  }

  std::vector<Condition> read(std::int64_t first, std::int64_t count) override {
    const ShowerBatch batch = reader_.read_primaries(first, count);
    std::vector<Condition> conditions(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      conditions[i].energy = batch.energy[i];
      if (!batch.theta.empty()) conditions[i].theta = batch.theta[i];
      if (!batch.phi.empty()) conditions[i].phi = batch.phi[i];
    }
    return conditions;
  }

  bool has_impacts() const override { return reader_.has_impact(); }

  std::vector<ImpactPoint> read_impacts(std::int64_t first, std::int64_t count) override {
    std::vector<ImpactPoint> points;
    if (!has_impacts()) return points;
    const ShowerBatch batch = reader_.read_primaries(first, count);
    for (std::size_t i = 0; i < batch.impact_x.size(); ++i) {
      points.push_back({batch.impact_x[i], batch.impact_y[i]});
    }
    return points;
  }

 private:
  ShowerReader reader_;
};

class InputsFile : public ConditionSource {
 public:
  InputsFile(const std::filesystem::path& file, const Generator& generator) : file_(file) {
    for (const Generator::NoiseInput& input : generator.noise_inputs()) {
      noise_.push_back(load(input.name, input.count));
      noise_count_ += input.count;
    }
    const auto names = list_named_arrays(file);
    const std::vector<ConditionRange>& conditions = generator.conditions();
    if (names.contains("condition")) {
      const Column all = load("condition", static_cast<std::int64_t>(conditions.size()));
      for (std::size_t c = 0; c < conditions.size(); ++c) {
        Column column{1, {}};
        for (std::size_t i = c; i < all.values.size(); i += conditions.size()) {
          column.values.push_back(all.values[i]);
        }
        conditions_.emplace_back(conditions[c].name, std::move(column));
      }
    } else {
      for (const ConditionRange& range : conditions) {
        conditions_.emplace_back(range.name, load(range.name, 1));
      }
    }
  }

  std::optional<std::int64_t> size() const override { return size_; }

  bool knows(const std::string& name) const override {
    return std::ranges::any_of(conditions_, [&](const auto& c) { return c.first == name; });
  }

  bool has_noise() const override { return true; }

  std::vector<Condition> read(std::int64_t first, std::int64_t count) override {
    std::vector<Condition> result(static_cast<std::size_t>(count));
    for (const auto& [name, column] : conditions_) {
      for (std::size_t i = 0; i < result.size(); ++i) {
        set_value(result[i], name, column.values[static_cast<std::size_t>(first) + i]);
      }
    }
    return result;
  }

  std::vector<float> read_noise(std::int64_t first, std::int64_t count) override {
    std::vector<float> result;
    result.reserve(static_cast<std::size_t>(count * noise_count_));
    for (std::int64_t i = first; i < first + count; ++i) {
      for (const Column& input : noise_) {
        const auto begin = input.values.begin() + i * input.width;
        result.insert(result.end(), begin, begin + input.width);
      }
    }
    return result;
  }

 private:
  struct Column {
    std::int64_t width = 1;
    std::vector<float> values;  ///< (size, width)
  };

  /// Reads (N, …) with `width` numbers per row; all data sets must have the same N.
  Column load(const std::string& name, std::int64_t width) {
    NamedArray array = read_named_array(file_, name);
    const std::string where = fmt::format("'{}', data set '{}'", file_.string(), name);
    const std::int64_t rows = array.shape.empty() ? 0 : array.shape[0];
    if (rows == 0 || static_cast<std::int64_t>(array.values.size()) != rows * width) {
      throw InputError(
          fmt::format("{} numbers per shower are needed, not {}", width,
                      rows == 0 ? 0 : static_cast<std::int64_t>(array.values.size()) / rows),
          where);
    }
    if (size_ == 0) size_ = rows;
    if (rows != size_) {
      throw InputError(fmt::format("{} showers where there are {} elsewhere", rows, size_), where);
    }
    const auto bad = std::find_if(array.values.begin(), array.values.end(),
                                  [](float value) { return !std::isfinite(value); });
    if (bad != array.values.end()) {
      throw InputError("a value is not finite",
                       fmt::format("{}, row {}", where, (bad - array.values.begin()) / width));
    }
    return {width, std::move(array.values)};
  }

  std::filesystem::path file_;
  std::int64_t size_ = 0;
  std::int64_t noise_count_ = 0;
  std::vector<Column> noise_;
  std::vector<std::pair<std::string, Column>> conditions_;
};

}  // namespace

ValueOrRange parse_value_or_range(const std::string& text, const std::string& option) {
  ValueOrRange range;
  const std::size_t colon = text.find(':');
  const std::string_view view(text);
  const bool valid = colon == std::string::npos
                         ? parse_number(view, range.low)
                         : parse_number(view.substr(0, colon), range.low) &&
                               parse_number(view.substr(colon + 1), range.high);
  if (colon == std::string::npos) range.high = range.low;
  if (!valid || range.high < range.low) {
    throw InputError(fmt::format("{} does not understand '{}'", option, text), {},
                     "give a number or LOW:HIGH");
  }
  return range;
}

std::vector<float> ConditionSource::read_noise(std::int64_t, std::int64_t) {
  return {};
}

std::vector<ImpactPoint> ConditionSource::read_impacts(std::int64_t, std::int64_t) {
  return {};
}

ConditionNeeds needs_of(const Generator& generator) {
  return {fmt::format("the model '{}'", generator.name()), generator.conditions()};
}

RequestedConditions parse_requested(const std::string& energy, const std::string& theta,
                                    const std::string& phi) {
  const auto parse = [](const std::string& text, const char* option) {
    return text.empty() ? std::nullopt : std::optional(parse_value_or_range(text, option));
  };
  const RequestedConditions requested{parse(energy, "--energy"), parse(theta, "--theta"),
                                      parse(phi, "--phi")};
  if (requested.energy && requested.energy->low <= 0) {
    throw InputError(fmt::format("--energy must be positive, not {}", energy));
  }
  return requested;
}

std::unique_ptr<ConditionSource> drawn_conditions(const RequestedConditions& requested,
                                                  const ConditionNeeds& needs, std::uint64_t seed) {
  return std::make_unique<DrawnConditions>(requested, needs, seed);
}

std::unique_ptr<ConditionSource> conditions_like(const std::filesystem::path& file,
                                                 const ConditionNeeds& needs,
                                                 const ReadOptions& reading) {
  return std::make_unique<LikeFile>(file, needs, reading);
}

std::unique_ptr<ConditionSource> conditions_from_inputs(const std::filesystem::path& file,
                                                        const Generator& generator) {
  return std::make_unique<InputsFile>(file, generator);
}

std::int64_t number_of_showers(std::optional<std::int64_t> count, const ConditionSource& source,
                               const std::filesystem::path& file) {
  if (!count && !source.size()) throw InputError("how many showers?", {}, "give -n COUNT");
  if (count && source.size() && *count > *source.size()) {
    throw InputError(
        fmt::format("'{}' has {} showers, not {}", file.string(), *source.size(), *count));
  }
  return count ? *count : *source.size();
}

void RangeWatch::check(const std::vector<Condition>& conditions) {
  if (warned_) return;
  for (const ConditionRange& range : generator_.conditions()) {
    for (const Condition& condition : conditions) {
      const auto value = static_cast<double>(value_of(condition, range.name));
      if (value >= range.low && value <= range.high) continue;
      warn(fmt::format("{} {:.6g} is outside the range {} to {} in which the model '{}' is valid",
                       range.name, value, range.low, range.high, generator_.name()));
      warned_ = true;
      return;
    }
  }
}

}  // namespace showergan::app
