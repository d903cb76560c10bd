#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace showergan {

/// The bytes of a file. Throws InputError, "cannot read the WHAT", for one that is missing, a
/// folder or unreadable.
std::string read_file(const std::filesystem::path& path, std::string_view what);

}  // namespace showergan
