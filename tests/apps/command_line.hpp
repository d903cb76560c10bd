#pragma once

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/wait.h>

#include "support/temporary_folder.hpp"

namespace showergan::test {

struct CommandResult {
  int status = -1;     ///< exit status, or 128 + signal
  std::string output;  ///< standard output
  std::string errors;  ///< standard error
};

/// Runs `showergan ARGUMENTS` in a shell; `before` may set limits: "ulimit -f 100;".
inline CommandResult run_showergan(const std::string& arguments, const std::string& before = "") {
  const auto text_of = [](const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
  };
  const TemporaryFolder folder;
  const std::string command = before + " \"" SHOWERGAN_EXECUTABLE "\" " + arguments + " >'" +
                              (folder / "out").string() + "' 2>'" + (folder / "err").string() + "'";
  const int code = std::system(command.c_str());
  CommandResult result;
  result.status = WIFEXITED(code) ? WEXITSTATUS(code) : 128 + WTERMSIG(code);
  result.output = text_of(folder / "out");
  result.errors = text_of(folder / "err");
  return result;
}

}  // namespace showergan::test
