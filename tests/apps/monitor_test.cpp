#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "apps/command_line.hpp"
#include "apps/running_command.hpp"
#include "store/shower_reader.hpp"
#include "support/toy_training.hpp"

namespace showergan::test {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string page(const ToyTraining& toy, const std::string& run) {
  return content(toy / run / "monitor" / "index.html");
}

CommandResult once(const ToyTraining& toy, const std::string& run, const std::string& more = "") {
  return run_showergan("monitor '" + (toy / run).string() + "' --once " + more);
}

/// What the generator makes in the end, which its weights decide.
std::vector<float> last_cells(const ToyTraining& toy, const std::string& run) {
  const ShowerReader reader(toy / run / "samples" / "epoch-00008.h5");
  return reader.read(0, reader.size()).cells;
}

/// Hides gnuplot, which takes long to draw and is not what a test is about.
class NoGnuplot {
 public:
  NoGnuplot() : path_(std::getenv("PATH")) { setenv("PATH", "/nonexistent", 1); }
  ~NoGnuplot() { setenv("PATH", path_.c_str(), 1); }
  NoGnuplot(const NoGnuplot&) = delete;
  NoGnuplot& operator=(const NoGnuplot&) = delete;

 private:
  std::string path_;
};

bool gnuplot_is_there() {
  return std::system("gnuplot --version >/dev/null 2>&1") == 0;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + 1)) ++n;
  return n;
}

TEST(MonitorCommand, ShowsAFinishedRun) {
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q").status, 0);
  const CommandResult result = once(toy, "a");
  EXPECT_EQ(result.status, 0) << result.errors;
  EXPECT_TRUE(holds(result.output, (toy / "a" / "monitor" / "index.html").string()));
  EXPECT_TRUE(holds(result.output, "finished: step 45 of 45, epoch 3 of 3, ")) << result.output;
  const std::string shown = page(toy, "a");
  EXPECT_TRUE(holds(shown, "<h2>finished</h2>"));
  EXPECT_FALSE(holds(shown, "http-equiv=\"refresh\""));
  EXPECT_TRUE(holds(shown, "[losses.generation]") || holds(shown, "losses")) << "the recipe";
  EXPECT_TRUE(holds(shown, "profile_z_mean"));
  EXPECT_LT(shown.size(), 3'000'000U);
  if (!gnuplot_is_there()) GTEST_SKIP() << "gnuplot is not installed: figures are not looked at";
  EXPECT_EQ(result.errors, "");
  EXPECT_EQ(count(shown, "src=\"data:image/svg+xml;base64,"), 4U) << "losses, steps and metrics";
  EXPECT_EQ(count(shown, "src=\"data:image/png;base64,"), 1U) << "sample showers";
  EXPECT_FALSE(holds(shown, "not drawn"));
}

TEST(MonitorCommand, FollowsARunThatLivesToItsEndAndDoesNotChangeIt) {
  const NoGnuplot no_gnuplot;
  const ToyTraining toy(400);
  const std::vector<std::string> settings = {"train.epochs=8"};
  ASSERT_EQ(TrainProcess(toy, "alone", false, settings).wait(), 0);
  TrainProcess training(toy, "a", false, settings);
  ASSERT_TRUE(wait_until([&] { return fs::exists(toy / "a" / "train.log"); }));
  RunningCommand monitor({"monitor", (toy / "a").string(), "--every", "1"}, toy / "monitor.said");
  ASSERT_TRUE(wait_until([&] { return fs::exists(toy / "a" / "monitor" / "index.html"); }));
  const std::string early = page(toy, "a");
  EXPECT_TRUE(holds(early, "Training of")) << "never half a page";
  EXPECT_EQ(training.wait(), 0) << training.said();
  EXPECT_EQ(monitor.wait(), 0) << monitor.said();
  EXPECT_TRUE(holds(monitor.said(), "finished: step ")) << monitor.said();
  EXPECT_TRUE(holds(page(toy, "a"), "<h2>finished</h2>"));
  EXPECT_FALSE(holds(page(toy, "a"), "http-equiv=\"refresh\""));
  EXPECT_EQ(last_cells(toy, "a"), last_cells(toy, "alone"));
}

TEST(MonitorCommand, AKilledRunIsDeadAndAResumedOneLivesAgain) {
  const NoGnuplot no_gnuplot;
  const ToyTraining toy(400);
  const std::vector<std::string> settings = {"train.epochs=1000", "train.batch=8",
                                             "checkpoints.every=5"};
  for (const bool resume : {false, true}) {
    TrainProcess training(toy, "a", resume, settings);
    const std::int64_t before = lines(toy / "a" / "history.jsonl");
    ASSERT_TRUE(wait_until(
        [&] { return lines(toy / "a" / "history.jsonl") > std::max(before, 20L) + 20; }));
    EXPECT_TRUE(holds(once(toy, "a", "-o '" + (toy / "live.html").string() + "'").output,
                      "running: step "));
    EXPECT_FALSE(holds(content(toy / "live.html"), "http-equiv")) << "--once does not refresh";
    training.signal(SIGKILL);
    training.wait();
    RunningCommand monitor({"monitor", (toy / "a").string(), "--every", "1"}, toy / "monitor.said");
    EXPECT_EQ(monitor.wait(), 0) << "it does not wait for the dead";
    EXPECT_TRUE(holds(monitor.said(), "dead: step ")) << monitor.said();
    EXPECT_TRUE(holds(monitor.said(), "no process holds the run; the last entry is "));
    EXPECT_TRUE(holds(page(toy, "a"), "<h2>dead</h2>"));
    EXPECT_EQ(holds(page(toy, "a"), "<dt>started and resumed</dt>"), resume);
  }
}

