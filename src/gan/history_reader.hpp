#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "gan/history_record.hpp"

namespace showergan::gan {

/// Reads a history.jsonl while a training writes it.
class HistoryReader {
 public:
  explicit HistoryReader(std::filesystem::path path) : path_(std::move(path)) {}

  /// Reads what was added since the last time, and everything again if the file is another one, as
  /// after a training was resumed. A last line that is not complete is left for the next time.
  /// Returns whether the record has changed. Without a file, or with one that cannot be read, the
  /// record is empty.
  bool update();

  const HistoryRecord& record() const noexcept { return record_; }

 private:
  bool continues(std::istream& file) const;

  std::filesystem::path path_;
  HistoryRecord record_;
  std::string last_line_;        ///< that was read
  std::int64_t last_start_ = 0;  ///< where it begins in the file
  std::int64_t end_ = 0;         ///< where it ends, its line break included
};

/// Adds a line to the record. Numbers of later versions become columns, lines of other types are
/// counted as unreadable.
void add_line(HistoryRecord& record, const std::string& line);

}  // namespace showergan::gan
