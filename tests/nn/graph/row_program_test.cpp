#include "nn/graph/row_program.hpp"

#include <gtest/gtest.h>

#include "nn/graph/infer.hpp"

namespace showergan::nn {
namespace {

/// The sum of a row of an image of three channels and a row of numbers.
RowProgram sum_of_two() {
  const RowValue a{RowValue::Kind::input, 1};
  const RowValue b{RowValue::Kind::input, 3};
  return {{3, 1}, {}, {{RowFunction::add, {a, b}, {}}}, {{RowValue::Kind::step, 0}}, {2, 3, 4}};
}

TEST(RowProgram, HasTheShapeThatItSays) {
  EXPECT_EQ(shape_of(sum_of_two(), {{3, 2, 3, 4}, {24}}), (Shape{2, 3, 4}));
}

TEST(RowProgram, NeedsRowsOfEquallyManyColumns) {
  EXPECT_EQ(error_of(sum_of_two(), {{3, 24}, {23}}),
            "row_program needs inputs with the columns of its result");
  EXPECT_EQ(error_of(sum_of_two(), {{3, 24}}), "row_program takes 2 inputs, not 1");
}

TEST(RowProgram, KnowsHowManyValuesAStepReads) {
  EXPECT_EQ((RowStep{RowFunction::function, {}, {}}).operands(), 1u);
  EXPECT_EQ((RowStep{RowFunction::divide, {}, {}}).operands(), 2u);
  EXPECT_EQ((RowStep{RowFunction::choose, {}, {}}).operands(), 3u);
}

}  // namespace
}  // namespace showergan::nn
