#include "nn/kernel/epilogue.hpp"

#include <gtest/gtest.h>

namespace showergan::nn::kernel {
namespace {

/// A convolution's epilogue with the numbers of `copies` cells.
std::int64_t epilogue_width(std::int64_t filters, std::int64_t copies) {
  Graph graph;
  const Conv3d conv{filters, {2, 2, 2}};
  const NodeId node = graph.add("conv", conv, {graph.add("x", Input{{1, 3, 3, 3}})});
  const Request request{graph, graph.node(node), 1, false, false, {false}, {false}};
  return EpilogueKernel(request, conv.epilogue, conv.bias, conv.filters, copies).width();
}

TEST(EpilogueKernel, IsAsWideAsAllCopies) {
  EXPECT_EQ(epilogue_width(3, 1), 3);
  EXPECT_EQ(epilogue_width(3, 8), 24);
}

}  // namespace
}  // namespace showergan::nn::kernel
