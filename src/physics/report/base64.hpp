#pragma once

#include <string>
#include <string_view>

namespace showergan::physics {

/// Base64 with padding (RFC 4648, section 4), for pictures inside the page.
std::string base64(std::string_view bytes);

}  // namespace showergan::physics
