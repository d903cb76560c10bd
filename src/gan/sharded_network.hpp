#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "base/thread_team.hpp"
#include "gan/shard.hpp"
#include "nn/plan/arena.hpp"
#include "nn/plan/compile_times.hpp"
#include "nn/plan/plan.hpp"

namespace showergan::gan {

/// A network that learns on all threads of a team: one set of weights, and for each thread plans
/// for its shard of the batch and a buffer for its part of the gradient.
///
/// The team's threads may use plans, weights and gradients of their own number at the same time;
/// everything else is for the thread that calls ThreadTeam::run.
class ShardedNetwork {
 public:
  ShardedNetwork(nn::Graph graph, nn::Parameters parameters, int threads,
                 Precision precision = Precision::f32);

  Precision precision() const noexcept { return precision_; }
  const nn::Graph& graph() const noexcept { return graph_; }
  const nn::Parameters& parameters() const noexcept { return parameters_; }
  /// The same to be changed; prepared weights are dropped.
  nn::Parameters& change();

  /// One arena for each thread, for all plans of a mode that are still to come. By default those of
  /// a thread and mode have one of their own.
  void share_memory(nn::Mode mode, std::vector<std::shared_ptr<nn::Arena>> arenas);

  /// Compiles the plans for these shards that do not exist yet.
  void compile(nn::Mode mode, std::span<const Shard> shards);
  /// Of all plans so far.
  nn::CompileTimes compile_times() const;
  /// The arenas of all plans so far, and those that are to be shared.
  std::vector<std::shared_ptr<nn::Arena>> arenas() const;

  /// Makes ready what a run over these shards in that mode needs: compiles plans that do not exist
  /// yet, prepares weights that have changed, and sets the gradients to 0.
  void prepare(nn::Mode mode, std::span<const Shard> shards);

  /// After prepare(): what thread `member` runs for its shard.
  nn::Plan& plan(nn::Mode mode, int member, const Shard& shard);
  const nn::PreparedWeights& weights(nn::Mode mode, const Shard& shard) const;
  /// (graph().trainable_count()), laid out as Parameters::trainable
  std::span<float> gradients(int member) { return gradients_[static_cast<std::size_t>(member)]; }

  /// The sum of the gradients of the first `members` threads, in their order.
  std::span<float> sum_gradients(int members);

 private:
  using PlanKey = std::tuple<nn::Mode, int, std::int64_t>;  // mode, member, samples
  using WeightsKey = std::pair<nn::Mode, std::int64_t>;     // mode, samples
  nn::Graph graph_;
  nn::Parameters parameters_;
  Precision precision_;
  std::map<nn::Mode, std::vector<std::shared_ptr<nn::Arena>>> arenas_;
  std::map<PlanKey, nn::Plan> plans_;
  std::map<WeightsKey, std::shared_ptr<const nn::PreparedWeights>> prepared_;
  std::vector<std::vector<float>> gradients_;
};

/// Adds up the sums of batch normalisation over the threads, so that the statistics are those of
/// the whole batch.
class TeamHooks : public nn::Hooks {
 public:
  TeamHooks(ThreadTeam& team, int member) : team_(team), member_(member) {}
  void sums_ready(std::span<double> sums, double& samples) override;

 private:
  ThreadTeam& team_;
  int member_;
  std::vector<double> values_;
};

}  // namespace showergan::gan
