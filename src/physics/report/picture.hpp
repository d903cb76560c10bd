#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "physics/report/gnuplot_script.hpp"

namespace showergan::physics {

/// A drawn figure, as it goes into a page.
struct EmbeddedPicture {
  std::string media_type;  ///< "image/svg+xml"
  std::string bytes;
};

/// `<img>` with the picture inside, legible down to `least_width` pixels.
std::string picture_html(const EmbeddedPicture& picture, const std::string& title,
                         std::size_t least_width);

/// Draws figures for a page that is written again and again; one that has not changed is not drawn
/// again.
class PictureDrawer {
 public:
  using Script = std::function<std::string(const std::filesystem::path& output)>;

  /// The picture of a figure, drawn by the gnuplot commands of `script`; nothing if gnuplot cannot,
  /// and then complaint() says why. Throws Error if there is no room for temporary files.
  std::optional<EmbeddedPicture> draw(const std::string& name, FigureFormat format,
                                      const Script& script);

  /// What gnuplot said of the last figure that it could not draw.
  const std::string& complaint() const noexcept { return complaint_; }

 private:
  struct Drawn {
    std::string script;
    EmbeddedPicture picture;
  };
  std::map<std::string, Drawn> drawn_;
  std::string complaint_;
};

}  // namespace showergan::physics
