#include "gan/history.hpp"

#include <fstream>
#include <limits>
#include <sstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "showergan/version.hpp"

#include "model/definition.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/toy_training.hpp"

namespace showergan::gan {
namespace {

using nlohmann::json;

class HistoryTest : public testing::Test {
 protected:
  HistoryTest()
      : definition_(parse_definition(test::toy_model, "toy")),
        loss_({term("generation"), term("ecal")}, *definition_.discriminator,
              definition_.conditions) {}

  static LossTerm term(const std::string& output) {
    LossTerm term;
    term.output = output;
    term.loss = term.generator_loss = "mae";
    return term;
  }

  static StepResult result(double value) {
    StepResult result;
    result.real = {{value, value + 1}, value + 2};
    result.fake = {{value + 3, value + 4}, value + 5};
    result.generator = {{value + 6, value + 7}, value + 8};
    result.discriminator_gradient = 0.5;
    result.generator_gradient = 0.25;
    result.discriminator_rate = 0.125;
    result.generator_rate = 0.0625;
    return result;
  }

  static EpochSummary summary(std::int64_t step) {
    EpochSummary summary;
    summary.step = step;
    summary.epoch = 1;
    summary.showers_per_second = 100;
    summary.waiting = 0.5;
    return summary;
  }

  /// Steps 1 to 4 and an epoch after 2 and 4.
  void write_two_epochs() {
    History history(path_, 0);
    for (std::int64_t step = 1; step <= 4; ++step) {
      history.write({step, (step - 1) / 2, 16, 1, 0}, result(0), loss_);
      if (step % 2 == 0) history.write(summary(step));
    }
  }

  std::string text() const {
    std::ostringstream text;
    text << std::ifstream(path_).rdbuf();
    return text.str();
  }

