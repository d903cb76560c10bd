#include "gan/run_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "showergan/error.hpp"

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
  const std::filesystem::path file = path / ".lock";
  const int descriptor = ::open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
  if (descriptor < 0) {
    throw InputError(fmt::format("cannot write into the folder '{}'", path.string()),
                     std::strerror(errno), "give another one with -o");
  }
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    ::close(descriptor);
    throw InputError(fmt::format("another process trains in '{}'", path.string()), {},
                     "wait for it, or give another folder with -o");
  }
  return descriptor;
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
  if (!resume && std::filesystem::exists(recipe())) {
    ::close(lock_);
    throw InputError(fmt::format("'{}' already holds a training", path_.string()), {},
                     "go on with it with --resume, or give another folder with -o");
  }
  log_.open(path_ / "train.log", std::ios::app);
}

RunFolder::~RunFolder() {
  ::close(lock_);
}

void RunFolder::say(const std::string& line, bool quiet) {
  log_ << time_now() << "  " << line << std::endl;
  if (!quiet) fmt::print(stderr, "{}\n", line);
}

}  // namespace showergan::gan
