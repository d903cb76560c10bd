#include "store/epoch_order.hpp"

#include <map>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

namespace showergan {
namespace {

using Places = std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>>;

Places all(const EpochOrder& order) {
  Places places;
  for (std::int64_t position = 0; position < order.size(); ++position) {
    const EpochPlace place = order.at(position);
    places.emplace_back(place.lane, place.shard, place.nth);
  }
  return places;
}

const std::vector<std::int64_t> uneven = {5, 0, 64, 1, 7, 7, 30, 0, 12};

TEST(EpochOrderTest, HasEveryShowerOnce) {
  for (const std::int64_t lanes : {1, 2, 3, 7}) {
    const EpochOrder order(uneven, lanes, 1, 0);
    EXPECT_EQ(order.size(), 126);
    std::set<std::pair<std::int64_t, std::int64_t>> seen;
    for (const auto& [lane, shard, nth] : all(order)) {
      EXPECT_LT(nth, uneven[static_cast<std::size_t>(shard)]);
      EXPECT_GE(nth, 0);
      EXPECT_TRUE(seen.emplace(shard, nth).second);
    }
    EXPECT_EQ(seen.size(), 126U);
  }
}

TEST(EpochOrderTest, ALaneGoesThroughItsShardsOneAfterTheOther) {
  const EpochOrder order(uneven, 3, 1, 0);
  std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> last;
  std::set<std::int64_t> begun;
  for (const auto& [lane, shard, nth] : all(order)) {
    if (last.contains(lane) && last[lane].first == shard) {
      EXPECT_EQ(nth, last[lane].second + 1);
    } else {
      EXPECT_EQ(nth, 0);
      EXPECT_TRUE(begun.insert(shard).second);
      if (last.contains(lane)) {
        EXPECT_EQ(last[lane].second + 1, uneven[static_cast<std::size_t>(last[lane].first)]);
      }
    }
    last[lane] = {shard, nth};
  }
  EXPECT_EQ(last.size(), 3U);
}

TEST(EpochOrderTest, TakesOneOfEachLaneInTurn) {
  const EpochOrder order({10, 10, 10, 10}, 4, 1, 0);
  for (std::int64_t position = 0; position < 40; ++position) {
    EXPECT_EQ(order.at(position).lane, position % 4);
    EXPECT_EQ(order.at(position).nth, position / 4);
  }
  // Lanes that have run out are left out: in turn means ascending within a round.
  const EpochOrder mixed(uneven, 5, 1, 0);
  std::int64_t taken = -1;
  std::map<std::int64_t, std::int64_t> given;
  for (const auto& [lane, shard, nth] : all(mixed)) {
    if (lane <= taken) {
      for (const auto& [other, count] : given) EXPECT_LE(count, given[lane] + 1) << other;
    }
    taken = lane;
    ++given[lane];
  }
}

TEST(EpochOrderTest, DependsOnSeedAndEpoch) {
  const Places places = all(EpochOrder(uneven, 3, 1, 0));
  EXPECT_EQ(places, all(EpochOrder(uneven, 3, 1, 0)));
  EXPECT_NE(places, all(EpochOrder(uneven, 3, 2, 0)));
  EXPECT_NE(places, all(EpochOrder(uneven, 3, 1, 1)));
  const EpochOrder order(uneven, 3, 1, 0);
  EXPECT_EQ(order.row_order(2), EpochOrder(uneven, 5, 1, 0).row_order(2));
  EXPECT_NE(order.row_order(2), EpochOrder(uneven, 3, 1, 1).row_order(2));
  EXPECT_NE(order.row_order(4), order.row_order(5));
  EXPECT_EQ(order.row_order(2).size(), 64U);
}

}  // namespace
}  // namespace showergan
