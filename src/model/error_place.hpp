#pragma once

#include <string>
#include <string_view>

#include "showergan/error.hpp"

namespace showergan {

/// The same error with the place (file, line) that the thrower did not know: "problem; advice"
/// becomes "problem (place); advice".
inline InputError at_place(const Error& error, std::string_view place) {
  const std::string text = error.what();
  const std::size_t split = text.rfind("; ");
  if (split == std::string::npos) return InputError(text, place);
  return InputError(text.substr(0, split), place, text.substr(split + 2));
}

}  // namespace showergan
