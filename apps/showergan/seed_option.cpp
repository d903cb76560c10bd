#include "seed_option.hpp"

#include <charconv>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan::app {

std::uint64_t parse_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw InputError(fmt::format("--seed does not understand '{}'", text), {},
                     "give a whole number from 0 to 18446744073709551615");
  }
  return seed;
}

}  // namespace showergan::app
