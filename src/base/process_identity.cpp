#include "base/process_identity.hpp"

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>

#include <unistd.h>

namespace showergan {
namespace {

std::string host_name() {
  std::array<char, 256> name = {};
  if (gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "unknown";
  return name.data();
}

/// Processes can be compared by number only if they see the same numbers: since the same start of
/// the machine, in the same container.
std::string process_space() {
  std::string boot;
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot;
  std::array<char, 64> link = {};
  if (boot.empty() || readlink("/proc/self/ns/pid", link.data(), link.size() - 1) <= 0) return "-";
  return boot + "/" + link.data();
}

struct ProcessStatus {
  char state = '?';
  std::int64_t start = 0;
};

/// From /proc/PID/stat (proc(5)): fields 3 and 22. The name of the program, field 2, stands in
/// parentheses and may hold anything.
std::optional<ProcessStatus> status_of(std::int64_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return std::nullopt;
  std::istringstream fields(text.substr(name_end + 1));
  ProcessStatus status;
  fields >> status.state;
  std::string skipped;
  for (int field = 4; field < 22; ++field) fields >> skipped;
  fields >> status.start;
  if (!fields) return std::nullopt;
  return status;
}

}  // namespace

ProcessIdentity own_identity() {
  const std::int64_t pid = getpid();
  const std::optional<ProcessStatus> status = status_of(pid);
  return {host_name(), pid, status ? status->start : 0, process_space()};
}

std::string to_text(const ProcessIdentity& identity) {
  return identity.host + " " + std::to_string(identity.pid) + " " + std::to_string(identity.start) +
         " " + identity.space;
}

std::optional<ProcessIdentity> parse_process_identity(const std::string& text) {
  std::istringstream fields(text);
  ProcessIdentity identity;
  fields >> identity.host >> identity.pid >> identity.start >> identity.space;
  if (!fields || identity.pid <= 0) return std::nullopt;
  return identity;
}

Liveness liveness_of(const ProcessIdentity& identity) {
  if (identity.space == "-" || identity.space != process_space()) return Liveness::unknown;
  const std::optional<ProcessStatus> status = status_of(identity.pid);
  const bool lives =
      status && status->start == identity.start && status->state != 'Z' && status->state != 'X';
  return lives ? Liveness::alive : Liveness::gone;
}

}  // namespace showergan
