#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/hdf5_handle.hpp"

namespace showergan {

/// The value of an attribute as text, numbers and texts of any type; the elements of a list are
/// joined by ", ". None if there is no such attribute or it is of another kind.
std::optional<std::string> text_attribute(hid_t object, const std::string& name);

/// All attributes of an object as text, sorted by name.
std::vector<std::pair<std::string, std::string>> text_attributes(hid_t object);

/// Writes a UTF-8 text; whether it worked.
bool write_attribute(hid_t object, const std::string& name, const std::string& text);

/// Writes a whole number; whether it worked.
bool write_attribute(hid_t object, const std::string& name, std::uint64_t value);

}  // namespace showergan
