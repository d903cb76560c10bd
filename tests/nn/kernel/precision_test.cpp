#include "nn/kernel/precision.hpp"

#include <gtest/gtest.h>

#include "nn/kernel/stacking.hpp"

namespace showergan::nn::kernel {
namespace {

TEST(PrecisionTest, NamesLeadToAndFro) {
  EXPECT_EQ(name_of(Precision::f32), "f32");
  EXPECT_EQ(name_of(Precision::bf16), "bf16");
  EXPECT_EQ(name_of(Precision::int8), "int8");
  for (const Precision precision : {Precision::f32, Precision::bf16, Precision::int8}) {
    EXPECT_EQ(precision_named(name_of(precision)), precision);
  }
}

TEST(PrecisionTest, OtherNamesAreNone) {
  for (const char* name : {"", "f16", "F32", "bf16 ", "int", "int80"}) {
    EXPECT_FALSE(precision_named(name)) << name;
  }
}

TEST(PrecisionTest, NumbersHaveBytes) {
  EXPECT_EQ(bytes_of(Precision::f32), 4u);
  EXPECT_EQ(bytes_of(Precision::bf16), 2u);
  EXPECT_EQ(bytes_of(Precision::int8), 1u);
}

TEST(PrecisionTest, InstructionsAreThoseOfTheProcessor) {
  EXPECT_TRUE(has_instructions(Precision::f32));
  if (has_instructions(Precision::bf16)) {
    EXPECT_TRUE(has_instructions(Precision::int8)) << "avx512_bf16 comes with avx512_vnni";
  }
  if (has_instructions(Precision::int8)) {
    EXPECT_EQ(vector_lanes(), 16);
  }
#ifdef __x86_64__  // the other direction does not hold: oneDNN may be told to use less
  if (has_instructions(Precision::bf16)) {
    EXPECT_TRUE(__builtin_cpu_supports("avx512bf16"));
  }
  if (has_instructions(Precision::int8)) {
    EXPECT_TRUE(__builtin_cpu_supports("avx512vnni"));
  }
#endif
}

TEST(PrecisionTest, AFormatIsFloat32UnlessSaid) {
  const NumberFormat format;
  EXPECT_EQ(format.precision, Precision::f32);
  EXPECT_EQ(format.range, InputRange{});
  EXPECT_EQ(format.range.part, 1);
  EXPECT_TRUE(format.range.channels.empty());
}

}  // namespace
}  // namespace showergan::nn::kernel
