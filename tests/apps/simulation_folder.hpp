#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "command_line.hpp"
#include "store/shower_reader.hpp"

namespace showergan::test {

/// Runs `showergan simulate` in a folder of its own.
class SimulationFolder : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }

  CommandResult simulate(const std::string& arguments, const std::string& name) const {
    return run_showergan("simulate " + arguments + " -o '" + file(name).string() + "'");
  }

  ShowerBatch showers_of(const std::string& name) const {
    ShowerReader reader(file(name));
    return reader.read(0, reader.size());
  }

  /// Runs it with arguments that are wrong: one line that says `text`, and no output.
  void expect_refused(const std::string& arguments, const std::string& text) const {
    SCOPED_TRACE(arguments);
    const CommandResult result = simulate(arguments, "refused.h5");
    EXPECT_EQ(result.status, 2) << result.errors;
    EXPECT_NE(result.errors.find(text), std::string::npos) << result.errors;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_FALSE(std::filesystem::exists(file("refused.h5")));
  }

  /// A detector of one sensitive plate.
  static void describe_box(const std::filesystem::path& path, double thickness) {
    std::ofstream(path) << fmt::format(R"(name = "box"
[grid]
cells = [3, 3, 1]
cell_size = [5, 5]
[materials.Si]
density = 2.33
elements = {{ Si = 1.0 }}
[[layers]]
slabs = [{{ material = "Si", thickness = {}, sensitive = true }}]
)",
                                       thickness);
  }

  TemporaryFolder folder_;
};

}  // namespace showergan::test