  std::vector<json> lines() const {
    std::vector<json> lines;
    std::istringstream file(text());
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
  }

  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "history.jsonl";
  ModelDefinition definition_;
  CriticLoss loss_;
};

TEST_F(HistoryTest, AStepIsALineWithAllThatIsKnownOfIt) {
  History history(path_, 0);
  history.write({3, 1, 16, 2.5, 0.5}, result(10), loss_);
  const json expected = {{"type", "step"},
                         {"step", 3},
                         {"epoch", 1},
                         {"showers", 16},
                         {"seconds", 2.5},
                         {"waited", 0.5},
                         {"real", {{"generation", 10.0}, {"ecal", 11.0}, {"total", 12.0}}},
                         {"fake", {{"generation", 13.0}, {"ecal", 14.0}, {"total", 15.0}}},
                         {"generator", {{"generation", 16.0}, {"ecal", 17.0}, {"total", 18.0}}},
                         {"gradient_norm", {{"discriminator", 0.5}, {"generator", 0.25}}},
                         {"rate", {{"discriminator", 0.125}, {"generator", 0.0625}}}};
  ASSERT_EQ(lines().size(), 1U) << "a line is there as soon as it is written";
  EXPECT_EQ(lines()[0], expected);
  EXPECT_EQ(history.last_epoch_step(), 0);
}

TEST_F(HistoryTest, SuspiciousImagesAndNumbersThatAreNoneAreTold) {
  History history(path_, 0);
  StepResult bad = result(std::numeric_limits<double>::quiet_NaN());
  bad.generator_gradient = std::numeric_limits<double>::infinity();
  bad.images.empty = true;
  history.write({1, 0, 16, 1, 0}, bad, loss_);
  bad.images = {false, true, true};
  bad.generator_gradient = -std::numeric_limits<double>::infinity();
  history.write({2, 0, 16, 1, 0}, bad, loss_);
  const std::vector<json> told = lines();
  EXPECT_EQ(told[0]["real"]["ecal"], "nan");
  EXPECT_EQ(told[0]["gradient_norm"]["generator"], "inf");
  EXPECT_EQ(told[0]["images"], "empty");
  EXPECT_EQ(told[1]["images"], "identical");
  EXPECT_EQ(told[1]["gradient_norm"]["generator"], "-inf");
}

TEST_F(HistoryTest, AnEpochHasItsMetricsWithTheirFloors) {
  History history(path_, 0);
  EpochSummary epoch = summary(12);
  history.write(epoch);
  EXPECT_EQ(history.last_epoch_step(), 12);
  physics::MetricResult known;
  known.name = "profile_x_mean";
  known.value = 0.25;
  known.floor = 0.125;
  physics::MetricResult unknown;
  unknown.name = "moments_shift";
  epoch.metrics = {known, unknown};
  epoch.figure = std::numeric_limits<double>::quiet_NaN();
  epoch.best = true;
  epoch.showers_per_second = 0;
  epoch.validation_seconds = 1.5;
  history.write(epoch);
  const std::vector<json> told = lines();
  EXPECT_EQ(told[0], (json{{"type", "epoch"},
                           {"step", 12},
                           {"epoch", 1},
                           {"showers_per_s", 100.0},
                           {"waiting", 0.5}}))
      << "without a validation there is nothing of one";
  EXPECT_EQ(told[1], (json{{"type", "epoch"},
                           {"step", 12},
                           {"epoch", 1},
                           {"validation", {{"profile_x_mean", 0.25}, {"moments_shift", nullptr}}},
                           {"floor", {{"profile_x_mean", 0.125}, {"moments_shift", nullptr}}},
                           {"figure", "nan"},
                           {"best", true},
                           {"validation_s", 1.5}}))
      << "a speed that is not known is left out";
}

TEST_F(HistoryTest, AProcessTellsItsStartAndItsEnd) {
  History history(path_, 0);
  history.write({7, 100, 10, 160, 16, 2, "farm\xff"});
  history.write_end(9, Ending::interrupted, "stopped \"here\"");
  std::vector<json> told = lines();
  ASSERT_EQ(told.size(), 2U);
  for (json& line : told) {
    EXPECT_GT(line["time"], 1700000000) << "seconds since 1970";
    line.erase("time");
  }
  EXPECT_EQ(told[0].at("version"), SHOWERGAN_VERSION);
  told[0].erase("version");
  EXPECT_EQ(told[0], (json{{"type", "start"},
                           {"step", 7},
                           {"host", "farm\xef\xbf\xbd"},
                           {"threads", 2},
                           {"total_steps", 100},
                           {"steps_per_epoch", 10},
                           {"showers", 160},
                           {"held_out", 16}}));
  EXPECT_EQ(
      told[1],
      (json{{"type", "end"}, {"step", 9}, {"state", "interrupted"}, {"text", "stopped \"here\""}}));
}

TEST_F(HistoryTest, EveryEndingHasAName) {
  EXPECT_STREQ(name_of(Ending::done), "done");
  EXPECT_STREQ(name_of(Ending::interrupted), "interrupted");
  EXPECT_STREQ(name_of(Ending::diverged), "diverged");
  EXPECT_STREQ(name_of(Ending::failed), "failed");
}

TEST_F(HistoryTest, ResumingDropsWhatIsTakenAgain) {
  write_two_epochs();
  const std::vector<json> whole = lines();
  ASSERT_EQ(whole.size(), 6U);
  struct Case {
    std::int64_t step;
    std::size_t kept;
    std::int64_t epoch;
  };
  for (const Case& c : {Case{9, 6, 4}, {4, 6, 4}, {3, 4, 2}, {2, 3, 2}, {1, 1, 0}, {0, 0, 0}}) {
    const History history(path_, c.step);
    EXPECT_EQ(history.last_epoch_step(), c.epoch);
    EXPECT_EQ(lines(), std::vector<json>(whole.begin(), whole.begin() + std::ptrdiff_t(c.kept)));
  }
}

TEST_F(HistoryTest, ATornLineAndWhatFollowsItAreDropped) {
  for (const std::string torn : {"{\"type\":\"step\",\"st", "[]", "", "{\"step\":\"3\"}"}) {
    std::filesystem::remove(path_);
    write_two_epochs();
    const std::string whole = text();
    std::ofstream(path_, std::ios::app) << torn << "\n{\"type\":\"epoch\",\"step\":4}\n";
    History history(path_, 9);
    EXPECT_EQ(text(), whole) << torn;
    history.write({5, 2, 16, 1, 0}, result(0), loss_);
    EXPECT_EQ(lines().size(), 7U);
  }
}

TEST_F(HistoryTest, AFileThatCannotBeWrittenIsAnError) {
  EXPECT_THROW(History(folder_ / "missing" / "history.jsonl", 0), Error);
  std::filesystem::create_directories(path_ / "in the way");
  EXPECT_THROW(History(path_, 0), Error);
}

TEST_F(HistoryTest, AFullDiskIsAnErrorThatSaysHowToGoOn) {
  History history(path_, 0);
  const test::FileSizeLimit limit(64);
  EXPECT_EQ(test::failure([&] {
              history.write({1, 0, 16, 1, 0}, result(0), loss_);
            }),
            "cannot write '" + path_.string() +
                "' (is the disk full?); make room and go on with --resume");
}

}  // namespace
}  // namespace showergan::gan
