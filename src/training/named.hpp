#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace showergan::training {

/// The names of things that have a `name`, in alphabetical order.
template <typename Things>
std::vector<std::string> names_of(const Things& things) {
  std::vector<std::string> result;
  for (const auto& thing : things) result.emplace_back(thing.name);
  std::sort(result.begin(), result.end());
  return result;
}

/// Throws InputError: `problem`; the names that are known.
[[noreturn]] void throw_unknown(const std::string& problem, const std::vector<std::string>& known);

/// The one of `things` called `name`. Throws InputError, with all names, if there is none; `what`
/// is the word for one of them.
template <typename Thing>
const Thing& find_named(const std::vector<Thing>& things, const char* what, std::string_view name) {
  const auto found =
      std::find_if(things.begin(), things.end(), [&](const Thing& t) { return t.name == name; });
  if (found != things.end()) return *found;
  throw_unknown(std::string("there is no ") + what + " '" + std::string(name) + "'",
                names_of(things));
}

}  // namespace showergan::training
