#pragma once

#include <string_view>

namespace showergan {

/// One line on standard error, `showergan: warning: TEXT`; for what the user should know although
/// the work goes on.
void warn(std::string_view text);

}  // namespace showergan
