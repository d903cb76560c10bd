#include "store/faint_showers.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <gtest/gtest.h>

#include "base/interrupt.hpp"
#include "store/shower_writer.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class FaintShowersTest : public testing::Test {
 protected:
  /// Shower i of 50 has a cell of i / 100 GeV and four of 0.1 MeV.
  FaintShowersTest() {
    ShowerBatch batch;
    batch.grid = {5, 1, 1};
    for (int i = 0; i < 50; ++i) {
      batch.energy.push_back(10);
      batch.cells.push_back(static_cast<float>(i) / 100);
      batch.cells.insert(batch.cells.end(), 4, 1e-4f);
    }
    ShowerWriter writer(folder_ / "a.h5", batch.grid);
    writer.write(batch);
    writer.finish();
  }

  ShowerShards shards() const { return ShowerShards({folder_ / "a.h5"}); }

  test::TemporaryFolder folder_;
};

std::vector<bool> first(std::size_t faint) {
  std::vector<bool> rows(50, false);
  std::fill_n(rows.begin(), faint, true);
  return rows;
}

TEST_F(FaintShowersTest, AreThoseBelowTheSum) {
  const ShowerShards files = shards();
  for (const int threads : {1, 3}) {
    EXPECT_EQ(faint_showers(files, 0, 0.2, threads, true), first(20));
    EXPECT_EQ(faint_showers(files, 0, 0.20035, threads, true), first(20)) << "0.2 and 4 × 0.1 MeV";
    EXPECT_EQ(faint_showers(files, 0.001f, 0.20035, threads, true), first(21))
        << "cells below the threshold do not count";
    EXPECT_EQ(faint_showers(files, 0, 1e-9, threads, true), first(0));
    EXPECT_EQ(faint_showers(files, 0.001f, 1e-9, threads, true), first(1)) << "an empty one";
    EXPECT_EQ(faint_showers(files, 0, 100, threads, true), first(50));
  }
}

TEST_F(FaintShowersTest, StopWhenTheUserInterrupts) {
  EXPECT_EXIT(
      {
        install_interrupt_handlers();
        std::raise(SIGINT);
        std::fputs(test::failure([&] { faint_showers(shards(), 0, 1, 1, true); }).c_str(), stderr);
        std::exit(0);
      },
      testing::ExitedWithCode(0), "interrupted while the sums of the cells were looked at");
}

}  // namespace
}  // namespace showergan
