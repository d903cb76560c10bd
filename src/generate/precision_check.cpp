#include "generate/precision_check.hpp"

#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "shower/condition.hpp"

namespace showergan {
namespace {

constexpr double most_bf16 = 0.05;
constexpr double most_int8 = 0.20;

Condition middle_of(const std::vector<ConditionRange>& ranges) {
  Condition condition;
  for (const ConditionRange& range : ranges) {
    const auto middle = static_cast<float>((range.low + range.high) / 2);
    if (range.name == "energy") condition.energy = middle;
    if (range.name == "theta") condition.theta = middle;
    if (range.name == "phi") condition.phi = middle;
  }
  return condition;
}

std::vector<float> one_shower(const GeneratorModel& model, GeneratorEngine& engine) {
  const Condition condition = middle_of(model.card.conditions);
  std::vector<float> shower(static_cast<std::size_t>(model.cells()));
  engine.run({&condition, 1}, engine.drawn_noise(1, 0), shower);
  return shower;
}

}  // namespace

void check_precision(const GeneratorModel& model, GeneratorEngine& engine, Precision precision) {
  GeneratorEngine exact(model, {}, 1);
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
  const double off = norm > 0 ? std::sqrt(difference / norm) : std::sqrt(difference);
  const double most = precision == Precision::int8 ? most_int8 : most_bf16;
  if (off <= most) return;  // not a number is off as well
  throw Error(fmt::format("a shower in {} differs from float32 by {:.1f} %, more than {:.0f} %",
                          name_of(precision), 100 * off, 100 * most),
              fmt::format("model '{}'", model.card.name), "use --precision f32");
}

}  // namespace showergan
