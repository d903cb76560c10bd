#pragma once

#include <string>
#include <string_view>

namespace showergan::physics {

/// A page that needs no other file, with the style sheet of the report. `title` and `body` are
/// HTML. A page that is written again asks the browser to load it anew after `refresh` seconds; 0:
/// it stays.
std::string html_page(std::string_view title, std::string_view body, int refresh = 0);

}  // namespace showergan::physics
