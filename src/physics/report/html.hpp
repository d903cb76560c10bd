#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace showergan::physics {

/// Plain text as HTML: markup characters are escaped, control characters become spaces and bytes
/// that are no UTF-8 the replacement character.
std::string html_text(std::string_view text);

/// `<NAME ATTRIBUTES>CONTENT</NAME>`; the content is HTML.
std::string html_element(std::string_view name, std::string_view content,
                         std::string_view attributes = {});

/// `<td>` or `<th>` cells of a row, from HTML.
std::string html_row(const std::vector<std::string>& cells, std::string_view cell = "td");

}  // namespace showergan::physics