TEST(MonitorCommand, AStoppedRunSaysHowToGoOnAndCtrlCEndsTheMonitor) {
  const NoGnuplot no_gnuplot;
  const ToyTraining toy(400);
  TrainProcess training(toy, "a", false, {"train.epochs=1000", "train.batch=8"});
  ASSERT_TRUE(wait_until([&] { return lines(toy / "a" / "history.jsonl") > 3; }));
  RunningCommand monitor({"monitor", (toy / "a").string(), "--every", "1"}, toy / "monitor.said");
  ASSERT_TRUE(wait_until([&] { return holds(monitor.said(), "running: step "); }));
  EXPECT_TRUE(holds(page(toy, "a"), "<meta http-equiv=\"refresh\" content=\"1\">"));
  monitor.signal(SIGINT);
  EXPECT_EQ(monitor.wait(), 0) << monitor.said();
  EXPECT_TRUE(holds(page(toy, "a"), "<h2>running</h2>")) << "the page stays";
  EXPECT_FALSE(holds(page(toy, "a"), "http-equiv=\"refresh\"")) << "nobody writes it any more";
  training.signal(SIGTERM);
  EXPECT_EQ(training.wait(), 1);
  EXPECT_EQ(once(toy, "a", "-q").output, "");
  EXPECT_TRUE(holds(page(toy, "a"), "<h2>stopped</h2><p>interrupted after step "))
      << page(toy, "a");
  EXPECT_TRUE(holds(page(toy, "a"), "go on with --resume</p>"));
}

TEST(MonitorCommand, WithoutGnuplotThePageHasNoFigures) {
  const NoGnuplot no_gnuplot;
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.steps=3").status, 0);
  const CommandResult result = run_showergan("monitor '" + (toy / "a").string() + "' --once -q");
  EXPECT_EQ(result.status, 0);
  EXPECT_EQ(result.output, "");
  EXPECT_EQ(result.errors,
            "showergan: warning: gnuplot was not found: the page has no figures; install "
            "gnuplot-nox for them\n");
  EXPECT_TRUE(holds(page(toy, "a"), "Losses of the three passes: not drawn."));
  EXPECT_TRUE(holds(page(toy, "a"), "<h2>finished</h2>"));
}

TEST(MonitorCommand, AHalfLineAtTheEndOfTheHistoryIsNoReasonToStop) {
  const NoGnuplot no_gnuplot;
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.steps=3").status, 0);
  std::ofstream(toy / "a" / "history.jsonl", std::ios::app) << R"({"type":"step","step":4,"ep)";
  EXPECT_TRUE(holds(once(toy, "a").output, "finished: step 3 of 3"));
  EXPECT_FALSE(holds(page(toy, "a"), "cannot be read"));
}

TEST(MonitorCommand, BadInputIsOneLineAndExitStatusTwo) {
  const ToyTraining toy;
  ASSERT_EQ(run_showergan(toy.arguments("a") + " -q --set train.steps=1").status, 0);
  fs::create_directories(toy / "empty");
  fs::create_directories(toy / "foreign");
  std::ofstream(toy / "foreign" / "history.jsonl") << "{\"loss\": 1}\n";
  std::ofstream(toy / "mine.html") << "<p>mine</p>";
  const std::string run = "monitor --once '" + (toy / "a").string() + "' ";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"monitor --once '" + (toy / "none").string() + "'", "there is no folder"},
      {"monitor --once '" + (toy / "empty").string() + "'", "holds no training"},
      {"monitor --once '" + (toy / "recipe.toml").string() + "'", "there is no folder"},
      {"monitor --once '" + (toy / "foreign").string() + "'", "is not a history of a training"},
      {run + "-o /dev/full", "'/dev/full' is not a file"},
      {run + "-o '" + (toy / "mine.html").string() + "'", "is not a page of showergan monitor"},
      {run + "-o '" + (toy / "mine.html" / "x.html").string() + "'", "cannot make the folder"},
      {run + "-o /proc/none/x.html", "cannot make the folder"},
      {run + "--every 0", "--every"},
      {"monitor", "RUN"},
  };
  for (const auto& [arguments, word] : cases) {
    const CommandResult result = run_showergan(arguments);
    EXPECT_EQ(result.status, 2) << arguments;
    EXPECT_EQ(std::count(result.errors.begin(), result.errors.end(), '\n'), 1) << result.errors;
    EXPECT_TRUE(holds(result.errors, word)) << result.errors;
  }
  EXPECT_EQ(content(toy / "mine.html"), "<p>mine</p>");
  for (const char* folder : {"empty", "foreign"}) {
    EXPECT_FALSE(fs::exists(toy / folder / "monitor")) << folder;
  }
}

}  // namespace
}  // namespace showergan::test
