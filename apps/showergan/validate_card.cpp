#include <fmt/format.h>

#include "showergan/error.hpp"

#include "measure_showers.hpp"
#include "model/model_file.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/sections.hpp"
#include "physics/report/table_text.hpp"
#include "physics/summary/summary.hpp"
#include "physics/summary/summary_comparison.hpp"
#include "validate_modes.hpp"
#include "validate_run.hpp"

namespace showergan::app {
namespace {

/// The Monte Carlo values of a model (by name or path), or of a JSON file.
physics::Summary read_card(const std::string& card) {
  if (std::filesystem::path(card).extension() == ".json") {
    return physics::parse_summary(read_text(card, "--card"), card);
  }
  const Model model = find_model(card);
  if (model.card.facts.empty()) {
    throw InputError("the model '" + card + "' has no Monte Carlo values in its card", "",
                     "compare with a file of showers: --reference");
  }
  return physics::parse_summary(model.card.facts, card);
}

physics::SetInfo describe_summary(const physics::Summary& summary) {
  physics::SetInfo info;
  info.label = "Monte Carlo of the card";
  info.file = summary.source;
  for (const physics::SummaryBin& bin : summary.bins) info.showers += bin.showers;
  info.energy_low = summary.bins.front().energy_low;
  info.energy_high = summary.bins.back().energy_high;
  if (summary.ms_per_shower) {
    info.attributes.emplace_back("ms_per_shower", fmt::format("{:g}", *summary.ms_per_shower));
  }
  return info;
}

}  // namespace

void compare_with_card(const ValidateOptions& options) {
  if (options.candidates.size() > 1) {
    throw InputError("a card is compared with one candidate only", "",
                     "give one --candidate, or --reference with showers");
  }
  const ValidateRun run(options);
  const physics::Summary summary = read_card(options.card);
  ShowerReader file(options.candidates.front(), {.threads = options.threads});
  const MeasuringDetector detector = choose_detector({&file}, options.detector, summary.detector);
  const physics::ShowerSet showers =
      measure(file, detector.geometry, options.threads, options.quiet);
  const physics::SummaryComparison result = compare_with_summary(summary, showers);
  const std::string label = file.path().stem().string();
  physics::Report report = {describe_summary(summary),
                            {{describe_set(file, showers, label), result.metrics, result.warnings}},
                            detector.name,
                            detector.geometry.threshold};
  run.judge(report);
  if (run.wants_report()) {
    report.sections = sections_of(result, showers, {"Monte Carlo: " + summary.source, {label}});
  }
  run.finish(report, table_text(report, result, coloured()), metrics_json(report, result));
}

}  // namespace showergan::app
