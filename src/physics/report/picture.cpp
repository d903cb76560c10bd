#include "physics/report/picture.hpp"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/file_content.hpp"
#include "physics/report/base64.hpp"
#include "physics/report/gnuplot.hpp"
#include "physics/report/html.hpp"

namespace showergan::physics {
namespace {

namespace fs = std::filesystem;

/// A folder for a file that gnuplot writes, removed with it.
class DrawingFolder {
 public:
  DrawingFolder() {
    std::string name = (fs::temp_directory_path() / "showergan-figure-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
      throw Error("cannot make a temporary folder", fs::temp_directory_path().string(),
                  "free some space there");
    }
    path_ = name;
  }
  ~DrawingFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  DrawingFolder(const DrawingFolder&) = delete;
  DrawingFolder& operator=(const DrawingFolder&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

}  // namespace

std::string picture_html(const EmbeddedPicture& picture, const std::string& title,
                         std::size_t least_width) {
  return fmt::format("<img alt=\"{}\" style=\"--least: {}px\" src=\"data:{};base64,{}\">",
                     html_text(title), least_width, picture.media_type, base64(picture.bytes));
}

std::optional<EmbeddedPicture> PictureDrawer::draw(const std::string& name, FigureFormat format,
                                                   const Script& script) {
  std::string commands = script("figure");
  const auto known = drawn_.find(name);
  if (known != drawn_.end() && known->second.script == commands) return known->second.picture;
  const DrawingFolder folder;
  const fs::path file = folder.path() / ("figure" + extension_of(format));
  if (const auto complaint = physics::draw(file, script)) {
    complaint_ = *complaint;
    return std::nullopt;
  }
  Drawn drawn = {std::move(commands),
                 {format == FigureFormat::png ? "image/png" : "image/svg+xml", file_content(file)}};
  return drawn_.insert_or_assign(name, std::move(drawn)).first->second.picture;
}

}  // namespace showergan::physics
