#pragma once

#include <optional>
#include <string>
#include <vector>

#include "physics/report/limits.hpp"
#include "physics/report/report.hpp"
#include "physics/report/report_folder.hpp"
#include "validate_options.hpp"

namespace showergan::app {

/// What every comparison of `validate` begins and ends with. Made before the long work, so that a
/// wrong folder, wrong limits or a wrong earlier report are found at once.
class ValidateRun {
 public:
  /// Throws InputError for what the options name and what is wrong.
  explicit ValidateRun(const ValidateOptions& options);

  /// Checks the limits and compares with the earlier report. Throws InputError for a limit on a
  /// metric that does not exist.
  void judge(physics::Report& report) const;

  /// Whether a report is wanted, beside the table.
  bool wants_report() const noexcept { return folder_.has_value(); }

  /// Prints the table, writes the report if one is wanted, and throws Error if a limit is broken or
  /// a metric is worse than before.
  void finish(const physics::Report& report, const std::string& table,
              const std::string& metrics) const;

 private:
  const ValidateOptions& options_;
  std::vector<physics::Limit> limits_;
  std::vector<physics::MetricResult> earlier_;
  std::optional<physics::ReportFolder> folder_;
};

/// Whether standard output is a terminal, which shows colours.
bool coloured();

/// The text of a file; `option` is what the advice of the error names.
std::string read_text(const std::filesystem::path& path, const std::string& option);

}  // namespace showergan::app
