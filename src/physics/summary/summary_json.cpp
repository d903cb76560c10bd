#include <cmath>

#include <nlohmann/json.hpp>

#include "showergan/error.hpp"

#include "physics/summary/summary.hpp"

namespace showergan::physics {
namespace {

using nlohmann::ordered_json;

ordered_json observable_json(const BinObservable& observable) {
  return {{"mean", observable.mean}, {"rms", observable.rms}, {"slope", observable.slope}};
}

ordered_json bin_json(const SummaryBin& bin) {
  return {{"energy_low", bin.energy_low},
          {"energy_high", bin.energy_high},
          {"energy_mean", bin.energy_mean},
          {"energy_rms", bin.energy_rms},
          {"showers", bin.showers},
          {"sampling_fraction", observable_json(bin.sampling_fraction)},
          {"response", observable_json(bin.response)},
          {"depth", observable_json(bin.depth)},
          {"hits_300keV", observable_json(bin.hits_300keV)},
          {"profile_z", bin.profile_z},
          {"profile_x", bin.profile_x}};
}

/// Members of a JSON object, with the place for error messages.
class Members {
 public:
  Members(const ordered_json& object, std::string where)
      : object_(object), where_(std::move(where)) {
    if (!object_.is_object()) fail("is not an object");
  }

  bool has(const char* name) const { return object_.contains(name); }
  const ordered_json& at(const char* name) const {
    if (!has(name)) fail(std::string("lacks '") + name + "'");
    return object_.at(name);
  }
  double number(const char* name) const {
    const ordered_json& value = at(name);
    if (!value.is_number() || !std::isfinite(value.get<double>())) {
      fail(std::string("needs a number as '") + name + "'");
    }
    return value.get<double>();
  }
  double positive(const char* name) const {
    const double value = number(name);
    if (value <= 0) fail(std::string("needs a positive number as '") + name + "'");
    return value;
  }
  std::int64_t count(const char* name) const { return to_count(number(name), name); }
  std::int64_t to_count(double value, const char* name) const {
    if (!(value >= 1 && value <= 1e12)) fail(std::string("needs a count as '") + name + "'");
    return static_cast<std::int64_t>(value);
  }
  double number_or(const char* name, double otherwise) const {
    return has(name) ? number(name) : otherwise;
  }
  std::string text_or(const char* name, const std::string& otherwise) const {
    if (!has(name)) return otherwise;
    if (!at(name).is_string()) fail(std::string("needs a text as '") + name + "'");
    return at(name).get<std::string>();
  }
  std::vector<double> numbers(const char* name) const {
    const ordered_json& list = at(name);
    std::vector<double> values;
    for (const ordered_json& value : list) {
      if (!value.is_number()) fail(std::string("needs numbers in '") + name + "'");
      values.push_back(value.get<double>());
    }
    if (!list.is_array() || values.empty()) {
      fail(std::string("needs a list of numbers as '") + name + "'");
    }
    return values;
  }
  Members object(const char* name) const { return {at(name), where_ + ": " + name}; }
  const std::string& where() const { return where_; }

  [[noreturn]] void fail(const std::string& problem) const {
    throw InputError("the Monte Carlo summary " + problem, where_,
                     "write one with showergan validate --summarize");
  }

 private:
  const ordered_json& object_;
  std::string where_;
};

BinObservable parse_observable(const Members& bin, const char* name) {
  const Members members = bin.object(name);
  return {members.number("mean"), members.number("rms"), members.number_or("slope", 0)};
}

SummaryBin parse_bin(const Members& members) {
  SummaryBin bin;
  bin.energy_low = members.positive("energy_low");
  bin.energy_high = members.positive("energy_high");
  if (bin.energy_high < bin.energy_low) members.fail("has energy_high below energy_low");
  bin.energy_mean = members.has("energy_mean") ? members.positive("energy_mean")
                                               : 0.5 * (bin.energy_low + bin.energy_high);
  bin.energy_rms = members.number_or("energy_rms", 0);
  bin.showers = members.count("showers");
  bin.sampling_fraction = parse_observable(members, "sampling_fraction");
  bin.response = parse_observable(members, "response");
  bin.depth = parse_observable(members, "depth");
  bin.hits_300keV = parse_observable(members, "hits_300keV");
  bin.profile_z = members.numbers("profile_z");
  bin.profile_x = members.numbers("profile_x");
  return bin;
}

Grid parse_grid(const Members& members) {
  const std::vector<double> sizes = members.numbers("grid");
  if (sizes.size() != 3) members.fail("needs three numbers as 'grid'");
  return {members.to_count(sizes[0], "grid"), members.to_count(sizes[1], "grid"),
          members.to_count(sizes[2], "grid")};
}

ordered_json parse_text(std::string_view json, const std::string& where) {
  ordered_json object = ordered_json::parse(json, nullptr, false);
  if (object.is_discarded() || !object.is_object()) {
    throw InputError("this is not a JSON object", where,
                     "write one with showergan validate --summarize");
  }
  return object;
}

}  // namespace

std::string to_json(const Summary& summary) {
  ordered_json object = {{"source", summary.source},
                         {"detector", summary.detector},
                         {"grid", {summary.grid.nx, summary.grid.ny, summary.grid.nz}},
                         {"threshold", summary.threshold}};
  if (summary.ms_per_shower) object["ms_per_shower"] = *summary.ms_per_shower;
  object["bins"] = ordered_json::array();
  for (const SummaryBin& bin : summary.bins) object["bins"].push_back(bin_json(bin));
  return ordered_json{{"monte_carlo", object}}.dump(1, ' ', false,
                                                    ordered_json::error_handler_t::replace) +
         "\n";
}

Summary parse_summary(std::string_view json, const std::string& where) {
  const ordered_json object = parse_text(json, where);
  const Members members = Members(object, where).object("monte_carlo");
  Summary summary;
  summary.source = members.text_or("source", "unknown");
  summary.detector = members.text_or("detector", "");
  summary.threshold = members.number_or("threshold", 1e-6);
  summary.grid = parse_grid(members);
  if (members.has("ms_per_shower")) summary.ms_per_shower = members.positive("ms_per_shower");
  const ordered_json& bins = members.at("bins");
  if (!bins.is_array() || bins.empty()) members.fail("needs a list as 'bins'");
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const Members bin(bins[i], members.where() + ", bin " + std::to_string(i));
    summary.bins.push_back(parse_bin(bin));
    if (summary.bins.back().profile_x.size() != static_cast<std::size_t>(summary.grid.nx) ||
        summary.bins.back().profile_z.size() != static_cast<std::size_t>(summary.grid.nz)) {
      bin.fail("has profiles that do not fit its grid");
    }
  }
  return summary;
}

}  // namespace showergan::physics
