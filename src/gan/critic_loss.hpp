#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gan/recipe.hpp"
#include "nn/plan/plan.hpp"
#include "shower/condition.hpp"
#include "training/loss.hpp"

namespace showergan::gan {

/// The images of a shard as the discriminator is told to see them.
struct Expectation {
  std::span<const float> labels;      ///< (n) 1: Monte Carlo, 0: generated
  std::span<const float> conditions;  ///< (n, conditions of the model)
  std::span<const float> cell_sums;   ///< (n) in the networks' unit
  bool generator = false;             ///< in an update of the generator
};

/// The losses of a recipe on the outputs of a discriminator.
class CriticLoss {
 public:
  /// Throws InputError if a term does not fit the discriminator's outputs or the conditions.
  CriticLoss(const std::vector<LossTerm>& terms, const nn::Graph& discriminator,
             const std::vector<ConditionRange>& conditions);

  std::size_t size() const noexcept { return terms_.size(); }
  const LossTerm& term(std::size_t i) const { return terms_[i].recipe; }

  /// For the n images of a shard that `plan` has just run forward: sets the gradients of the
  /// outputs for a mean over `batch` images, and adds Σ loss / batch of each term to `sums`
  /// (size()).
  void apply(nn::Plan& plan, const Expectation& expectation, std::int64_t batch,
             std::span<double> sums) const;

  /// Σ weight × mean.
  double total(std::span<const double> means) const;

 private:
  struct Term {
    LossTerm recipe;
    const training::Loss* loss = nullptr;
    const training::Loss* generator_loss = nullptr;
    std::size_t condition = 0;  ///< place in the model's conditions
  };
  double target(const Term& term, const Expectation& expectation, std::size_t sample) const;

  std::vector<Term> terms_;
  std::size_t conditions_ = 0;
};

/// Sum of the cells in GeV that a generated shower of that energy should have, by the term's
/// polynomial.
double expected_cell_sum(const LossTerm& term, double energy);

}  // namespace showergan::gan
