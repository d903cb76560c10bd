#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/toy_training.hpp"

namespace showergan::test {

/// `showergan ARGUMENTS` as a process that can be sent signals. It is killed at the latest when
/// this is destroyed.
class RunningCommand {
 public:
  /// What it says on standard output and standard error goes to `said`.
  RunningCommand(std::vector<std::string> arguments, const std::filesystem::path& said)
      : said_(said.string()) {
    arguments.insert(arguments.begin(), SHOWERGAN_EXECUTABLE);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    process_ = fork();
    if (process_ == 0) {
      const int file = open(said_.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
      dup2(file, 1);
      dup2(file, 2);
      execv(SHOWERGAN_EXECUTABLE, pointers.data());
      _exit(127);
    }
  }
  ~RunningCommand() {
    if (process_ > 0) {
      kill(process_, SIGKILL);
      wait();
    }
  }
  RunningCommand(const RunningCommand&) = delete;
  RunningCommand& operator=(const RunningCommand&) = delete;

  void signal(int number) const { kill(process_, number); }

  /// Exit status, or 128 + signal.
  int wait() {
    int code = 0;
    waitpid(process_, &code, 0);
    process_ = -1;
    return WIFEXITED(code) ? WEXITSTATUS(code) : 128 + WTERMSIG(code);
  }

  std::string said() const {
    std::ostringstream text;
    text << std::ifstream(said_).rdbuf();
    return text.str();
  }

 private:
  pid_t process_ = -1;
  std::string said_;
};

/// `showergan train` of a toy training, with settings of the recipe.
class TrainProcess : public RunningCommand {
 public:
  TrainProcess(const ToyTraining& toy, const std::string& run, bool resume,
               const std::vector<std::string>& settings)
      : RunningCommand(arguments(toy, run, resume, settings), toy / (run + ".err")) {}

 private:
  static std::vector<std::string> arguments(const ToyTraining& toy, const std::string& run,
                                            bool resume, const std::vector<std::string>& settings) {
    std::vector<std::string> arguments = {
        "train", (toy / "recipe.toml").string(), "--data", (toy / "showers.h5").string(),
        "-o",    (toy / run).string(),           "-q"};
    if (resume) arguments.push_back("--resume");
    for (const std::string& setting : settings) {
      arguments.push_back("--set");
      arguments.push_back(setting);
    }
    return arguments;
  }
};

/// Waits, for a minute at most, until `condition` holds.
template <class Condition>
bool wait_until(const Condition& condition) {
  for (int i = 0; i < 6000; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

inline std::int64_t lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::int64_t count = 0;
  for (std::string line; std::getline(file, line);) ++count;
  return count;
}

}  // namespace showergan::test
