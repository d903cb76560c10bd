#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace showergan::physics {

/// Whether the program gnuplot can be run.
bool gnuplot_available();

/// Runs gnuplot on the script that `script(output)` gives for an output file, and puts the file
/// under its final name when it is complete. Returns what gnuplot had to say if it failed; then
/// there is no file. Throws as AtomicFile.
std::optional<std::string> draw(
    const std::filesystem::path& path,
    const std::function<std::string(const std::filesystem::path& output)>& script);

}  // namespace showergan::physics
