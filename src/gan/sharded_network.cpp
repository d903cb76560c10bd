#include "gan/sharded_network.hpp"

#include <algorithm>

#include "base/contract.hpp"

namespace showergan::gan {

ShardedNetwork::ShardedNetwork(nn::Graph graph, nn::Parameters parameters, int threads,
                               Precision precision)
    : graph_(std::move(graph)),
      parameters_(std::move(parameters)),
      precision_(precision),
      gradients_(static_cast<std::size_t>(threads),
                 std::vector<float>(static_cast<std::size_t>(graph_.trainable_count()))) {}

nn::Parameters& ShardedNetwork::change() {
  prepared_.clear();
  return parameters_;
}

void ShardedNetwork::share_memory(nn::Mode mode, std::vector<std::shared_ptr<nn::Arena>> arenas) {
  arenas_[mode] = std::move(arenas);
}

void ShardedNetwork::compile(nn::Mode mode, std::span<const Shard> shards) {
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const PlanKey key{mode, static_cast<int>(i), shards[i].count};
    if (plans_.contains(key)) continue;
    nn::CompileOptions options;
    options.mode = mode;
    options.batch = shards[i].count;
    options.precision = precision_;
    auto& arenas = arenas_[mode];
    while (arenas.size() <= i) arenas.push_back(std::make_shared<nn::Arena>());
    options.arena = arenas[i];
    plans_.emplace(key, nn::compile(graph_, options));
  }
}

nn::CompileTimes ShardedNetwork::compile_times() const {
  nn::CompileTimes times;
  for (const auto& [key, plan] : plans_) times.add(plan);
  return times;
}

std::vector<std::shared_ptr<nn::Arena>> ShardedNetwork::arenas() const {
  std::vector<std::shared_ptr<nn::Arena>> all;
  for (const auto& [mode, arenas] : arenas_) all.insert(all.end(), arenas.begin(), arenas.end());
  return all;
}

void ShardedNetwork::prepare(nn::Mode mode, std::span<const Shard> shards) {
  compile(mode, shards);
  for (std::size_t i = 0; i < shards.size(); ++i) {
    const std::int64_t samples = shards[i].count;
    auto& prepared = prepared_[{mode, samples}];
    if (!prepared) prepared = plan(mode, static_cast<int>(i), shards[i]).prepare(parameters_);
    std::ranges::fill(gradients_[i], 0.0f);
  }
}

nn::Plan& ShardedNetwork::plan(nn::Mode mode, int member, const Shard& shard) {
  return plans_.at({mode, member, shard.count});
}

const nn::PreparedWeights& ShardedNetwork::weights(nn::Mode mode, const Shard& shard) const {
  return *prepared_.at({mode, shard.count});
}

std::span<float> ShardedNetwork::sum_gradients(int members) {
  SHOWERGAN_EXPECT(members >= 1);
  std::vector<float>& sum = gradients_.front();
  for (int member = 1; member < members; ++member) {
    const std::span<const float> part = gradients(member);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += part[i];
  }
  return sum;
}

void TeamHooks::sums_ready(std::span<double> sums, double& samples) {
  values_.assign(sums.begin(), sums.end());
  values_.push_back(samples);
  team_.sum(member_, values_);
  samples = values_.back();
  std::copy_n(values_.begin(), sums.size(), sums.begin());
}

}  // namespace showergan::gan
