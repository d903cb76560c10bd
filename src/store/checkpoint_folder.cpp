#include "store/checkpoint_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "step-";
constexpr std::string_view ending = ".h5";
constexpr std::string_view best_name = "best.h5";

std::string file_name(std::int64_t step) {
  return fmt::format("{}{:08}{}", prefix, step, ending);
}

/// A text that is a decimal number and nothing else.
std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

/// The step of "step-00001200.h5"; none for any other name.
std::optional<std::int64_t> step_of(std::string_view name) {
  if (!name.starts_with(prefix) || !name.ends_with(ending)) return std::nullopt;
  if (name.size() <= prefix.size() + ending.size()) return std::nullopt;
  name.remove_prefix(prefix.size());
  name.remove_suffix(ending.size());
  return whole_number(name);
}

/// The process that AtomicFile's temporary ".step-00001200.h5.part-PID-N" belongs to; none for any
/// other name.
std::optional<std::int64_t> writer_of(std::string_view name) {
  constexpr std::string_view part = ".part-";
  const std::size_t split = name.rfind(part);
  if (!name.starts_with('.') || split == name.npos) return std::nullopt;
  const std::string_view target = name.substr(1, split - 1);
  if (target != best_name && !step_of(target)) return std::nullopt;
  const std::string_view numbers = name.substr(split + part.size());
  return whole_number(numbers.substr(0, numbers.find('-')));
}

/// Our own number counts as dead: nothing is being written right now, so the file is from an
/// earlier process, as in a container, where every start may have the same number.
bool is_dead(std::int64_t process) {
  if (process == getpid()) return true;
  return kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    files.push_back(entry->path());
  }
  return files;
}

/// Checkpoints of a folder by their step.
std::map<std::int64_t, fs::path> checkpoints_of(const fs::path& folder) {
  std::map<std::int64_t, fs::path> checkpoints;
  for (const fs::path& file : files_of(folder)) {
    if (const auto step = step_of(file.filename().string())) checkpoints.emplace(*step, file);
  }
  return checkpoints;
}

}  // namespace

CheckpointFolder::CheckpointFolder(fs::path folder, int keep)
    : folder_(std::move(folder)), keep_(keep) {
  SHOWERGAN_EXPECT(keep >= 1);
}

/// Makes the folder, and room in it by removing what a killed process left half-written.
void CheckpointFolder::prepare() const {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) {
    throw InputError(fmt::format("cannot make the folder '{}'", folder_.string()), error.message(),
                     "choose a folder where you may write");
  }
  for (const fs::path& file : files_of(folder_)) {
    const auto process = writer_of(file.filename().string());
    if (process && is_dead(*process)) fs::remove(file, error);
  }
}

void CheckpointFolder::save(std::int64_t step, const Checkpoint& checkpoint, bool prune) {
  SHOWERGAN_EXPECT(step >= 0);
  prepare();
  write_checkpoint(folder_ / file_name(step), checkpoint);
  if (!prune) return;
  std::map<std::int64_t, fs::path> old = checkpoints_of(folder_);
  old.erase(old.upper_bound(step), old.end());
  for (int kept = 0; kept < keep_ && !old.empty(); ++kept) old.erase(std::prev(old.end()));
  // One that cannot be deleted does no harm, and the next call tries again.
  std::error_code ignored;
  for (const auto& [_, path] : old) fs::remove(path, ignored);
}

void CheckpointFolder::save_best(const Checkpoint& checkpoint) {
  prepare();
  write_checkpoint(best(), checkpoint);
}

std::optional<Checkpoint> CheckpointFolder::latest(
    const std::function<void(const std::string&)>& report) const {
  std::vector<fs::path> paths = list();
  if (paths.empty()) return std::nullopt;
  for (; !paths.empty(); paths.pop_back()) {
    try {
      return read_checkpoint(paths.back());
    } catch (const DamagedCheckpoint& damaged) {
      report(fmt::format("the checkpoint '{}' is damaged and passed over ({})",
                         paths.back().string(), damaged.reason()));
    }
  }
  throw Error(fmt::format("every checkpoint in '{}' is damaged", folder_.string()), {},
              "best.h5 may be whole; otherwise train again in another folder");
}

std::vector<fs::path> CheckpointFolder::list() const {
  std::vector<fs::path> paths;
  for (const auto& [_, path] : checkpoints_of(folder_)) paths.push_back(path);
  return paths;
}

fs::path CheckpointFolder::best() const {
  return folder_ / best_name;
}

}  // namespace showergan
