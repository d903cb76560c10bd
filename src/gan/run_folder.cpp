#include "gan/run_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/log.hpp"
#include "base/process_identity.hpp"

namespace showergan::gan {
namespace {

std::string time_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  gmtime_r(&now, &parts);
  char text[32];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%SZ", &parts);
  return {text, length};
}

/// The lock goes with the process, however it ends. The file itself stays: removing it would let
/// two processes lock two files of one name.
int lock_folder(const std::filesystem::path& path) {
  const std::filesystem::path file = path / RunFolder::lock_name;
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    throw InputError(fmt::format("cannot write into the folder '{}'", path.string()),
                     std::strerror(errno), "give another one with -o");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return descriptor;
  if (errno == EWOULDBLOCK) {
    ::close(descriptor);
    throw InputError(fmt::format("another process trains in '{}'", path.string()), {},
                     "wait for it, or give another folder with -o");
  }
  // Some network file systems have no locks; that is no reason not to train.
  warn(fmt::format("cannot lock the folder '{}' ({}); see that no other process trains in it",
                   path.string(), std::strerror(errno)));
  return descriptor;
}

/// Who holds the lock, for those who only look. The text of a process that was killed stays, and
/// says that it was.
void sign_lock(int descriptor) {
  const std::string text = to_text(own_identity()) + "\n";
  // No reason not to train if that fails: the lock counts.
  if (::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) {
    warn(
        "cannot write the lock file; `showergan monitor` will not know whether this process lives");
  }
}

/// What a killed process left half-written; nobody else writes here while we hold the lock.
void remove_leftovers(const std::filesystem::path& path) {
  std::vector<std::filesystem::path> leftovers;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') && name.find(".part-") != std::string::npos) {
      leftovers.push_back(entry.path());
    }
  }
  std::error_code ignored;
  for (const auto& file : leftovers) std::filesystem::remove(file, ignored);
}

}  // namespace

RunFolder::RunFolder(std::filesystem::path path, bool resume) : path_(std::move(path)) {
  std::error_code problem;
  std::filesystem::create_directories(path_, problem);
  if (problem || !std::filesystem::is_directory(path_)) {
    throw InputError(fmt::format("cannot make the folder '{}'", path_.string()),
                     problem ? problem.message() : "it is a file", "give another one with -o");
  }
  lock_ = lock_folder(path_);
  sign_lock(lock_);
  try {
    open(resume);
  } catch (...) {
    release();
    throw;
  }
}

/// A lock without a text: the last process went in an orderly way.
void RunFolder::release() {
  [[maybe_unused]] const int ignored = ::ftruncate(lock_, 0);
  ::close(lock_);
}

void RunFolder::open(bool resume) {
  for (const auto& file : {recipe(), history(), checkpoints(), generator(), last()}) {
    if (resume || !std::filesystem::exists(file)) continue;
    throw InputError(fmt::format("'{}' already holds a training", path_.string()),
                     fmt::format("there is '{}'", file.filename().string()),
                     "go on with it with --resume, or give another folder with -o");
  }
  remove_leftovers(path_);
  if (std::filesystem::is_directory(samples())) remove_leftovers(samples());
  std::error_code problem;
  std::filesystem::create_directories(checkpoints(), problem);
  log_.open(path_ / log_name, std::ios::app);
  if (problem || !std::filesystem::is_directory(checkpoints()) || !log_) {
    throw InputError(fmt::format("cannot write into the folder '{}'", path_.string()),
                     problem ? problem.message() : "train.log or checkpoints is in the way",
                     "give another one with -o");
  }
}

RunFolder::~RunFolder() {
  release();
}

void RunFolder::say(const std::string& line, bool quiet) {
  log_ << time_now() << "  " << line << std::endl;
  if (!log_) {
    throw Error(fmt::format("cannot write '{}'", (path_ / log_name).string()), "is the disk full?",
                "make room and go on with --resume");
  }
  if (!quiet) fmt::print(stderr, "{}\n", line);
}

void RunFolder::warn(const std::string& text) {
  say("warning: " + text, true);
  showergan::warn(text);
}

}  // namespace showergan::gan
