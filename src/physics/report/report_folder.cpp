#include "physics/report/report_folder.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/interrupt.hpp"
#include "base/log.hpp"
#include "base/threads.hpp"
#include "physics/report/gnuplot.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/report_json.hpp"
#include "physics/report/report_page.hpp"

namespace showergan::physics {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPage = "index.html";
constexpr const char* kMetrics = "metrics.json";
constexpr const char* kHistograms = "histograms.json";
constexpr FigureFormat kFormats[] = {FigureFormat::png, FigureFormat::svg};

/// The bytes of a file; empty if there is none.
std::string content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

fs::path figure_path(const fs::path& folder, const std::string& name, FigureFormat format) {
  return folder / (name + extension_of(format));
}

/// Removes the figures that the report in the folder names: figures of an earlier report must not
/// stand beside numbers of this one.
void remove_figures(const fs::path& folder) {
  for (const std::string& name : figure_names(content_of(folder / kHistograms))) {
    if (fs::path(name).filename() != name) continue;  // nothing outside the folder
    for (const FigureFormat format : kFormats) fs::remove(figure_path(folder, name, format));
  }
}

/// A file to draw.
struct Drawing {
  fs::path path;
  std::function<std::string(const fs::path&)> script;
};

std::vector<Drawing> drawings_of(const fs::path& folder, const Report& report) {
  std::vector<Drawing> drawings;
  for (const ReportSection& section : report.sections) {
    for (const AnyFigure& figure : section.figures) {
      for (const FigureFormat format : kFormats) {
        drawings.push_back({figure_path(folder, name_of(figure), format),
                            [&figure, format](const fs::path& output) {
                              return gnuplot_script(figure, format, output);
                            }});
      }
    }
  }
  return drawings;
}

void draw_all(const std::vector<Drawing>& drawings, int threads) {
  std::vector<std::optional<std::string>> complaints(drawings.size());
  parallel_for(std::max(1, threads), static_cast<std::int64_t>(drawings.size()),
               [&](std::int64_t i, int) {
                 if (interrupted()) throw Error("interrupted", "", "the report is not complete");
                 const auto index = static_cast<std::size_t>(i);
                 complaints[index] = draw(drawings[index].path, drawings[index].script);
               });
  for (std::size_t i = 0; i < drawings.size(); ++i) {
    if (!complaints[i]) continue;
    warn("gnuplot could not draw '" + drawings[i].path.string() + "' (" + *complaints[i] +
         "); the report goes without it");
  }
}

/// The format in which a figure goes into the page: lines as SVG, which is sharp at any size;
/// showers as PNG, because an SVG of thousands of points is large.
FigureFormat embedded_format(const AnyFigure& figure, bool small) {
  return small || std::holds_alternative<ShowerFigure>(figure) ? FigureFormat::png
                                                               : FigureFormat::svg;
}

/// Whether the page would be too large to send around if lines were SVG.
bool must_be_small(const fs::path& folder, const Report& report) {
  constexpr std::uintmax_t kLargest = 4'200'000;  // bytes, which Base64 makes 5.6 million
  std::uintmax_t size = 0;
  for (const ReportSection& section : report.sections) {
    for (const AnyFigure& figure : section.figures) {
      const fs::path path = figure_path(folder, name_of(figure), embedded_format(figure, false));
      if (fs::exists(path)) size += fs::file_size(path);
    }
  }
  return size > kLargest;
}

std::optional<EmbeddedPicture> embedded(const fs::path& folder, const AnyFigure& figure,
                                        bool small) {
  const FigureFormat format = embedded_format(figure, small);
  std::string bytes = content_of(figure_path(folder, name_of(figure), format));
  if (bytes.empty()) return std::nullopt;
  return EmbeddedPicture{format == FigureFormat::png ? "image/png" : "image/svg+xml",
                         std::move(bytes)};
}

}  // namespace

ReportFolder::ReportFolder(fs::path folder, bool force) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_)) {
    throw InputError("cannot create the folder '" + folder_.string() + "'",
                     error ? error.message() : "there is a file of that name",
                     "choose another folder with -o");
  }
  if (force) return;
  for (const char* file : {kPage, kMetrics, kHistograms}) {
    if (!fs::exists(folder_ / file)) continue;
    throw InputError("the folder '" + folder_.string() + "' already holds a report", file,
                     "choose another folder or overwrite it with --force");
  }
}

void ReportFolder::write(const Report& report, const std::string& metrics, int threads) const {
  remove_figures(folder_);
  write_file(folder_ / kMetrics, metrics);
  write_file(folder_ / kHistograms, histograms_json(report));
  if (gnuplot_available()) {
    draw_all(drawings_of(folder_, report), threads);
  } else {
    warn("gnuplot was not found: the report has no figures; install gnuplot-nox for them");
  }
  const bool small = must_be_small(folder_, report);
  write_file(folder_ / kPage, report_page(report, [&](const AnyFigure& figure) {
               return embedded(folder_, figure, small);
             }));
}

}  // namespace showergan::physics
