#include "physics/report/gnuplot.hpp"

#include <cerrno>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"

extern char** environ;

namespace showergan::physics {
namespace {

/// A file without a name, which gnuplot reads its commands from or writes its messages to. Unlike a
/// pipe it neither blocks nor raises a signal when gnuplot ends early.
using AnonymousFile = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

AnonymousFile anonymous_file() {
  AnonymousFile file(std::tmpfile(), &std::fclose);
  if (!file) throw Error("cannot create a temporary file", "", "free some space in /tmp");
  return file;
}

/// What gnuplot wrote: the last line that is not blank holds its complaint.
std::string message_in(std::FILE* file) {
  std::rewind(file);
  std::string line;
  std::string message = "no message";
  for (int c = std::fgetc(file); c != EOF; c = std::fgetc(file)) {
    if (c != '\n') {
      line.push_back(static_cast<char>(c));
      continue;
    }
    const std::size_t start = line.find_first_not_of(' ');
    if (start != std::string::npos) message = line.substr(start);
    line.clear();
  }
  return message;
}

/// Runs gnuplot with these files as standard input and error; returns its exit status, 127 if
/// there is no such program.
int run_gnuplot(std::FILE* input, std::FILE* errors) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, fileno(input), STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, fileno(errors), STDERR_FILENO);
  // -d: no start-up file of the user, which could change what the figures look like.
  char* arguments[] = {const_cast<char*>("gnuplot"), const_cast<char*>("-d"), nullptr};
  pid_t process = 0;
  const int failed = posix_spawnp(&process, "gnuplot", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return 127;
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return 1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

}  // namespace

bool gnuplot_available() {
  const AnonymousFile input = anonymous_file();
  const AnonymousFile errors = anonymous_file();
  return run_gnuplot(input.get(), errors.get()) == 0;
}

std::optional<std::string> draw(
    const std::filesystem::path& path,
    const std::function<std::string(const std::filesystem::path& output)>& script) {
  AtomicFile file(path, true);
  const AnonymousFile input = anonymous_file();
  const AnonymousFile errors = anonymous_file();
  const std::string text = script(file.temporary());
  if (std::fwrite(text.data(), 1, text.size(), input.get()) != text.size() ||
      std::fflush(input.get()) != 0) {
    throw Error("cannot write a temporary file", "", "free some space in /tmp");
  }
  std::rewind(input.get());
  if (run_gnuplot(input.get(), errors.get()) != 0) return message_in(errors.get());
  file.commit();
  return std::nullopt;
}

}  // namespace showergan::physics
