#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace showergan::gan {

/// runs/NAME/, the folder of one training:
///
///     recipe.toml      the configuration as run, every key
///     history.jsonl    a line per step and per epoch, and for each process its start and end
///     train.log        what was said, with the time
///     checkpoints/     step-….h5, best.h5
///     generator.onnx   the best generator so far
///     last.onnx        the latest one
///     samples/         the same few showers of each epoch's generator
class RunFolder {
 public:
  /// Makes the folder, and locks it so that no other process trains in it; the lock says which
  /// process holds it. Throws InputError if it
  /// cannot be made, if another process holds it, or if it holds any of these files and `resume` is
  /// off.
  RunFolder(std::filesystem::path path, bool resume);
  ~RunFolder();
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  const std::filesystem::path& path() const noexcept { return path_; }
  std::filesystem::path recipe() const { return path_ / "recipe.toml"; }
  std::filesystem::path history() const { return path_ / "history.jsonl"; }
  std::filesystem::path checkpoints() const { return path_ / "checkpoints"; }
  std::filesystem::path generator() const { return path_ / "generator.onnx"; }
  std::filesystem::path last() const { return path_ / "last.onnx"; }
  std::filesystem::path samples() const { return path_ / samples_name; }

  /// Names of files in it, for those who only look.
  static constexpr const char* lock_name = ".lock";
  static constexpr const char* log_name = "train.log";
  static constexpr const char* samples_name = "samples";

  /// A line to train.log with the time, and to standard error unless `quiet`. Throws Error if the
  /// disk is full.
  void say(const std::string& line, bool quiet = false);
  /// A warning, to both.
  void warn(const std::string& text);

 private:
  void open(bool resume);
  void release();

  std::filesystem::path path_;
  int lock_ = -1;
  std::ofstream log_;
};

}  // namespace showergan::gan
