#include <algorithm>
#include <functional>
#include <optional>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/log.hpp"
#include "base/threads.hpp"
#include "physics/report/gnuplot.hpp"
#include "physics/report/gnuplot_script.hpp"
#include "physics/report/report.hpp"

namespace showergan::physics {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMetrics = "metrics.json";
constexpr const char* kFigures[] = {"longitudinal", "lateral",  "radial",     "energy",
                                    "hits",         "spectrum", "correlation"};

std::vector<fs::path> figure_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const char* name : kFigures) {
    for (const FigureFormat format : {FigureFormat::png, FigureFormat::svg}) {
      files.push_back(folder / (name + extension_of(format)));
    }
  }
  return files;
}

/// A file to draw.
struct Drawing {
  fs::path path;
  std::function<std::string(const fs::path&)> script;
};

template <class AnyFigure>
void add_drawings(const fs::path& folder, const std::vector<AnyFigure>& figures,
                  std::vector<Drawing>& drawings) {
  for (const AnyFigure& figure : figures) {
    for (const FigureFormat format : {FigureFormat::png, FigureFormat::svg}) {
      drawings.push_back({folder / (figure.name + extension_of(format)),
                          [&figure, format](const fs::path& output) {
                            return gnuplot_script(figure, format, output);
                          }});
    }
  }
}

void draw_all(const std::vector<Drawing>& drawings, int threads) {
  std::vector<std::optional<std::string>> complaints(drawings.size());
  parallel_for(std::max(1, threads), static_cast<std::int64_t>(drawings.size()),
               [&](std::int64_t i, int) {
                 const auto index = static_cast<std::size_t>(i);
                 complaints[index] = draw(drawings[index].path, drawings[index].script);
               });
  for (std::size_t i = 0; i < drawings.size(); ++i) {
    if (!complaints[i]) continue;
    warn("gnuplot could not draw '" + drawings[i].path.string() + "' (" + *complaints[i] +
         "); the report goes without it");
  }
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
  std::vector<fs::path> own = figure_files(folder_);
  own.push_back(folder_ / kMetrics);
  for (const fs::path& file : own) {
    if (!fs::exists(file)) continue;
    throw InputError("the folder '" + folder_.string() + "' already holds a report",
                     file.filename().string(),
                     "choose another folder or overwrite it with --force");
  }
}

void ReportFolder::write(const std::string& metrics, const std::vector<Figure>& figures,
                         const std::vector<MatrixFigure>& matrices, int threads) const {
  // Figures of an earlier report must not stand beside numbers of this one.
  for (const fs::path& file : figure_files(folder_)) fs::remove(file);
  write_file(folder_ / kMetrics, metrics);
  if (!gnuplot_available()) {
    warn("gnuplot was not found: the report has no figures; install gnuplot-nox for them");
    return;
  }
  std::vector<Drawing> drawings;
  add_drawings(folder_, figures, drawings);
  add_drawings(folder_, matrices, drawings);
  draw_all(drawings, threads);
}

}  // namespace showergan::physics
