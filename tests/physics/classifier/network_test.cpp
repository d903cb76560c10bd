#include "physics/classifier/network.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(FeatureNetworkTest, HasTwoLayersAndALastOne) {
  const nn::Graph graph = feature_network(127, 256);
  EXPECT_EQ(graph.trainable_count(), 127 * 256 + 256 + 256 * 256 + 256 + 256 + 1);
  ASSERT_EQ(graph.outputs().size(), 1u);
  EXPECT_EQ(graph.node(graph.outputs()[0].node).shape, nn::Shape{1});
}

TEST(ImageNetworkTest, HasTwoStagesOfTwoBlocks) {
  const nn::Graph graph = image_network({25, 25, 25});
  const auto conv = [](std::int64_t from, std::int64_t to, std::int64_t taps) {
    return from * to * taps + to;
  };
  EXPECT_EQ(graph.trainable_count(), conv(1, 16, 27) + 4 * conv(16, 16, 27) + conv(16, 32, 27) +
                                         conv(16, 32, 1) + 3 * conv(32, 32, 27) + 33 + 1);
  EXPECT_EQ(graph.node(*graph.find("stage1_block2_sum")).shape, (nn::Shape{16, 13, 13, 13}));
  EXPECT_EQ(graph.node(*graph.find("stage2_block2_sum")).shape, (nn::Shape{32, 7, 7, 7}));
}

TEST(ImageNetworkTest, TakesSmallGridsToo) {
  EXPECT_EQ(image_network({1, 2, 3}).outputs().size(), 1u);
}

}  // namespace
}  // namespace showergan::physics
