#include "gan/monitor/monitor_page.hpp"

#include <gtest/gtest.h>

#include "gan/monitor/sample_history.hpp"

namespace showergan::gan {
namespace {

class MonitorPageTest : public testing::Test {
 protected:
  MonitorView view() const {
    MonitorView view = {"runs/<first>",
                        history_,
                        {RunPhase::running, "trained by process 12"},
                        progress_of(history_)};
    view.deciding = {"profile_z_mean"};
    view.recipe = "model = \"toy\"\n[train]\n";
    view.log = {"2026-01-01  3dgan: 160 showers", "2026-01-01  warning: 5 > 4"};
    view.losses = {{"Losses", 2, physics::EmbeddedPicture{"image/svg+xml", "<svg/>"}}};
    view.metrics = {{"Metrics", 4, std::nullopt}};
    view.refresh = 30;
    return view;
  }

  static void expect(const std::string& page, const std::string& part) {
    EXPECT_NE(page.find(part), std::string::npos) << part << "\n" << page;
  }
  static void expect_not(const std::string& page, const std::string& part) {
    EXPECT_EQ(page.find(part), std::string::npos) << part;
  }

  HistoryRecord history_ = test::sample_history(35);
};

TEST_F(MonitorPageTest, SaysHowFarTheRunIs) {
  const std::string page = monitor_page(view());
  expect(page, "<title>Training of runs/&lt;first&gt;</title>");
  expect(page, "<div class=\"banner good\"><h2>running</h2><p>trained by process 12</p></div>");
  for (const auto& [name, value] : {std::pair{"step", "35 of 200"},
                                    {"epoch", "4 of 20"},
                                    {"showers seen", "560"},
                                    {"speed", "32 showers per second"},
                                    {"waiting for showers", "10 %"},
                                    {"validation", "17 % of an epoch"},
                                    {"time left", "1 minute"},
                                    {"machine", "farm, 2 threads"},
                                    {"showers", "160 to train on, 16 held out"},
                                    {"started", "2023-11-14 22:13:20Z (step 0)"},
                                    {"sum of the metrics", "1.5"},
                                    {"profile_z_mean", "1.0000, floor 0.2000"}}) {
    expect(page, std::string("<dt>") + name + "</dt><dd>" + value + "</dd>");
  }
  expect(page, "<dt>epoch</dt><dd>2 (step 20)</dd>");
  expect(page, "<td>2.6667</td><td>1.0000</td><td>0.2000</td>");
}

TEST_F(MonitorPageTest, NeedsNoOtherFileAndRefreshesWhileTheRunLives) {
  const std::string page = monitor_page(view());
  expect(page, "<meta http-equiv=\"refresh\" content=\"30\">");
  expect(page, "src=\"data:image/svg+xml;base64,PHN2Zy8+\"");
  expect(page, "<p class=note>Metrics: not drawn.</p>");
  for (const char* outside : {"http://", "https://", "<script", "<link"}) expect_not(page, outside);
  MonitorView ended = view();
  ended.state = {RunPhase::done, "done: 200 steps"};
  ended.refresh = 0;
  const std::string last = monitor_page(ended);
  expect_not(last, "refresh");
  expect_not(last, "time left");
  expect(last, "<h2>finished</h2>");
}

TEST_F(MonitorPageTest, TheLogAndTheRecipeKeepTheirLines) {
  const std::string page = monitor_page(view());
  expect(page,
         "<pre>2026-01-01  3dgan: 160 showers\n<strong>2026-01-01  warning: 5 &gt; "
         "4</strong>\n</pre>");
  expect(page, "<pre>model = &quot;toy&quot;\n[train]\n</pre>");
}

TEST_F(MonitorPageTest, ARunWithoutAnythingIsShownToo) {
  const HistoryRecord empty;
  MonitorView nothing = {"run", empty, {RunPhase::starting, "being started"}, progress_of(empty)};
  nothing.warnings = {"Mind the <gap>."};
  const std::string page = monitor_page(nothing);
  expect(page, "<h2>starting</h2>");
  expect(page, "<p class=warning>Mind the &lt;gap&gt;.</p>");
  expect(page, "<dt>step</dt><dd>0</dd>");
  expect(page, "No step yet.");
  expect(page, "Nothing was validated yet.");
  expect(page, "No epoch has left a sample yet.");
  expect(page, "<dt>epoch</dt><dd>none yet</dd>");
}

TEST_F(MonitorPageTest, ResumedRunsTellEachStart) {
  history_.starts.push_back(history_.starts.front());
  history_.starts.back().step = 20;
  history_.starts.back().time += 86400;
  expect(monitor_page(view()),
         "<dt>started and resumed</dt><dd>2023-11-14 22:13:20Z (step 0), "
         "2023-11-15 22:13:20Z (step 20)</dd>");
}

TEST_F(MonitorPageTest, TheLineForATerminalIsShort) {
  EXPECT_EQ(progress_line({RunPhase::running, ""}, progress_of(history_)),
            "running: step 35 of 200, epoch 4 of 20, 32 showers/s, 1 minute left, best 1.5 (epoch "
            "2)");
  EXPECT_EQ(progress_line({RunPhase::gone, ""}, progress_of({})), "dead: step 0");
}

}  // namespace
}  // namespace showergan::gan
