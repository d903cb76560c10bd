#pragma once

#include <string_view>

namespace showergan {

/// Number of protons of the element with that symbol ("Si" → 14), or 0 if there is none.
int atomic_number(std::string_view symbol) noexcept;

}  // namespace showergan
