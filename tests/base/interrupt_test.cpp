#include "base/interrupt.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

namespace showergan {
namespace {

// Each in a process of its own: the flag stays set.
TEST(InterruptDeathTest, FirstSignalSetsTheFlag) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EXPECT_EXIT(
        {
          install_interrupt_handlers();
          if (interrupted()) std::_Exit(3);
          std::raise(signal);
          std::_Exit(interrupted() ? 0 : 4);
        },
        testing::ExitedWithCode(0), "");
  }
}

TEST(InterruptDeathTest, SecondSignalEndsTheProgram) {
  EXPECT_EXIT(
      {
        install_interrupt_handlers();
        std::raise(SIGINT);
        std::this_thread::sleep_for(std::chrono::milliseconds(600));
        std::raise(SIGTERM);
        std::_Exit(0);
      },
      testing::KilledBySignal(SIGTERM), "");
}

TEST(InterruptDeathTest, SignalsAtTheSameTimeAreOneRequest) {
  EXPECT_EXIT(
      {
        install_interrupt_handlers();
        std::raise(SIGINT);
        std::raise(SIGINT);
        std::_Exit(interrupted() ? 0 : 4);
      },
      testing::ExitedWithCode(0), "");
}

TEST(InterruptDeathTest, ARequestToSaveIsTakenOnceAndStopsNothing) {
  EXPECT_EXIT(
      {
        install_interrupt_handlers();
        install_save_handler();
        if (take_save_request()) std::_Exit(3);
        std::raise(SIGUSR1);
        if (interrupted()) std::_Exit(4);
        if (!take_save_request()) std::_Exit(5);
        std::_Exit(take_save_request() ? 6 : 0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace showergan
