#include "nn/graph/shape_error.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

TEST(ShapeError, IsAnErrorOfTheUser) {
  EXPECT_EQ(ShapeError("wrong").exit_status(), 2);
}

TEST(ShapeError, CountsInputs) {
  const auto message = [](std::size_t given, std::size_t wanted) -> std::string {
    try {
      expect_inputs("where", std::vector<Shape>(given), wanted);
    } catch (const ShapeError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(message(3, 3), "");
  EXPECT_EQ(message(2, 3), "where takes 3 inputs, not 2");
  EXPECT_EQ(message(0, 1), "where takes 1 input, not 0");
}

}  // namespace
}  // namespace showergan::nn
