#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/log.hpp"
#include "command.hpp"
#include "gan/monitor/run_monitor.hpp"

namespace showergan::app {
namespace {

struct Options {
  gan::MonitorOptions monitor;
  bool once = false;
  bool quiet = false;
};

/// Figures are drawn on the machine that trains, more often than not: the training comes first.
void give_way() {
  constexpr int kNiceness = 10;
  setpriority(PRIO_PROCESS, 0, kNiceness);
}

/// Waits, but not after the user has asked to stop.
void wait(int seconds) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  while (!interrupted() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

/// A line for each phase and epoch.
class Teller {
 public:
  explicit Teller(bool quiet) : quiet_(quiet) {}

  void tell(const gan::RunMonitor& monitor) {
    const std::string key =
        fmt::format("{} {}", gan::word_for(monitor.state().phase), monitor.progress().epoch);
    if (quiet_ || key == told_) return;
    told_ = key;
    fmt::print("{}\n", gan::progress_line(monitor.state(), monitor.progress()));
    std::fflush(stdout);
  }

 private:
  bool quiet_;
  std::string told_;
};

void monitor(const Options& options) {
  give_way();
  gan::RunMonitor monitor(options.monitor);
  if (!monitor.draws()) {
    warn("gnuplot was not found: the page has no figures; install gnuplot-nox for them");
  }
  Teller teller(options.quiet);
  monitor.update(options.once);
  if (!options.quiet) fmt::print("{}\n", monitor.page().string());
  teller.tell(monitor);
  while (!options.once && !interrupted() && !monitor.state().over()) {
    wait(options.monitor.refresh);
    try {
      monitor.update(interrupted());
    } catch (const InputError&) {
      throw;
    } catch (const Error& error) {  // a full disk, perhaps: the page before this one stays
      warn(error.what());
    }
    teller.tell(monitor);
  }
  if (!options.quiet) fmt::print("{}\n", monitor.state().text);
}

}  // namespace

void add_monitor(CLI::App& application) {
  const auto options = std::make_shared<Options>();
  CLI::App* command =
      application.add_subcommand("monitor", "Show a training on a page, refreshed while it lives");
  command->add_option("RUN", options->monitor.run, "Folder of the training (train -o)")->required();
  command->add_option("-o,--output", options->monitor.page,
                      "Page to write [RUN/monitor/index.html]");
  command->add_flag("--once", options->once, "Write the page once, and do not wait for more");
  command
      ->add_option("--every", options->monitor.refresh, "Seconds between two looks at the run [30]")
      ->check(CLI::Range(1, 86400));
  command->add_flag("-q,--quiet", options->quiet, "Nothing but warnings and errors");
  command->callback([options] { monitor(*options); });
}

}  // namespace showergan::app
