#include "physics/report/report_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <optional>
#include <system_error>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/file_content.hpp"
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

fs::path figure_path(const fs::path& folder, const std::string& name, FigureFormat format) {
  return folder / (name + extension_of(format));
}

/// Removes the figures that the report in the folder names: figures of an earlier report must not
/// stand beside numbers of this one.
void remove_figures(const fs::path& folder) {
  for (const std::string& name : figure_names(file_content(folder / kHistograms))) {
    if (fs::path(name).filename() != name) continue;  // nothing outside the folder
    for (const FigureFormat format : kFormats) fs::remove(figure_path(folder, name, format));
  }
}

/// Where a report is made before it takes the place of another: a folder in the folder, so that
/// files can be moved, which goes with this object.
class StagingFolder {
 public:
  explicit StagingFolder(const fs::path& folder) {
    std::string name = (folder / ".report-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw Error("cannot write into the folder '" + folder.string() + "'",
                  std::generic_category().message(errno), "choose another folder with -o");
    }
    path_ = name;
  }
  ~StagingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  const fs::path& path() const { return path_; }

  void move_all_to(const fs::path& folder) const {
    for (const auto& entry : fs::directory_iterator(path_)) {
      fs::rename(entry.path(), folder / entry.path().filename());
    }
  }

 private:
  fs::path path_;
};

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
    warn("gnuplot could not draw '" + drawings[i].path.filename().string() + "' (" +
         *complaints[i] + "); the report goes without it");
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
  std::string bytes = file_content(figure_path(folder, name_of(figure), format));
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
  const StagingFolder staging(folder_);
  write_file(staging.path() / kMetrics, metrics);
  write_file(staging.path() / kHistograms, histograms_json(report));
  if (gnuplot_available()) {
    draw_all(drawings_of(staging.path(), report), threads);
  } else {
    warn("gnuplot was not found: the report has no figures; install gnuplot-nox for them");
  }
  const bool small = must_be_small(staging.path(), report);
  write_file(staging.path() / kPage, report_page(report, [&](const AnyFigure& figure) {
               return embedded(staging.path(), figure, small);
             }));
  remove_figures(folder_);
  staging.move_all_to(folder_);
}

}  // namespace showergan::physics
