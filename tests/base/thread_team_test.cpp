#include "base/thread_team.hpp"

#include <array>
#include <atomic>
#include <numeric>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace showergan {
namespace {

TEST(ThreadTeam, RunsEveryMemberOnce) {
  ThreadTeam team(4);
  for (int members = 1; members <= 4; ++members) {
    std::array<std::atomic<int>, 4> calls{};
    team.run(members, [&](int member) { ++calls[static_cast<std::size_t>(member)]; });
    for (int m = 0; m < 4; ++m) EXPECT_EQ(calls[static_cast<std::size_t>(m)], m < members ? 1 : 0);
  }
}

TEST(ThreadTeam, MembersGetTheSumOfAll) {
  ThreadTeam team(3);
  std::vector<std::vector<double>> values(3);
  team.run(3, [&](int member) {
    auto& mine = values[static_cast<std::size_t>(member)];
    for (int round = 1; round <= 100; ++round) {
      mine = {1.0 * round, 10.0 * member};
      team.sum(member, mine);
      EXPECT_EQ(mine, (std::vector<double>{3.0 * round, 30.0}));
    }
  });
  for (const auto& mine : values) EXPECT_EQ(mine, (std::vector<double>{300.0, 30.0}));
}

TEST(ThreadTeam, TheSumIsTakenInTheOrderOfTheMembers) {
  // 1 + 1e-16 + 1e-16 + … stays 1, while the small ones first would count: the order shows.
  const std::vector<double> parts = {1.0, 1e-16, 1e-16, 1e-16};
  const double expected = std::accumulate(parts.begin(), parts.end(), 0.0);
  ThreadTeam team(4);
  for (int repeat = 0; repeat < 200; ++repeat) {
    team.run(4, [&](int member) {
      std::array<double, 1> value{parts[static_cast<std::size_t>(member)]};
      team.sum(member, value);
      EXPECT_EQ(value[0], expected);
    });
  }
}

TEST(ThreadTeam, AFailureReleasesThoseWhoWait) {
  ThreadTeam team(3);
  for (int culprit = 0; culprit < 3; ++culprit) {
    EXPECT_THROW(team.run(3,
                          [&](int member) {
                            if (member == culprit) throw std::runtime_error("no");
                            std::array<double, 1> value{1.0};
                            team.sum(member, value);
                            FAIL() << "nobody can have the sum";
                          }),
                 std::runtime_error);
  }
  std::atomic<int> calls = 0;
  team.run(3, [&](int) { ++calls; });
  EXPECT_EQ(calls, 3) << "the team works on after a failure";
}

TEST(ThreadTeam, AloneNeedsNobody) {
  ThreadTeam team(1);
  team.run(1, [&](int member) {
    std::array<double, 2> values{2.0, 3.0};
    team.sum(member, values);
    EXPECT_EQ(values, (std::array<double, 2>{2.0, 3.0}));
  });
}

}  // namespace
}  // namespace showergan
