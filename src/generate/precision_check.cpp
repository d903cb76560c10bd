#include "generate/precision_check.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "shower/condition.hpp"

namespace showergan {
namespace {

std::vector<float> one_shower(const GeneratorModel& model, GeneratorEngine& engine) {
  const Condition condition = middle_of(model.card.conditions);
  std::vector<float> shower(static_cast<std::size_t>(model.cells()));
  engine.run({&condition, 1}, engine.drawn_noise(1, 0), shower);
  return shower;
}

}  // namespace

double difference_from_f32(const GeneratorModel& model, GeneratorEngine& engine) {
  GeneratorEngine exact(model, {}, 1, FirstLayers::separate);
  const std::vector<float> expected = one_shower(model, exact);
  const std::vector<float> shower = one_shower(model, engine);
  double difference = 0;
  double norm = 0;
  for (std::size_t i = 0; i < shower.size(); ++i) {
    const double x = static_cast<double>(expected[i]);
    const double d = static_cast<double>(shower[i]) - x;
    difference += d * d;
    norm += x * x;
  }
  return norm > 0 ? std::sqrt(difference / norm) : std::sqrt(difference);
}

double largest_difference(Precision precision) {
  switch (precision) {
    case Precision::f32:
      return 1e-4;
    case Precision::bf16:
      return 0.05;
    case Precision::int8:
      return 0.20;
  }
  return 0;
}

void check_precision(const GeneratorModel& model, GeneratorEngine& engine, Precision precision) {
  const double difference = difference_from_f32(model, engine);
  if (difference <= largest_difference(precision)) return;  // not a number is too far as well
  throw Error(
      fmt::format("a shower in {} differs from float32 by {:.1f} %, more than {:.0f} %",
                  name_of(precision), 100 * difference, 100 * largest_difference(precision)),
      fmt::format("model '{}'", model.card.name), "use --precision f32");
}

}  // namespace showergan
