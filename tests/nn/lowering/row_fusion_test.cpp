#include "nn/lowering/compare.hpp"

namespace showergan::nn {
namespace {

TEST(FuseRows, MakesOneProgramOfAllBetweenInputsAndResult) {
  const Graph fused = fuse_rows(stack("stack_rows"));
  EXPECT_EQ(names(fused), "image noise cells");
  const auto& program = operation<RowProgram>(fused, "cells");
  EXPECT_EQ(program.rows, (std::vector<std::int64_t>{5, 2}));
  EXPECT_EQ(program.numbers, (std::vector<float>{0.5f, 2, 0}));
  // Two exponentials, products, quotients and bounds, two sums, the half, the choice: cutting,
  // joining and reshaping cost nothing, and the sum of one row is that row.
  EXPECT_EQ(program.steps.size(), 12u);
  EXPECT_EQ(program.results.size(), 1u);
}

TEST(FuseRows, RepeatsRowsAndNumbersForEachRow) {
  const Graph fused = fuse_rows(stack("stack_row_functions"));
  EXPECT_EQ(names(fused), "x place square");
  const auto& program = operation<RowProgram>(fused, "square");
  EXPECT_EQ(program.rows, (std::vector<std::int64_t>{3, 1}));
  EXPECT_EQ(program.numbers, (std::vector<float>{1, -2, 3}));
  EXPECT_EQ(program.results.size(), 3u);
}

TEST(FuseRows, StopsAtOutputsAndAtWhatDoesNotFit) {
  EXPECT_EQ(names(fuse_rows(stack("stack_rows_apart"))), "x weights a4 weighted b5");
}

Graph chain(std::int64_t columns, int length) {
  Graph graph;
  NodeId x = graph.add("x", Input{{2, columns}});
  for (int i = 1; i <= length; ++i) {
    x = graph.add("exp" + std::to_string(i), Activation{Function::exp}, {x});
  }
  graph.set_output("y", x);
  return graph;
}

TEST(FuseRows, LeavesShortRowsAndFewOperators) {
  EXPECT_EQ(names(fuse_rows(chain(256, 4))), "x exp4");
  EXPECT_EQ(names(fuse_rows(chain(255, 4))), "x exp1 exp2 exp3 exp4");
  EXPECT_EQ(names(fuse_rows(chain(256, 3))), "x exp1 exp2 exp3");
}

TEST(FuseRows, LeavesFunctionsThatProgramsLack) {
  Graph graph;
  NodeId x = graph.add("x", Input{{300}});
  for (const Function function : {Function::atan, Function::softplus}) {
    x = graph.add(std::string(name_of(function)), Activation{function}, {x});
  }
  x = graph.add("power", Activation{Function::power, 2}, {x});
  graph.set_output("y", graph.add("exp", Activation{Function::exp}, {x}));
  EXPECT_EQ(names(fuse_rows(graph)), names(graph));
}

TEST(FuseRows, LeavesTwoBranchesOfWhichOneLeavesTheGroup) {
  Graph graph = chain(256, 4);
  const NodeId between = graph.find("exp2").value();
  graph.set_output("sums", graph.add("sums", Reduction{Reducer::sum, {1}, false}, {between}));
  EXPECT_EQ(names(fuse_rows(graph)), names(graph));
}

}  // namespace
}  // namespace showergan::nn
