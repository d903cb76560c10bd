#pragma once

#include <optional>
#include <string_view>

namespace showergan {

/// Numbers that a network's convolutions (not transposed ones) and dense layers multiply. Sums of
/// products, what lies between layers, statistics and losses are float32 in all of them.
enum class Precision {
  f32,
  bf16,  ///< bfloat16: the range of float32 with eight bits of mantissa
  int8,  ///< whole numbers of eight bits in convolutions, bf16 elsewhere; for generation only
};

/// "f32", "bf16", "int8".
std::string_view name_of(Precision precision);
/// Nothing for any other name.
std::optional<Precision> precision_named(std::string_view name);

/// Whether this processor has instructions for it: AVX-512 with bf16 (avx512_bf16), and with VNNI
/// (avx512_vnni) for int8. Without them a lower precision would be slower than float32.
bool has_instructions(Precision precision);

/// `wanted`, or float32 where the processor has no instructions for it.
Precision available_precision(Precision wanted);

}  // namespace showergan
