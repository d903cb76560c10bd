#pragma once

#include <string>

namespace showergan {

/// The text with every control character replaced by a space: messages may quote file names and
/// data, and whatever those hold, a message stays one line.
std::string one_line(std::string text);

}  // namespace showergan
