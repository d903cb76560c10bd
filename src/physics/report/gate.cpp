#include "physics/report/gate.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/text.hpp"
#include "physics/classifier/classifier_result.hpp"
#include "physics/report/metric_meaning.hpp"

namespace showergan::physics {
namespace {

constexpr std::string_view kLayerSeparation = "separation_power[";

[[noreturn]] void refuse(const std::string& name, const std::string& file,
                         const std::vector<std::string_view>& known) {
  const std::string_view similar = most_similar(name, known);
  throw InputError("there is no metric '" + name + "'", file,
                   similar.empty() ? "metrics.json names all of them"
                                   : fmt::format("did you mean '{}'?", similar));
}

/// Those of which a comparison alone knows whether they exist.
bool depends_on_showers(std::string_view name) {
  return name.starts_with(kLayerSeparation);
}

void check_computed_names(const std::vector<Limit>& limits, const std::string& file,
                          std::span<const JudgedSet> sets) {
  std::vector<std::string_view> known;
  for (const JudgedSet& set : sets) {
    for (const MetricResult& metric : set.metrics) known.push_back(metric.name);
  }
  for (const Limit& limit : limits) {
    // A metric that exists and was not asked for breaks its limit; only a wrong name is an error.
    if (std::ranges::count(known, limit.metric) > 0 || !metric_meaning(limit.metric).empty()) {
      continue;
    }
    refuse(limit.metric, file, known);
  }
}

/// A part of a limit: a number that must not be on the wrong side of another.
void check(LimitCheck& result, const char* what, const std::optional<double>& number,
           const std::optional<double>& limit, bool lowest, const std::string& reason) {
  if (!limit) return;
  std::string text;
  if (!number) {
    text = fmt::format("no {}: {}", what, reason.empty() ? "it was not computed" : reason);
  } else if (lowest ? *number < *limit : *number > *limit) {
    text = fmt::format("{} {:.4g} is {} {:.4g}", what, *number, lowest ? "below" : "above", *limit);
  } else {
    return;
  }
  result.verdict = Verdict::broken;
  result.text += (result.text.empty() ? "" : "; ") + text;
}

LimitCheck check_limit(const Limit& limit, const JudgedSet& set) {
  LimitCheck result = {set.info.label, limit.metric, Verdict::kept, ""};
  const MetricResult* metric = set.find(limit.metric);
  if (metric == nullptr) {
    result.verdict = Verdict::broken;
    result.text = "no value: it was not computed";
    return result;
  }
  if (metric->name.starts_with("auc") && metric->value && metric->showers < kGatedShowers) {
    result.verdict = Verdict::not_gated;
    result.text = fmt::format("not gated: {} showers of each set, fewer than {}", metric->showers,
                              kGatedShowers);
    return result;
  }
  check(result, "excess", metric->excess, limit.excess, false, metric->reason);
  check(result, "value", metric->value, limit.highest, false, metric->reason);
  check(result, "value", metric->value, limit.lowest, true, metric->reason);
  return result;
}

}  // namespace

std::size_t GateResult::count(Verdict verdict) const {
  return static_cast<std::size_t>(std::ranges::count(checks, verdict, &LimitCheck::verdict));
}

const LimitCheck* GateResult::find(const std::string& set, const std::string& metric) const {
  for (const LimitCheck& check : checks) {
    if (check.set == set && check.metric == metric) return &check;
  }
  return nullptr;
}

void check_metric_names(const std::vector<Limit>& limits, const std::string& file) {
  for (const Limit& limit : limits) {
    if (!metric_meaning(limit.metric).empty() || depends_on_showers(limit.metric)) continue;
    refuse(limit.metric, file, metrics_with_meaning());
  }
}

GateResult check_limits(const std::vector<Limit>& limits, const std::string& file,
                        std::span<const JudgedSet> sets) {
  check_computed_names(limits, file, sets);
  GateResult result = {file, {}};
  for (const JudgedSet& set : sets) {
    if (set.yardstick) continue;
    for (const Limit& limit : limits) result.checks.push_back(check_limit(limit, set));
  }
  return result;
}

}  // namespace showergan::physics
