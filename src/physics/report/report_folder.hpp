#pragma once

#include <filesystem>
#include <string>

#include "physics/report/report.hpp"

namespace showergan::physics {

/// The folder of a report: `index.html`, `metrics.json`, `histograms.json`, and every figure as PNG
/// and SVG.
class ReportFolder {
 public:
  /// Creates the folder. Throws InputError if that is impossible, or if files of an earlier report
  /// are in it and `force` is off.
  ReportFolder(std::filesystem::path folder, bool force);

  /// Draws the figures on `threads` threads and writes the files; `metrics` is the content of
  /// metrics.json. An earlier report stays as it is until all of this one exists; then its files
  /// and figures go. Without gnuplot there is a warning and no figures. Throws Error if the disk is
  /// full.
  void write(const Report& report, const std::string& metrics, int threads) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace showergan::physics
