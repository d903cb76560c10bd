#include "base/atomic_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "showergan/error.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

class FileDescriptor {
 public:
  FileDescriptor(const fs::path& path, int flags) : value_(open(path.c_str(), flags, 0666)) {}
  ~FileDescriptor() {
    if (value_ >= 0) close(value_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  explicit operator bool() const noexcept { return value_ >= 0; }
  int get() const noexcept { return value_; }

 private:
  int value_;
};

std::string quoted(const fs::path& path) {
  return fmt::format("'{}'", path.string());
}

[[noreturn]] void fail_to_write(const fs::path& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw Error("cannot write " + quoted(path), std::strerror(error),
              full ? "free some space or choose another folder" : "");
}

[[noreturn]] void fail_because_it_exists(const fs::path& path) {
  throw InputError("the output file " + quoted(path) + " already exists", {},
                   "choose another name or overwrite it with --force");
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

void check_target(const fs::path& path, bool force) {
  std::error_code ignored;
  if (path.filename().empty() || fs::is_directory(path, ignored)) {
    throw InputError("the output " + quoted(path) + " is a folder", {},
                     "give the name of a file in it");
  }
  const fs::path folder = folder_of(path);
  if (!fs::is_directory(folder, ignored)) {
    throw InputError("cannot write " + quoted(path), "there is no folder " + quoted(folder),
                     "create the folder first");
  }
  if (!fs::exists(path, ignored)) return;
  if (!fs::is_regular_file(path, ignored)) {  // renaming onto /dev/null would replace the device
    throw InputError("the output " + quoted(path) + " is not a regular file", {},
                     "choose another name");
  }
  if (!force) fail_because_it_exists(path);
}

/// Creates an empty file of a new name beside `path`. The number is for a name left behind by a
/// killed process with the same id.
fs::path create_temporary(const fs::path& path) {
  for (int number = 0;; ++number) {
    const fs::path temporary =
        folder_of(path) / fmt::format(".{}.part-{}-{}", path.filename().string(), getpid(), number);
    const FileDescriptor file(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    if (file) return temporary;
    const int error = errno;
    if (error == EEXIST) continue;
    if (error == ENOSPC || error == EDQUOT) fail_to_write(path, error);
    throw InputError("cannot write " + quoted(path), std::strerror(error),
                     "choose a folder where you may write");
  }
}

/// Writes all bytes; `path` is for messages.
void write_bytes(const FileDescriptor& out, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(out.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write(path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

constexpr int to_write = O_WRONLY | O_TRUNC | O_CLOEXEC;

void flush_to_disk(const fs::path& path, int flags) {
  const FileDescriptor file(path, flags | O_CLOEXEC);
  // Some file systems cannot flush a folder; that is no reason to refuse the file.
  if (!file || (fsync(file.get()) != 0 && errno != EINVAL && errno != ENOTSUP)) {
    fail_to_write(path, errno);
  }
}

/// Renames; with `force` off, only if there is no file of the new name.
void rename_temporary(const fs::path& from, const fs::path& to, bool force) {
  if (!force) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno == EEXIST) fail_because_it_exists(to);
    if (errno != EINVAL && errno != ENOSYS) fail_to_write(to, errno);
    // The file system does not know the flag.
    if (access(to.c_str(), F_OK) == 0) fail_because_it_exists(to);
  }
  if (std::rename(from.c_str(), to.c_str()) != 0) fail_to_write(to, errno);
}

}  // namespace

AtomicFile::AtomicFile(fs::path path, bool force) : path_(std::move(path)), force_(force) {
  std::error_code ignored;
  if (fs::is_symlink(path_, ignored) && fs::exists(path_, ignored)) path_ = fs::canonical(path_);
  check_target(path_, force);
  temporary_ = create_temporary(path_);
}

AtomicFile::~AtomicFile() {
  if (!committed_) unlink(temporary_.c_str());
}

void AtomicFile::copy_from(const fs::path& source) {
  const FileDescriptor in(source, O_RDONLY | O_CLOEXEC);
  if (!in) throw InputError("cannot read " + quoted(source), std::strerror(errno));
  const FileDescriptor out(temporary_, to_write);
  if (!out) fail_to_write(path_, errno);
  // The kernel copies without a detour, on some file systems without copying at all; what it does
  // not take, errors included, is left to the loop.
  while (copy_file_range(in.get(), nullptr, out.get(), nullptr, std::size_t{1} << 30, 0) > 0) {
  }
  std::string buffer(std::size_t{1} << 20, '\0');
  for (;;) {
    const ssize_t got = read(in.get(), buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw InputError("cannot read " + quoted(source), std::strerror(errno));
    if (got == 0) return;
    write_bytes(out, std::string_view(buffer).substr(0, static_cast<std::size_t>(got)), path_);
  }
}

void AtomicFile::commit() {
  flush_to_disk(temporary_, O_RDONLY);
  rename_temporary(temporary_, path_, force_);
  committed_ = true;
  flush_to_disk(folder_of(path_), O_RDONLY | O_DIRECTORY);
}

void write_file(const fs::path& path, std::string_view content, bool force) {
  AtomicFile file(path, force);
  {
    const FileDescriptor out(file.temporary(), to_write);
    if (!out) fail_to_write(path, errno);
    write_bytes(out, content, path);
  }
  file.commit();
}

}  // namespace showergan
