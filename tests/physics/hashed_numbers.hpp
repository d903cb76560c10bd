#pragma once

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

namespace showergan::test {

inline std::uint64_t splitmix(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

/// The numbers of the scripts make_expected_*.py, to the last bit; in [0, 1).
inline double hashed_uniform(std::uint64_t key) {
  return static_cast<double>(splitmix(key) >> 40) * 0x1p-24;
}

/// The text of a fixture that such a script has written, by its path from tests/physics.
inline std::string fixture(const std::string& name) {
  const char* source = std::getenv("SHOWERGAN_SOURCE_DIR");
  std::ifstream file(std::string(source ? source : ".") + "/tests/physics/" + name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace showergan::test
