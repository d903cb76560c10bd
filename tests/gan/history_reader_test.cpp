#include "gan/history_reader.hpp"

#include <chrono>
#include <cmath>
#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "gan/history.hpp"
#include "model/definition.hpp"
#include "support/temporary_folder.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

class HistoryReaderTest : public testing::Test {
 protected:
  void append(const std::string& text) { std::ofstream(path_, std::ios::app) << text; }

  static std::string step(std::int64_t number, double loss = 1) {
    return fmt::format(R"({{"type":"step","step":{},"epoch":{},"showers":16,"seconds":0.5,)"
                       R"("waited":0.25,"real":{{"total":{}}},"rate":{{"generator":0.1}}}})",
                       number, (number - 1) / 2, loss) +
           "\n";
  }
  static std::string epoch(std::int64_t number) {
    return fmt::format(R"({{"type":"epoch","step":{},"epoch":{}}})", 2 * number, number) + "\n";
  }
  std::vector<std::int64_t> steps() const {
    std::vector<std::int64_t> numbers;
    for (const StepRecord& some : reader_.record().steps) numbers.push_back(some.step);
    return numbers;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "history.jsonl";
  HistoryReader reader_{path_};
};

using Numbers = std::vector<std::int64_t>;

TEST_F(HistoryReaderTest, ReadsWhatHistoryWrites) {
  const ModelDefinition definition = parse_definition(test::toy_model, "toy");
  LossTerm term;
  term.output = "ecal";
  term.loss = term.generator_loss = "mae";
  const CriticLoss loss({term}, *definition.discriminator, definition.conditions);
  StepResult result;
  result.real = {{1}, 2};
  result.fake = {{3}, std::numeric_limits<double>::infinity()};
  result.generator = {{5}, std::numeric_limits<double>::quiet_NaN()};
  result.discriminator_gradient = 7;
  result.generator_gradient = 8;
  result.discriminator_rate = 9;
  result.generator_rate = 10;
  result.images.empty = true;
  History history(path_, 0);
  history.write(RunStart{0, 100, 10, 160, 16, 2, "farm"});
  history.write({1, 0, 16, 2.5, 0.5}, result, loss);
  EpochSummary summary;
  summary.step = 1;
  summary.epoch = 1;
  summary.showers_per_second = 6.4;
  summary.waiting = 0.2;
  physics::MetricResult metric;
  metric.name = "profile_x_mean";
  metric.value = 0.25;
  physics::MetricResult unknown;
  unknown.name = "moments_shift";
  unknown.floor = 0.5;
  summary.metrics = {metric, unknown};
  summary.figure = 0.25;
  summary.best = true;
  summary.validation_seconds = 3;
  history.write(summary);
  history.write_end(1, Ending::done, "done");

  EXPECT_TRUE(reader_.update());
  const HistoryRecord& record = reader_.record();
  EXPECT_EQ(record.lines, 4);
  EXPECT_EQ(record.unreadable, 0);
  ASSERT_EQ(record.starts.size(), 1U);
  EXPECT_EQ(record.starts[0].host, "farm");
  EXPECT_EQ(record.starts[0].threads, 2);
  EXPECT_EQ(record.starts[0].total_steps, 100);
  EXPECT_EQ(record.starts[0].steps_per_epoch, 10);
  EXPECT_EQ(record.starts[0].showers, 160);
  EXPECT_EQ(record.starts[0].held_out, 16);
  EXPECT_GT(record.starts[0].time, 0);
  EXPECT_EQ(record.columns,
            (std::vector<std::string>{"real.ecal", "real.total", "fake.ecal", "fake.total",
                                      "generator.ecal", "generator.total",
                                      "gradient_norm.discriminator", "gradient_norm.generator",
                                      "rate.discriminator", "rate.generator"}));
  ASSERT_EQ(record.steps.size(), 1U);
  const StepRecord& one = record.steps[0];
  EXPECT_EQ(one.step, 1);
  EXPECT_EQ(one.epoch, 0);
  EXPECT_EQ(one.showers, 16);
  EXPECT_EQ(one.seconds, 2.5);
  EXPECT_EQ(one.waited, 0.5);
  EXPECT_TRUE(one.suspicious);
  ASSERT_EQ(one.values.size(), 10U);
  EXPECT_EQ(one.values[2], 3);
  EXPECT_EQ(one.values[3], std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(one.values[5]));
  EXPECT_EQ(one.values[9], 10);
  ASSERT_EQ(record.epochs.size(), 1U);
  const EpochRecord& first = record.epochs[0];
  EXPECT_EQ(first.showers_per_second, 6.4);
  EXPECT_EQ(first.waiting, 0.2);
  EXPECT_EQ(first.figure, 0.25);
  EXPECT_EQ(first.validation_seconds, 3);
  EXPECT_TRUE(first.best);
  ASSERT_EQ(first.metrics.size(), 2U);
  EXPECT_EQ(first.metrics[0].name, "profile_x_mean");
  EXPECT_EQ(first.metrics[0].value, 0.25);
  EXPECT_TRUE(std::isnan(first.metrics[0].floor));
  EXPECT_TRUE(std::isnan(first.metrics[1].value));
  EXPECT_EQ(first.metrics[1].floor, 0.5);
  ASSERT_TRUE(record.end);
  EXPECT_EQ(record.end->state, "done");
  EXPECT_EQ(record.end->step, 1);
}

TEST_F(HistoryReaderTest, AHalfLineIsLeftUntilItIsWhole) {
  append(step(1) + step(2).substr(0, 40));
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(steps(), Numbers({1}));
  EXPECT_FALSE(reader_.update()) << "nothing new";
  append(step(2).substr(40));
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(steps(), Numbers({1, 2}));
  EXPECT_EQ(reader_.record().unreadable, 0);
  // A whole line whose break has not been written yet.
  append(step(3).substr(0, step(3).size() - 1));
  EXPECT_FALSE(reader_.update());
  append("\n");
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(steps(), Numbers({1, 2, 3}));
}

TEST_F(HistoryReaderTest, NoFileIsAnEmptyRecordUntilThereIsOne) {
  EXPECT_FALSE(reader_.update());
  EXPECT_EQ(reader_.record().lines, 0);
  append(step(1));
  EXPECT_TRUE(reader_.update());
  std::filesystem::remove(path_);
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(reader_.record().lines, 0);
}

TEST_F(HistoryReaderTest, AFileThatWasWrittenAnewIsReadAnew) {
  append(step(1) + step(2) + epoch(1) + step(3) + step(4));
  reader_.update();
  // As a resumed training does: the lines up to its checkpoint, and then others.
  std::filesystem::remove(path_);
  append(step(1) + step(2) + epoch(1) + step(3, 7));
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(steps(), Numbers({1, 2, 3}));
  EXPECT_EQ(reader_.record().steps[2].values[0], 7);
  EXPECT_EQ(reader_.record().epochs.size(), 1U);
  // Longer than what was read, but not a continuation of it.
  std::filesystem::remove(path_);
  append(step(1) + step(2) + epoch(1) + step(3, 8) + step(4, 8) + step(5, 8));
  EXPECT_TRUE(reader_.update());
  EXPECT_EQ(steps(), Numbers({1, 2, 3, 4, 5}));
  EXPECT_EQ(reader_.record().steps[2].values[0], 8);
}

TEST_F(HistoryReaderTest, StepsThatAreRepeatedCountAsTakenLast) {
  append(step(1) + step(2) + epoch(1) + step(3, 5) + step(4, 5) + epoch(2));
  append(step(2, 6) + epoch(1) + step(3, 6) + epoch(1));
  reader_.update();
  EXPECT_EQ(steps(), Numbers({1, 2, 3}));
  EXPECT_EQ(reader_.record().steps[2].values[0], 6);
  ASSERT_EQ(reader_.record().epochs.size(), 1U);
  EXPECT_EQ(reader_.record().epochs[0].epoch, 1);
}

TEST_F(HistoryReaderTest, LinesOfOtherKindsAreCounted) {
  append("\n[]\nnot JSON\n{\"type\":\"party\"}\n{\"type\":7}\n" + step(1));
  append(R"({"type":"epoch","step":"x","validation":7,"floor":[1],"best":"yes","figure":{}})"
         "\n");
  reader_.update();
  EXPECT_EQ(reader_.record().unreadable, 5);
  EXPECT_EQ(reader_.record().lines, 2);
  EXPECT_EQ(reader_.record().steps.size(), 1U);
}

TEST_F(HistoryReaderTest, ColumnsThatComeLaterAreAdded) {
  append(step(1) + R"({"type":"step","step":2,"new":{"a":4},"rate":{"generator":3}})" + "\n" +
         step(3));
  reader_.update();
  const HistoryRecord& record = reader_.record();
  EXPECT_EQ(record.columns, (std::vector<std::string>{"real.total", "rate.generator", "new.a"}));
  EXPECT_TRUE(std::isnan(record.steps[1].values[0]));
  EXPECT_EQ(record.steps[1].values[1], 3);
  EXPECT_EQ(record.steps[1].values[2], 4);
  EXPECT_EQ(record.steps[2].values, (std::vector<double>{1, 0.1}));
}

TEST_F(HistoryReaderTest, AStartTakesBackTheEndBeforeIt) {
  append("{\"type\":\"start\",\"step\":0}\n{\"type\":\"end\",\"step\":4,\"state\":\"done\"}\n");
  reader_.update();
  EXPECT_TRUE(reader_.record().end);
  append("{\"type\":\"start\",\"step\":4}\n");
  reader_.update();
  EXPECT_FALSE(reader_.record().end);
  EXPECT_EQ(reader_.record().starts.size(), 2U);
}

TEST_F(HistoryReaderTest, AHundredThousandStepsAreReadInSecondsAndNewOnesAtOnce) {
  {
    std::ofstream file(path_);
    for (std::int64_t i = 1; i <= 100'000; ++i) file << step(i);
  }
  const auto seconds = [&] {
    const auto start = std::chrono::steady_clock::now();
    reader_.update();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const double all = seconds();
  EXPECT_LT(all, 30);
  append(step(100'001));
  EXPECT_LT(seconds(), 0.2 * all);
  EXPECT_EQ(steps().size(), 100'001U);
}

}  // namespace
}  // namespace showergan::gan
