#include "gan/critic_loss.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "showergan/error.hpp"

namespace showergan::gan {
namespace {

void check_output(const LossTerm& term, const nn::Graph& discriminator) {
  std::vector<std::string> names;
  for (const nn::Output& output : discriminator.outputs()) {
    if (output.name == term.output) {
      const nn::Shape& shape = discriminator.node(output.node).shape;
      if (nn::element_count(shape) == 1) return;
      throw InputError(
          fmt::format("a loss is asked of the discriminator's output '{}'", term.output),
          fmt::format("it has {} numbers per shower", nn::element_count(shape)),
          "losses compare one number");
    }
    names.push_back(output.name);
  }
  throw InputError(fmt::format("the discriminator has no output '{}'", term.output), {},
                   fmt::format("its outputs are {}", fmt::join(names, ", ")));
}

std::size_t find_condition(const LossTerm& term, const std::vector<ConditionRange>& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (conditions[i].name == term.condition) return i;
  }
  throw InputError(fmt::format("the model has no condition '{}'", term.condition),
                   fmt::format("target of the loss of '{}'", term.output));
}

}  // namespace

CriticLoss::CriticLoss(const std::vector<LossTerm>& terms, const nn::Graph& discriminator,
                       const std::vector<ConditionRange>& conditions)
    : conditions_(conditions.size()) {
  for (const LossTerm& recipe : terms) {
    check_output(recipe, discriminator);
    Term term;
    term.recipe = recipe;
    term.loss = &training::find_loss(recipe.loss);
    term.generator_loss = &training::find_loss(recipe.generator_loss);
    if (recipe.target == Target::condition) term.condition = find_condition(recipe, conditions);
    terms_.push_back(term);
  }
}

double CriticLoss::target(const Term& term, const Expectation& expectation,
                          std::size_t sample) const {
  switch (term.recipe.target) {
    case Target::label:
      return static_cast<double>(expectation.labels[sample]);
    case Target::condition:
      return static_cast<double>(expectation.conditions[sample * conditions_ + term.condition]) /
             term.recipe.unit;
    case Target::cell_sum:
      break;
  }
  return static_cast<double>(expectation.cell_sums[sample]);
}

void CriticLoss::apply(nn::Plan& plan, const Expectation& expectation, std::int64_t batch,
                       std::span<double> sums) const {
  const std::size_t count = expectation.labels.size();
  std::vector<float> values(count);
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const Term& term = terms_[t];
    const training::Loss& loss = expectation.generator ? *term.generator_loss : *term.loss;
    const double scale = 1.0 / static_cast<double>(batch);
    plan.get_output(term.recipe.output, values);
    for (std::size_t i = 0; i < count; ++i) {
      const double wanted = target(term, expectation, i);
      const auto predicted = static_cast<double>(values[i]);
      sums[t] += scale * loss.value(wanted, predicted);
      values[i] =
          static_cast<float>(scale * term.recipe.weight * loss.derivative(wanted, predicted));
    }
    plan.set_output_gradient(term.recipe.output, values);
  }
}

double CriticLoss::total(std::span<const double> means) const {
  double total = 0;
  for (std::size_t t = 0; t < terms_.size(); ++t) total += terms_[t].recipe.weight * means[t];
  return total;
}

double expected_cell_sum(const LossTerm& term, double energy) {
  const double e = energy / term.unit;
  double sum = 0;
  for (auto c = term.polynomial.rbegin(); c != term.polynomial.rend(); ++c) sum = sum * e + *c;
  return sum;
}

}  // namespace showergan::gan
