#include "machine_rates.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <vector>

#include "base/thread_team.hpp"
#include "nn/plan/plan.hpp"

namespace showergan::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int rounds = 5;

/// The least of the times in which all threads of a team do their work at the same time, seconds.
double least_time(ThreadTeam& team, const std::function<void(int member)>& work) {
  double least = 0;
  for (int round = 0; round <= rounds; ++round) {  // the first warms up
    const Clock::time_point start = Clock::now();
    team.run(team.size(), work);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    least = round <= 1 ? seconds : std::min(least, seconds);
  }
  return least;
}

/// Two convolutions, since the last one of a network is in float32 whatever the precision.
nn::Graph yardstick() {
  constexpr std::int64_t channels = 32;
  nn::Graph graph;
  const nn::NodeId image = graph.add("image", nn::Input{{channels, 25, 25, 25}});
  const nn::Conv3d conv{channels, {3, 3, 3}, {1, 1, 1}, nn::same_padding({3, 3, 3})};
  const nn::NodeId large = graph.add("large", conv, {image});
  nn::Conv3d small = conv;
  small.filters = 1;
  small.kernel = {1, 1, 1};
  small.padding = {};
  graph.set_output("result", graph.add("small", small, {large}));
  return graph;
}

}  // namespace

double convolution_rate(int threads, Precision precision) {
  const nn::Graph graph = yardstick();
  const nn::Parameters parameters = nn::initial_parameters(graph, 1);
  nn::CompileOptions options;
  options.precision = precision;
  options.ranges = {{"large", {}}};
  const nn::NodeId large = *graph.find("large");
  const auto in_count = static_cast<std::size_t>(nn::element_count(graph.node(0).shape));
  const std::vector<float> image(in_count, 0.5f);
  ThreadTeam team(threads);
  std::vector<nn::Plan> plans;
  for (int t = 0; t < threads; ++t) {
    plans.push_back(nn::compile(graph, options));
    plans.back().set_input("image", image);
  }
  const auto weights = plans.front().prepare(parameters);
  constexpr int repeats = 4;
  std::vector<double> seconds(static_cast<std::size_t>(threads));
  double best = 0;
  for (int round = 0; round < rounds; ++round) {
    team.run(threads, [&](int member) {
      const auto m = static_cast<std::size_t>(member);
      seconds[m] = plans[m].profile(*weights, repeats)[static_cast<std::size_t>(large)].seconds;
    });
    double rate = 0;
    for (const double s : seconds) {
      rate += 2e-9 * static_cast<double>(graph.multiply_adds(large)) / s;
    }
    best = std::max(best, rate);
  }
  return best;
}

MachineRates measure_machine(int threads, Precision precision) {
  MachineRates rates;
  rates.convolution = convolution_rate(threads, precision);
  constexpr std::size_t bytes = std::size_t{1} << 26;
  std::vector<std::vector<char>> from(static_cast<std::size_t>(threads),
                                      std::vector<char>(bytes, 1));
  std::vector<std::vector<char>> to(static_cast<std::size_t>(threads), std::vector<char>(bytes));
  ThreadTeam team(threads);
  const double seconds = least_time(team, [&](int member) {
    const auto m = static_cast<std::size_t>(member);
    std::memcpy(to[m].data(), from[m].data(), bytes);
  });
  rates.copy = 2e-9 * static_cast<double>(bytes) * threads / seconds;
  return rates;
}

}  // namespace showergan::app
