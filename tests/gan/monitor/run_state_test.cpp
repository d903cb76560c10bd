#include "gan/monitor/run_state.hpp"

#include <gtest/gtest.h>

#include "gan/monitor/sample_history.hpp"

namespace showergan::gan {
namespace {

const ProcessIdentity holder = {"farm", 12, 34, "boot/pid"};

RunState state(const HistoryRecord& history, std::optional<ProcessIdentity> who, Liveness liveness,
               double silence) {
  return state_of({history, std::move(who), liveness, silence});
}

HistoryRecord with_end(const char* name) {
  HistoryRecord history = test::sample_history(15);
  history.end = {15, 1'700'000'100, name, "what was said"};
  return history;
}

TEST(RunState, AProcessThatLivesAndWritesIsRunning) {
  const RunState now = state(test::sample_history(15), holder, Liveness::alive, 30);
  EXPECT_EQ(now.phase, RunPhase::running);
  EXPECT_EQ(now.text, "trained by process 12 on farm; the last entry is 30 seconds old");
  EXPECT_FALSE(now.over());
}

TEST(RunState, BeforeTheFirstStepItStarts) {
  EXPECT_EQ(state({}, holder, Liveness::alive, 3).phase, RunPhase::starting);
  EXPECT_EQ(state(test::sample_history(0), holder, Liveness::alive, 3).phase, RunPhase::starting);
}

TEST(RunState, OneThatLivesButWritesNothingIsSilent) {
  const RunState now = state(test::sample_history(15), holder, Liveness::alive, 4000);
  EXPECT_EQ(now.phase, RunPhase::silent);
  EXPECT_EQ(now.text, "the last entry is 1 h 6 min old; process 12 on farm still lives");
  EXPECT_FALSE(now.over()) << "it may go on";
}

TEST(RunState, OneThatDiedIsNoticedAtOnce) {
  const RunState now = state(test::sample_history(15), holder, Liveness::gone, 61);
  EXPECT_EQ(now.phase, RunPhase::gone);
  EXPECT_EQ(now.text,
            "no process holds the run; the last entry is 1 minute old; go on with "
            "showergan train --resume");
  EXPECT_TRUE(now.over());
  EXPECT_EQ(state({}, holder, Liveness::gone, 61).phase, RunPhase::gone) << "before its first line";
  EXPECT_EQ(state(test::sample_history(15), std::nullopt, Liveness::unknown, 1).phase,
            RunPhase::gone)
      << "a lock without a name, and no end: its disk was full";
}

TEST(RunState, OnAnotherMachineTheEntriesDecide) {
  EXPECT_EQ(state(test::sample_history(15), holder, Liveness::unknown, 30).phase,
            RunPhase::running);
  const RunState now = state(test::sample_history(15), holder, Liveness::unknown, 4000);
  EXPECT_EQ(now.phase, RunPhase::silent);
  EXPECT_NE(now.text.find("cannot be seen from here"), std::string::npos) << now.text;
}

TEST(RunState, AnEndIsWhatTheHistorySays) {
  for (const auto& [name, phase] : {std::pair{"done", RunPhase::done},
                                    {"interrupted", RunPhase::interrupted},
                                    {"diverged", RunPhase::diverged},
                                    {"failed", RunPhase::failed},
                                    {"something new", RunPhase::failed}}) {
    for (const Liveness liveness : {Liveness::gone, Liveness::unknown}) {
      const RunState now = state(with_end(name), std::nullopt, liveness, 4000);
      EXPECT_EQ(now.phase, phase) << name;
      EXPECT_EQ(now.text, "what was said");
      EXPECT_TRUE(now.over());
    }
    EXPECT_EQ(state(with_end(name), holder, Liveness::gone, 1).phase, phase)
        << "killed after it had told its end";
  }
}

TEST(RunState, ANewProcessAfterAnEndIsAStart) {
  const RunState now = state(with_end("interrupted"), holder, Liveness::alive, 4000);
  EXPECT_EQ(now.phase, RunPhase::starting);
  EXPECT_EQ(now.text, "being resumed by process 12 on farm");
}

TEST(RunState, ARunOfAnEarlierVersionLivesWhileItWrites) {
  HistoryRecord history = test::sample_history(15);
  history.starts.clear();
  EXPECT_EQ(state(history, std::nullopt, Liveness::unknown, 30).phase, RunPhase::running);
  EXPECT_EQ(state(history, std::nullopt, Liveness::unknown, 4000).phase, RunPhase::gone);
}

TEST(RunState, PatienceFollowsTheRun) {
  HistoryRecord history = test::sample_history(15);
  EXPECT_EQ(patience_of(history), 120);
  for (StepRecord& step : history.steps) step.seconds = 30;
  history.steps.back().seconds = 1e6;  // one slow step is no measure
  EXPECT_EQ(patience_of(history), 600);
  history.epochs.back().validation_seconds = 1000;
  EXPECT_EQ(patience_of(history), 3000);
  EXPECT_EQ(patience_of({}), 120);
}

TEST(RunState, DurationsAreReadable) {
  EXPECT_EQ(duration_text(-5), "0 seconds");
  EXPECT_EQ(duration_text(1), "1 second");
  EXPECT_EQ(duration_text(59.4), "59 seconds");
  EXPECT_EQ(duration_text(60), "1 minute");
  EXPECT_EQ(duration_text(3599), "59 minutes");
  EXPECT_EQ(duration_text(3600 + 120), "1 h 2 min");
  EXPECT_EQ(duration_text(47 * 3600), "47 h 0 min");
  EXPECT_EQ(duration_text(50 * 3600), "2 days 2 h");
}

}  // namespace
}  // namespace showergan::gan
