#pragma once

#include <cstdlib>
#include <filesystem>

namespace showergan::test {

/// A file of the shared data: real Geant4 showers and published weights, which are not part of the
/// repository ($SHOWERGAN_SHARED_DATA, otherwise ../shared/data beside the source tree).
inline std::filesystem::path shared_data(const std::filesystem::path& name) {
  if (const char* folder = std::getenv("SHOWERGAN_SHARED_DATA")) return folder / name;
  const char* source = std::getenv("SHOWERGAN_SOURCE_DIR");
  return std::filesystem::path(source == nullptr ? "." : source) / ".." / "shared" / "data" / name;
}

}  // namespace showergan::test

/// Leaves a test that needs a file of the shared data where that is absent.
#define SHOWERGAN_NEEDS_FILE(path)                                        \
  if (!std::filesystem::exists(path)) {                                   \
    GTEST_SKIP() << "the shared data file " << (path) << " is not there"; \
  }
