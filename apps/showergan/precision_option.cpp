#include "precision_option.hpp"

#include <string>

#include <fmt/format.h>

#include "base/log.hpp"

namespace showergan::app {

void add_precision_option(CLI::App& command, Precision& precision) {
  command
      .add_option_function<std::string>(
          "-p,--precision",
          [&precision](const std::string& name) { precision = *precision_named(name); },
          "Numbers that are multiplied: f32, bf16, or int8 for a model of showergan quantize [f32]")
      ->check(CLI::IsMember({"f32", "bf16", "int8"}));
}

void warn_of_precision(Precision wanted, Precision used) {
  if (used == Precision::int8 && !has_instructions(Precision::bf16)) {
    warn("this processor has no instructions for bf16; layers that are not in int8 use f32");
  }
  if (used == wanted) return;
  warn(fmt::format("this processor has no instructions for {}; using {}", name_of(wanted),
                   name_of(used)));
}

}  // namespace showergan::app
