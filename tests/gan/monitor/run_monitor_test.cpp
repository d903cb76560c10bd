#include "gan/monitor/run_monitor.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/process_identity.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;

/// A run's folder without a run. Figures are not what is tested here, and take long.
class RunMonitorTest : public testing::Test {
 protected:
  RunMonitorTest() : path_(std::getenv("PATH")) {
    setenv("PATH", "/nonexistent", 1);
    fs::create_directories(run_);
    put("train.log", "2026-01-01  a line\n");
    put("recipe.toml", "model = \"toy\"\n");
    put(".lock", to_text(own_identity()) + "\n");
    put("history.jsonl", R"({"type":"start","step":0,"total_steps":100})"
                         "\n");
  }
  ~RunMonitorTest() override { setenv("PATH", path_.c_str(), 1); }

  void put(const std::string& name, const std::string& text, bool append = false) {
    std::ofstream(run_ / name, append ? std::ios::app : std::ios::trunc) << text;
  }
  void add_step(int number) {
    put("history.jsonl",
        fmt::format(R"({{"type":"step","step":{},"epoch":0,"showers":1,"seconds":1}})", number) +
            "\n",
        true);
  }
  std::string page(const fs::path& path) const {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::string page() const { return page(run_ / "monitor" / "index.html"); }
  static bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  test::TemporaryFolder folder_;
  fs::path run_ = folder_ / "run";
  std::string path_;
};

TEST_F(RunMonitorTest, ThePageIsWrittenWhenThereIsSomethingNew) {
  RunMonitor monitor({run_, "", 30});
  EXPECT_FALSE(monitor.draws());
  EXPECT_EQ(monitor.update().phase, RunPhase::starting);
  EXPECT_TRUE(holds(page(), "<h2>starting</h2>"));
  EXPECT_TRUE(holds(page(), "gnuplot was not found"));
  EXPECT_TRUE(holds(page(), "content=\"30\""));

  fs::remove(monitor.page());
  monitor.update();
  EXPECT_FALSE(fs::exists(monitor.page())) << "nothing was new";
  add_step(1);
  EXPECT_EQ(monitor.update().phase, RunPhase::running);
  EXPECT_TRUE(holds(page(), "<dd>1 of 100</dd>"));
  fs::remove(monitor.page());
  put("history.jsonl", R"({"type":"step","st)", true);
  monitor.update();
  EXPECT_FALSE(fs::exists(monitor.page())) << "half a line is nothing new";
  put("train.log", "2026-01-01  warning: something\n", true);
  monitor.update();
  EXPECT_TRUE(holds(page(), "<strong>2026-01-01  warning: something</strong>"));
}

TEST_F(RunMonitorTest, TheEndOfARunEndsTheRefreshing) {
  add_step(1);
  RunMonitor monitor({run_, "", 30});
  EXPECT_FALSE(monitor.update().over());
  put("history.jsonl",
      R"({"type":"end","step":1,"state":"diverged","text":"a loss is no number"})"
      "\n",
      true);
  put(".lock", "");
  EXPECT_EQ(monitor.update().phase, RunPhase::diverged);
  EXPECT_TRUE(monitor.state().over());
  EXPECT_TRUE(holds(page(), "<h2>diverged</h2><p>a loss is no number</p>"));
  EXPECT_FALSE(holds(page(), "http-equiv"));
}

TEST_F(RunMonitorTest, ADeadProcessIsNoticed) {
  add_step(1);
  RunMonitor monitor({run_, "", 30});
  EXPECT_EQ(monitor.update().phase, RunPhase::running);
  ProcessIdentity other = own_identity();
  if (other.space == "-") GTEST_SKIP() << "there is no /proc";
  other.start += 1;
  put(".lock", to_text(other) + "\n");
  EXPECT_EQ(monitor.update().phase, RunPhase::gone);
  EXPECT_TRUE(
      holds(page(), "<h2>dead</h2><p>no process holds the run; the last entry is 0 seconds old"))
      << page();
}

TEST_F(RunMonitorTest, OldEntriesOfAnotherMachineAreSilence) {
  add_step(1);
  put(".lock", "farm 12 34 elsewhere\n");
  for (const char* name : {"history.jsonl", "train.log"}) {
    fs::last_write_time(run_ / name, fs::file_time_type::clock::now() - std::chrono::hours(3));
  }
  RunMonitor monitor({run_, "", 30});
  EXPECT_EQ(monitor.update().phase, RunPhase::silent);
  EXPECT_TRUE(holds(page(), "the last entry is 3 h 0 min old; process 12 on farm cannot be seen"));
  EXPECT_TRUE(holds(page(), "http-equiv")) << "it may go on";
  add_step(2);
  // A machine whose clock is behind: what we saw counts.
  fs::last_write_time(run_ / "history.jsonl",
                      fs::file_time_type::clock::now() - std::chrono::hours(2));
  EXPECT_EQ(monitor.update().phase, RunPhase::running);
}

TEST_F(RunMonitorTest, ARunThatWasResumedIsReadAnew) {
  for (int i = 1; i <= 5; ++i) add_step(i);
  RunMonitor monitor({run_, "", 30});
  monitor.update();
  EXPECT_EQ(monitor.progress().steps, 5);
  fs::remove(run_ / "history.jsonl");
  for (int i = 1; i <= 3; ++i) add_step(i);
  put("history.jsonl",
      R"({"type":"start","step":3,"total_steps":200})"
      "\n",
      true);
  monitor.update();
  EXPECT_EQ(monitor.progress().steps, 3);
  EXPECT_EQ(monitor.progress().total_steps, 200);
}

TEST_F(RunMonitorTest, ThePageMayLieAnywhere) {
  RunMonitor named({run_, folder_ / "new" / "first.html", 30});
  EXPECT_EQ(named.page(), folder_ / "new" / "first.html");
  EXPECT_FALSE(fs::exists(folder_ / "new")) << "nothing is made before the first look";
  named.update();
  EXPECT_TRUE(fs::exists(folder_ / "new" / "first.html"));
  const RunMonitor in_folder({run_, folder_ / "new", 30});
  EXPECT_EQ(in_folder.page(), folder_ / "new" / "index.html");
}

TEST_F(RunMonitorTest, NothingElseIsOverwritten) {
  const fs::path own = folder_ / "page.html";
  RunMonitor({run_, own, 30}).update();
  EXPECT_NO_THROW(RunMonitor({run_, own, 30}).update()) << "an earlier page of its own is replaced";
  std::ofstream(own) << "<title>Validation of</title>";
  EXPECT_EQ(test::input_error([&] {
              RunMonitor({run_, own, 30});
            }),
            "'" + own.string() +
                "' is not a page of showergan monitor (it would be overwritten); give another page "
                "with -o");
  const std::string text = test::input_error([&] {
    RunMonitor({run_, own / "index.html", 30}).update();
  });
  EXPECT_TRUE(text.starts_with("cannot make the folder '" + own.string() + "'")) << text;
}

TEST_F(RunMonitorTest, FoldersWithoutATrainingAreRefused) {
  EXPECT_EQ(test::input_error([&] {
              RunMonitor({folder_ / "none", "", 30});
            }),
            "there is no folder '" + (folder_ / "none").string() +
                "'; give the folder that showergan train -o names");
  fs::create_directories(folder_ / "empty");
  EXPECT_EQ(test::input_error([&] {
              RunMonitor({folder_ / "empty", "", 30});
            }),
            "'" + (folder_ / "empty").string() +
                "' holds no training (there is neither history.jsonl nor train.log); give the "
                "folder that showergan train -o names");
  EXPECT_FALSE(fs::exists(folder_ / "empty" / "monitor"));
  put("history.jsonl", "{\"epoch\": 1, \"loss\": 2}\n");
  RunMonitor foreign({run_, "", 30});
  EXPECT_NE(test::input_error([&] { foreign.update(); }).find("is not a history of a training"),
            std::string::npos);
}

TEST_F(RunMonitorTest, LinesThatCannotBeReadAndBadNumbersAreSaid) {
  put("history.jsonl", "garbage\n", true);
  put("history.jsonl",
      R"({"type":"step","step":1,"showers":1,"seconds":1,"images":"empty","real":{"total":"nan"}})"
      "\n",
      true);
  RunMonitor({run_, "", 30}).update();
  EXPECT_TRUE(holds(page(), "1 line of history.jsonl cannot be read and is left out."));
  EXPECT_TRUE(holds(page(), "1 step with a loss or a gradient that is not a finite number"));
  EXPECT_TRUE(holds(page(), "The images of the last step are empty or identical."));
}

}  // namespace
}  // namespace showergan::gan
