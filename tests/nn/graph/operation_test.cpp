#include "nn/graph/operation.hpp"

#include <set>
#include <utility>

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(Operation, IsCalledByItsFunctionWhereItHasSeveral) {
  EXPECT_EQ(type_name(Activation{Function::leaky_relu}), "leaky_relu");
  EXPECT_EQ(type_name(Arithmetic{BinaryFunction::divide}), "divide");
  EXPECT_EQ(type_name(Reduction{Reducer::sum, {}, false}), "sum");
  EXPECT_EQ(type_name(Reduction{Reducer::mean, {}, false}), "mean");
  EXPECT_EQ(type_name(Conv3d{}), "conv3d");
  EXPECT_EQ(type_name(DepthToSpace{}), "depth_to_space");
}

template <std::size_t... Index>
std::set<std::string_view> all_types(std::index_sequence<Index...>) {
  return {std::variant_alternative_t<Index, Operation>::type...};
}

TEST(Operation, HasATypeOfItsOwn) {
  constexpr std::size_t count = std::variant_size_v<Operation>;
  EXPECT_EQ(all_types(std::make_index_sequence<count>()).size(), count);
}

}  // namespace
}  // namespace showergan::nn
