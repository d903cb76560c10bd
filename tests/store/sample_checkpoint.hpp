#pragma once

#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "store/checkpoint.hpp"

namespace showergan::test {

/// A small checkpoint with everything that is unusual: nested names, empty arrays and texts,
/// numbers that are none, bytes of 0.
inline Checkpoint sample_checkpoint() {
  using limits = std::numeric_limits<double>;
  Checkpoint checkpoint;
  checkpoint.arrays = {{"generator/trainable", {1.5F, -2.25F, 3e-40F}},
                       {"generator/optimizer/squares", {std::numeric_limits<float>::quiet_NaN()}},
                       {"generator/optimizer/empty", {}},
                       {"größe", {std::numeric_limits<float>::infinity()}}};
  checkpoint.counters = {{"step", 1200},
                         {"data/position", std::numeric_limits<std::int64_t>::min()},
                         {"epoch", std::numeric_limits<std::int64_t>::max()}};
  checkpoint.numbers = {{"best", 0.1},
                        {"nan", limits::quiet_NaN()},
                        {"minus_nan", -limits::signaling_NaN()},
                        {"infinity", -limits::infinity()},
                        {"minus_zero", -0.0},
                        {"least", limits::denorm_min()}};
  checkpoint.texts = {{"recipe", "model = \"3dgan\"\n# GeV · 100\n"},
                      {"empty", ""},
                      {"zeros", std::string("a\0b\0", 4)}};
  return checkpoint;
}

template <typename Number>
std::string bytes_of(const Number& number) {
  return {reinterpret_cast<const char*>(&number), sizeof number};
}

/// Bit for bit: a NaN equals itself, and 0 is not -0.
inline bool same(const Checkpoint& a, const Checkpoint& b) {
  const auto bytes = [](const Checkpoint& checkpoint) {
    std::map<std::string, std::string> result;
    for (const auto& [name, values] : checkpoint.arrays) {
      std::string& text = result["array " + name];
      for (const float value : values) text += bytes_of(value);
    }
    for (const auto& [name, value] : checkpoint.numbers) result["number " + name] = bytes_of(value);
    return result;
  };
  return bytes(a) == bytes(b) && a.counters == b.counters && a.texts == b.texts;
}

inline std::string read_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace showergan::test
