#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace showergan {

/// Which process somebody is, so that another process can find out later whether it still lives.
struct ProcessIdentity {
  std::string host;         ///< name of the machine, for people
  std::int64_t pid = 0;     ///< as it is seen in `space`
  std::int64_t start = 0;   ///< clock ticks after the machine started; tells reused numbers apart
  std::string space = "-";  ///< start of the machine, and its name space of processes; "-": unknown

  friend bool operator==(const ProcessIdentity&, const ProcessIdentity&) = default;
};

/// This process. Where there is no /proc, `start` and `space` are not known.
ProcessIdentity own_identity();

/// One line, and back; nothing for a text that is not of this kind.
std::string to_text(const ProcessIdentity& identity);
std::optional<ProcessIdentity> parse_process_identity(const std::string& text);

enum class Liveness {
  alive,
  gone,
  unknown,  ///< of another machine or container
};
Liveness liveness_of(const ProcessIdentity& identity);

}  // namespace showergan
