#include "gan/history_reader.hpp"

#include <fstream>

namespace showergan::gan {

/// Whether the last line that was read still stands where it stood.
bool HistoryReader::continues(std::istream& file) const {
  std::string line;
  file.seekg(last_start_);
  const bool same = std::getline(file, line) && !file.eof() && line == last_line_;
  file.clear();
  return same;
}

bool HistoryReader::update() {
  std::ifstream file(path_, std::ios::binary);
  bool changed = false;
  if (end_ > 0 && !(file && continues(file))) {
    record_ = {};
    last_line_.clear();
    last_start_ = end_ = 0;
    changed = true;
  }
  if (!file) return changed;
  file.seekg(end_);
  for (std::string line; std::getline(file, line) && !file.eof();) {
    add_line(record_, line);
    last_start_ = end_;
    end_ += static_cast<std::int64_t>(line.size()) + 1;
    last_line_ = std::move(line);
    changed = true;
  }
  return changed;
}

}  // namespace showergan::gan
