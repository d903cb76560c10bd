#include "base/process_identity.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace showergan {
namespace {

TEST(ProcessIdentity, IsOneLineAndComesBack) {
  const ProcessIdentity own = own_identity();
  EXPECT_EQ(own.pid, getpid());
  EXPECT_EQ(parse_process_identity(to_text(own) + "\n"), own);
  const ProcessIdentity made_up = {"farm-12", 345, 6789, "boot/pid:[1]"};
  EXPECT_EQ(to_text(made_up), "farm-12 345 6789 boot/pid:[1]");
  EXPECT_EQ(parse_process_identity(to_text(made_up)), made_up);
}

TEST(ProcessIdentity, OtherTextsAreNone) {
  for (const char* text :
       {"", "\n", "host", "host pid 1 space", "host 12", "host 12 1", "host -1 1 x"}) {
    EXPECT_FALSE(parse_process_identity(text)) << text;
  }
}

TEST(ProcessIdentity, ThisProcessIsAlive) {
  const ProcessIdentity own = own_identity();
  if (own.space == "-") GTEST_SKIP() << "there is no /proc";
  EXPECT_EQ(liveness_of(own), Liveness::alive);
}

TEST(ProcessIdentity, ANumberThatWasGivenToAnotherProcessIsNotTheSame) {
  ProcessIdentity other = own_identity();
  if (other.space == "-") GTEST_SKIP() << "there is no /proc";
  ++other.start;
  EXPECT_EQ(liveness_of(other), Liveness::gone);
}

TEST(ProcessIdentity, OfAnotherMachineNothingIsKnown) {
  ProcessIdentity other = own_identity();
  other.space += "x";
  EXPECT_EQ(liveness_of(other), Liveness::unknown);
  other.space = "-";
  EXPECT_EQ(liveness_of(other), Liveness::unknown);
}

TEST(ProcessIdentity, AKilledProcessIsGoneEvenIfNobodyAskedForItsStatus) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string text = to_text(own_identity());
    [[maybe_unused]] const ssize_t written = write(ends[1], text.data(), text.size());
    close(ends[1]);
    pause();
    _exit(0);
  }
  close(ends[1]);
  char text[512] = {};
  ASSERT_GT(read(ends[0], text, sizeof text - 1), 0);
  close(ends[0]);
  const auto identity = parse_process_identity(text);
  ASSERT_TRUE(identity) << text;
  EXPECT_EQ(identity->pid, child);
  if (identity->space != "-") {
    EXPECT_EQ(liveness_of(*identity), Liveness::alive);
    kill(child, SIGKILL);
    siginfo_t info = {};
    waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
    EXPECT_EQ(liveness_of(*identity), Liveness::gone) << "a zombie";
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  if (identity->space != "-") {
    EXPECT_EQ(liveness_of(*identity), Liveness::gone);
  }
}

}  // namespace
}  // namespace showergan
