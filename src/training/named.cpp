#include "training/named.hpp"

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::training {

void throw_unknown(const std::string& problem, const std::vector<std::string>& known) {
  throw InputError(
      problem, "",
      known.empty() ? "none is known" : fmt::format("known are {}", fmt::join(known, ", ")));
}

}  // namespace showergan::training
