#include "nn/kernel/precision.hpp"

#include <array>
#include <utility>

#include "nn/kernel/onednn.hpp"

namespace showergan {
namespace {

constexpr std::array<std::pair<Precision, std::string_view>, 3> names{
    {{Precision::f32, "f32"}, {Precision::bf16, "bf16"}, {Precision::int8, "int8"}}};

/// The number of an instruction set has the bits of every set that it includes.
bool has_isa(dnnl::cpu_isa isa) {
  const auto wanted = static_cast<unsigned>(isa);
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & wanted) == wanted;
}

}  // namespace

std::string_view name_of(Precision precision) {
  for (const auto& [value, name] : names) {
    if (value == precision) return name;
  }
  return {};
}

std::optional<Precision> precision_named(std::string_view name) {
  for (const auto& [value, its_name] : names) {
    if (its_name == name) return value;
  }
  return std::nullopt;
}

bool has_instructions(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return true;
    case Precision::bf16:
      return has_isa(dnnl::cpu_isa::avx512_core_bf16);
    case Precision::int8:
      return has_isa(dnnl::cpu_isa::avx512_core_vnni);
  }
  return false;
}

Precision available_precision(Precision wanted) {
  return has_instructions(wanted) ? wanted : Precision::f32;
}

std::size_t nn::kernel::bytes_of(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return 4;
    case Precision::bf16:
      return 2;
    case Precision::int8:
      return 1;
  }
  return 4;
}

}  // namespace showergan
