#include "base/interrupt.hpp"

#include <atomic>
#include <csignal>
#include <ctime>

namespace showergan {
namespace {

/// Signals so close together are one request: `timeout` and batch systems signal a process and its
/// group, which a person at a keyboard cannot do as fast.
constexpr double one_request = 0.5;  // seconds

volatile std::sig_atomic_t stop_requested = 0;
volatile std::sig_atomic_t save_requested = 0;
std::atomic<double> first_signal = 0;  // seconds; written before stop_requested

static_assert(std::atomic<double>::is_always_lock_free, "used in a signal handler");

double now() {
  timespec time = {};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

extern "C" void on_stop_signal(int signal) {
  if (stop_requested == 0) {
    first_signal = now();
    stop_requested = 1;
  } else if (now() - first_signal > one_request) {
    std::signal(signal, SIG_DFL);
    std::raise(signal);  // delivered when the handler returns
  }
}

extern "C" void on_save_signal(int) {
  save_requested = 1;
}

}  // namespace

void install_interrupt_handlers() {
  struct sigaction action = {};
  action.sa_handler = on_stop_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is then a write error, which is reported
}

bool interrupted() noexcept {
  return stop_requested != 0;
}

void install_save_handler() {
  struct sigaction action = {};
  action.sa_handler = on_save_signal;
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, nullptr);
}

bool take_save_request() noexcept {
  if (save_requested == 0) return false;
  save_requested = 0;
  return true;
}

}  // namespace showergan
