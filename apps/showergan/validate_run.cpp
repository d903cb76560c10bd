#include "validate_run.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "physics/report/report_json.hpp"

namespace showergan::app {
namespace {

void print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

void fail_if_broken(const physics::Report& report) {
  constexpr const char* kAdvice = "the table and the report say which";
  if (report.gate && !report.gate->passed()) {
    const std::size_t broken = report.gate->count(physics::Verdict::broken);
    throw Error(fmt::format("{} of {} limits {} broken", broken, report.gate->checks.size(),
                            broken == 1 ? "is" : "are"),
                report.gate->file, kAdvice);
  }
  if (report.regression && !report.regression->passed()) {
    const std::size_t worse = report.regression->worse.size();
    throw Error(
        fmt::format("{} {} worse than before", worse, worse == 1 ? "metric is" : "metrics are"),
        report.regression->file, kAdvice);
  }
}

}  // namespace

bool coloured() {
  return isatty(STDOUT_FILENO) == 1;
}

std::string read_text(const std::filesystem::path& path, const std::string& option) {
  std::ifstream file(path, std::ios::binary);
  if (!file || std::filesystem::is_directory(path)) {
    throw InputError("cannot read '" + path.string() + "'", "",
                     "check the path given to " + option);
  }
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

ValidateRun::ValidateRun(const ValidateOptions& options) : options_(options) {
  if (!options.limits.empty()) {
    limits_ = physics::read_limits(options.limits);
    physics::check_metric_names(limits_, options.limits.string());
  }
  if (!options.earlier.empty()) {
    if (options.candidates.size() != 1) {
      throw InputError("an earlier report is compared with one candidate only", "",
                       "give one --candidate with --against");
    }
    earlier_ =
        physics::parse_metrics(read_text(options.earlier, "--against"), options.earlier.string());
  } else if (options.tolerance) {
    throw InputError("--tolerance needs an earlier report", "", "give --against metrics.json");
  }
  if (!options.folder.empty()) folder_.emplace(options.folder, options.force);
}

void ValidateRun::judge(physics::Report& report) const {
  if (!limits_.empty()) {
    report.gate = physics::check_limits(limits_, options_.limits.string(), report.candidates);
  }
  if (!earlier_.empty()) {
    physics::RegressionTolerance tolerance;
    if (options_.tolerance) tolerance = {0, *options_.tolerance, true};
    report.regression = physics::compare_with_earlier(earlier_, report.candidates.front().metrics,
                                                      options_.earlier.string(), tolerance);
  }
}

void ValidateRun::finish(const physics::Report& report, const std::string& table,
                         const std::string& metrics) const {
  if (interrupted()) throw Error("interrupted", "", "nothing was written");
  print(table);
  if (folder_) {
    folder_->write(report, metrics, options_.threads);
    if (!options_.quiet) {
      print(fmt::format("\nThe report is {}\n", (options_.folder / "index.html").string()));
    }
  }
  fail_if_broken(report);
}

}  // namespace showergan::app
