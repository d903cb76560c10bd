#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace showergan::test {

/// What the files of src/training/`folder` define by their names, in alphabetical order.
inline std::vector<std::string> registered_files(const std::string& folder) {
  const char* source = std::getenv("SHOWERGAN_SOURCE_DIR");
  const std::filesystem::path root(source == nullptr ? "." : source);
  std::vector<std::string> result;
  for (const auto& entry : std::filesystem::directory_iterator(root / "src/training" / folder)) {
    if (entry.path().extension() == ".cpp") result.push_back(entry.path().stem().string());
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// "a, b, c".
inline std::string listed(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) result += (result.empty() ? "" : ", ") + name;
  return result;
}

}  // namespace showergan::test
