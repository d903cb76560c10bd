#pragma once

#include <filesystem>
#include <string_view>

namespace showergan {

/// An output file that appears under its final name only when it is complete.
///
/// The content goes to `temporary()`, in the same folder; `commit()` flushes it to the disk and
/// renames it. Without commit the destructor removes the temporary, so that an error or an
/// interrupt leaves neither a half-written file nor a lost old one. A link is followed: the file
/// that it points to is replaced.
class AtomicFile {
 public:
  /// Throws InputError if `path` exists and `force` is off, if it is no regular file, or if its
  /// folder does not exist or cannot be written.
  explicit AtomicFile(std::filesystem::path path, bool force = false);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  const std::filesystem::path& path() const noexcept { return path_; }
  const std::filesystem::path& temporary() const noexcept { return temporary_; }

  /// Makes the temporary a copy of another file. Throws InputError if that cannot be read, Error if
  /// the disk is full.
  void copy_from(const std::filesystem::path& source);

  /// Throws Error if the data cannot be made durable (disk full, …), and InputError if `force` is
  /// off and a file of that name has appeared meanwhile.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path temporary_;
  bool force_;
  bool committed_ = false;
};

/// Writes a small file atomically. Throws as AtomicFile, and Error if the disk is full.
void write_file(const std::filesystem::path& path, std::string_view content, bool force = true);

}  // namespace showergan
