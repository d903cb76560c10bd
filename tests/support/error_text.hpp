#pragma once

#include <string>

#include "showergan/error.hpp"

namespace showergan::test {

/// The message of the exception of exactly that type that `action` throws; otherwise what happened
/// instead, so that a comparison of the text fails and shows it.
template <typename Expected, typename Action>
std::string error_text(const Action& action) {
  try {
    action();
  } catch (const Error& error) {
    const int status = Expected("").exit_status();
    if (error.exit_status() == status) return error.what();
    return std::string("exit status is not ") + std::to_string(status) + ": " + error.what();
  }
  return "no error";
}

/// The message of an InputError (exit status 2).
template <typename Action>
std::string input_error(const Action& action) {
  return error_text<InputError>(action);
}

/// The message of an Error (exit status 1).
template <typename Action>
std::string failure(const Action& action) {
  return error_text<Error>(action);
}

}  // namespace showergan::test
