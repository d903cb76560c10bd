#include "base/log.hpp"

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(Warn, IsOneLineOnStandardError) {
  testing::internal::CaptureStderr();
  warn("energy 5 GeV is below\nthe model's range");
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "showergan: warning: energy 5 GeV is below the model's range\n");
}

}  // namespace
}  // namespace showergan
