#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/thread_team.hpp"
#include "nn/plan/plan.hpp"
#include "training/sample_source.hpp"

namespace showergan::training {

/// Runs a network of one output on samples. They go through it in groups of a fixed size, so that a
/// result depends neither on the other samples nor on the number of threads.
class Predictor {
 public:
  /// Compiles a plan for each member of the team; `group` samples go through it at a time. Team and
  /// source must outlive it.
  Predictor(const nn::Graph& graph, const SampleSource& source, std::int64_t group,
            ThreadTeam& team, Precision precision = Precision::f32);

  /// Numbers that the network gives for a sample.
  std::int64_t width() const noexcept { return width_; }

  /// (samples, width) the network's output for each of `samples`.
  std::vector<float> run(const nn::Parameters& parameters, std::span<const std::int64_t> samples);

 private:
  void run_group(nn::Plan& plan, const nn::PreparedWeights& weights,
                 std::span<const std::int64_t> samples, std::span<float> results) const;

  const SampleSource* source_;
  std::int64_t group_;
  std::int64_t width_;
  ThreadTeam* team_;
  std::vector<nn::Plan> plans_;
};

}  // namespace showergan::training
