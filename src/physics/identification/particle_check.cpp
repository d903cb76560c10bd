#include "physics/identification/particle_check.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "physics/identification/score_metrics.hpp"
#include "physics/metric/balanced_samples.hpp"
#include "physics/metric/comparison.hpp"
#include "physics/metric/energy_spectra.hpp"
#include "physics/metric/halves.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kLeastTraining = 50;  // of each particle
constexpr std::int64_t kLeastTest = 100;
constexpr double kDrawnEfficiency = 0.9;

ParticlePair balanced(const Sample& known, const Sample& other, const EnergyBins& bins) {
  std::vector<Sample> both = balance(std::array{known, other}, bins);
  return {std::move(both[0]), std::move(both[1])};
}

bool different_spectra(const Sample& a, const Sample& b) {
  return compare_energies(a, b).verdict == EnergySpectra::different;
}

WorkingPoint working_point(const Identification& result, double efficiency) {
  WorkingPoint point;
  point.efficiency = efficiency;
  point.cut = cut_for(result.reference_scores, efficiency);
  point.reference = efficiency_of(result.reference_scores, point.cut);
  point.candidate = efficiency_of(result.candidate_scores, point.cut);
  point.other = efficiency_of(result.other_scores, point.cut);
  point.other_by_candidate =
      efficiency_of(result.other_scores, cut_for(result.candidate_scores, efficiency));
  return point;
}

/// The scores of the showers whose energies lie in the bin.
std::vector<double> in_bin(const std::vector<double>& scores, const std::vector<double>& energy,
                           const EnergyBins& bins, std::size_t bin) {
  std::vector<double> result;
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (bins.index(energy[i]) == bin) result.push_back(scores[i]);
  }
  return result;
}

}  // namespace

ParticleCheck::ParticleCheck(const ShowerSet& reference, const OtherParticle& other,
                             const IdentificationOptions& options)
    : name_(other.name),
      file_(other.file),
      options_(options),
      reference_(reference),
      bins_(reference.energy()),
      split_(split_neighbours(reference.size(), options.seed)),
      test_(reference, {}) {
  const Sample others(other.showers);
  const EnergySplit other_split = split_neighbours(others.size(), options.seed);
  const Sample known_training = pick(reference_, split_.training);
  const Sample other_training = pick(others, other_split.training);
  used_ = populated_bins(bins_, std::array{reference_, others});
  const ParticlePair training = balanced(within(known_training), within(other_training), bins_);
  const ParticlePair validation = balanced(within(pick(reference_, split_.validation)),
                                           within(pick(others, other_split.validation)), bins_);
  training_ = training.known.size();
  test_ = within(pick(reference_, split_.test));
  const Sample other_test = balanced(test_, within(pick(others, other_split.test)), bins_).other;
  if (training_ < kLeastTraining || validation.known.size() == 0 || other_test.size() < 2) {
    throw InputError(
        fmt::format("the showers of {} share too few energies with the reference", name_),
        fmt::format("'{}': {} of each to train with in equal bins of the energy, fewer than {}",
                    file_, training_, kLeastTraining),
        "simulate them with --like REFERENCE, or more of both");
  }
  identifier_.emplace(training, validation, name_, options);
  other_scores_ = identifier_->scores(other_test);
  other_energy_ = other_test.energy();
}

Identification ParticleCheck::apply(const ShowerSet& candidate) const {
  Identification result;
  result.other = name_;
  result.file = file_;
  result.training = training_;
  result.energy_low = bins_.low(used_.front());
  result.energy_high = bins_.high(used_.back());
  result.warnings = warnings();
  const Sample all(candidate);
  const bool same = compare_energies(reference_, all).verdict == EnergySpectra::same;
  const Sample compared = within(same ? pick(all, split_.test) : all);
  if (std::min(compared.size(), test_.size()) >= kLeastTest) {
    const Halves halves =
        deal_to_halves(test_, compared, bins_, different_spectra(test_, compared));
    result.showers = halves.reference.size();
    if (result.showers >= kLeastTest) {
      result.reference_scores = identifier_->scores(halves.reference);
      result.candidate_scores = identifier_->scores(halves.candidate);
      result.other_scores = other_scores_;
      compare_scores(result, halves.paired);
      result.energies = by_energy(halves.reference, halves.candidate, result);
      return result;
    }
  }
  result.reason =
      fmt::format("fewer than {} showers to compare at the energies of {}", kLeastTest, name_);
  for (const char* metric : {"pid_separation", "pid_efficiency_shift"}) {
    MetricResult none;
    none.name = fmt::format("{}[{}]", metric, name_);
    none.group = kIdentificationGroup;
    none.reason = result.reason;
    result.metrics.push_back(std::move(none));
  }
  return result;
}

std::vector<std::string> ParticleCheck::warnings() const {
  constexpr std::int64_t kFewTraining = 1000;
  std::vector<std::string> sentences;
  if (training_ < kFewTraining) {
    sentences.push_back(fmt::format(
        "The classifier against {} has learnt from {} showers of each particle only: it tells them "
        "apart worse than one that learns from {} or more.",
        name_, training_, kFewTraining));
  }
  if (used_.size() < bins_.size()) {
    sentences.push_back(fmt::format(
        "The showers of {} do not cover the energies of the reference: identification "
        "is compared in {} of {} energy bins, from {:.4g} to {:.4g} GeV.",
        name_, used_.size(), bins_.size(), bins_.low(used_.front()), bins_.high(used_.back())));
  }
  return sentences;
}

Sample ParticleCheck::within(const Sample& sample) const {
  std::vector<std::int64_t> rows;
  for (const std::int64_t row : sample.rows()) {
    const auto bin = bins_.index(sample.set().energy()[static_cast<std::size_t>(row)]);
    if (bin && std::ranges::binary_search(used_, *bin)) rows.push_back(row);
  }
  return {sample.set(), std::move(rows)};
}

void ParticleCheck::compare_scores(Identification& result, bool paired) const {
  result.reference_area = roc_area(result.reference_scores, other_scores_);
  result.candidate_area = roc_area(result.candidate_scores, other_scores_);
  for (const double efficiency : kWorkingPoints) {
    result.points.push_back(working_point(result, efficiency));
  }
  result.metrics = score_metrics({result.reference_scores, result.candidate_scores, paired}, name_,
                                 options_.threads);
}

std::vector<EnergyEfficiency> ParticleCheck::by_energy(const Sample& reference,
                                                       const Sample& candidate,
                                                       const Identification& result) const {
  const double cut = cut_for(result.reference_scores, kDrawnEfficiency);
  const std::vector<double> reference_energy = reference.energy();
  const std::vector<double> candidate_energy = candidate.energy();
  std::vector<EnergyEfficiency> points;
  for (const std::size_t bin : used_) {
    const auto r = in_bin(result.reference_scores, reference_energy, bins_, bin);
    const auto c = in_bin(result.candidate_scores, candidate_energy, bins_, bin);
    const auto o = in_bin(other_scores_, other_energy_, bins_, bin);
    if (std::ssize(r) < kBinPopulation || std::ssize(c) < kBinPopulation) continue;
    points.push_back({bins_.low(bin), bins_.high(bin), efficiency_of(r, cut), efficiency_of(c, cut),
                      efficiency_of(o, cut)});
  }
  return points;
}

}  // namespace showergan::physics
