#pragma once

#include <filesystem>
#include <string>

namespace showergan {

/// The bytes of a file; empty if there is none that can be read.
std::string file_content(const std::filesystem::path& path);

}  // namespace showergan
