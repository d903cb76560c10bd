#include "base/log.hpp"

#include <cstdio>
#include <string>

#include <unistd.h>

#include "base/text.hpp"

namespace showergan {

void warn(std::string_view text) {
  // On a terminal a progress bar may stand in the line; it is drawn again at its next update.
  const char* clear_line = isatty(STDERR_FILENO) != 0 ? "\r\033[K" : "";
  const std::string line = one_line(std::string(text));
  std::fprintf(stderr, "%sshowergan: warning: %s\n", clear_line, line.c_str());
}

}  // namespace showergan
