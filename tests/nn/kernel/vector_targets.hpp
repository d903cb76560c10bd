#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <hwy/targets.h>

/// Our vector kernels are compiled for several instruction sets, and a run uses the best one of the
/// machine; tests run the others as well.
namespace showergan::nn::kernel {

/// The instruction sets that were compiled and that this processor has.
inline std::vector<std::int64_t> vector_targets() {
  return hwy::SupportedAndGeneratedTargets();
}

inline std::string target_name(const testing::TestParamInfo<std::int64_t>& info) {
  return hwy::TargetName(info.param);
}

/// While it lives, vector kernels run in that instruction set.
class ForcedTarget {
 public:
  explicit ForcedTarget(std::int64_t target) { choose(target); }
  ~ForcedTarget() { choose(0); }
  ForcedTarget(const ForcedTarget&) = delete;
  ForcedTarget& operator=(const ForcedTarget&) = delete;

 private:
  /// 0: the best one again.
  static void choose(std::int64_t targets) {
    hwy::SetSupportedTargetsForTest(targets);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  }
};

/// Tests that run once in each instruction set.
class OnEveryTarget : public testing::TestWithParam<std::int64_t> {
 private:
  ForcedTarget forced_{GetParam()};
};

}  // namespace showergan::nn::kernel
