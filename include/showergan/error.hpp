#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace showergan {

/// Base of everything that ShowerGAN throws on purpose.
///
/// The message follows one grammar, `problem (why or where); advice`, on one line; `where` and
/// `advice` may be empty. The command line prints it after `showergan: ` and ends with
/// `exit_status()`.
class Error : public std::runtime_error {
 public:
  explicit Error(std::string_view problem, std::string_view where = {},
                 std::string_view advice = {});

  /// 1: the work failed (full disk, interrupt, missing device …).
  virtual int exit_status() const noexcept { return 1; }
};

/// The user's input (a file, an option, a definition) is wrong.
class InputError : public Error {
 public:
  using Error::Error;
  int exit_status() const noexcept override { return 2; }
};

}  // namespace showergan
