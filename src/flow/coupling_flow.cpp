#include "flow/coupling_flow.hpp"

#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "base/permutation.hpp"
#include "base/random.hpp"

namespace showergan::flow {
namespace {

constexpr double kSlope = 0.2;
constexpr double kMostStretch = 2;  // of a block: a factor of e² at most

/// 1 for the coordinates that block `block` leaves as they are.
std::vector<float> mask_of(const CouplingFlow& flow, int block) {
  const auto pair = static_cast<std::uint64_t>(block / 2);
  const auto order = permutation(CounterRandom(0, RandomPurpose::shuffle), pair, flow.size);
  std::vector<float> mask(static_cast<std::size_t>(flow.size));
  for (std::int64_t i = 0; i < flow.size; ++i) {
    const bool first = i < flow.size / 2;
    mask[static_cast<std::size_t>(order[static_cast<std::size_t>(i)])] =
        first == (block % 2 == 0) ? 1.0f : 0.0f;
  }
  return mask;
}

/// Adds nodes whose names begin with that of a block.
class Block {
 public:
  Block(nn::Graph& graph, const CouplingFlow& flow, const std::string& prefix, int block)
      : graph_(graph), flow_(flow), name_(prefix + "block" + std::to_string(block + 1) + "_") {
    std::vector<float> mask = mask_of(flow, block);
    kept_ = constant("kept", mask);
    for (float& value : mask) value = 1 - value;
    moved_ = constant("moved", mask);
    for (float& value : mask) value *= static_cast<float>(kMostStretch);
    stretched_ = constant("stretched", mask);
  }

  /// Logarithm of the scale, and shift; both 0 where the coordinates stay as they are.
  std::pair<nn::NodeId, nn::NodeId> scale_and_shift(nn::NodeId x, nn::NodeId features) {
    const nn::NodeId known = binary("known", nn::BinaryFunction::multiply, x, kept_);
    nn::NodeId hidden = graph_.add(name_ + "input", nn::Concatenate{0}, {known, features});
    hidden = hidden_layer("hidden1", hidden);
    if (flow_.dropout > 0) {
      hidden = graph_.add(name_ + "dropout", nn::Dropout{flow_.dropout}, {hidden});
    }
    hidden = hidden_layer("hidden2", hidden);
    const nn::NodeId scale =
        function("scale_tanh", {nn::Function::tanh}, dense("scale", flow_.size, hidden, true));
    const nn::NodeId shift = dense("shift", flow_.size, hidden, true);
    return {binary("log_scale", nn::BinaryFunction::multiply, scale, stretched_),
            binary("masked_shift", nn::BinaryFunction::multiply, shift, moved_)};
  }

  nn::NodeId binary(const std::string& name, nn::BinaryFunction function, nn::NodeId a,
                    nn::NodeId b) {
    return graph_.add(name_ + name, nn::Arithmetic{function}, {a, b});
  }

  nn::NodeId function(const std::string& name, const nn::Activation& activation, nn::NodeId from) {
    return graph_.add(name_ + name, activation, {from});
  }

 private:
  nn::NodeId constant(const std::string& name, std::vector<float> values) {
    return graph_.add(name_ + name, nn::Constant{{flow_.size}, std::move(values)});
  }

  nn::NodeId hidden_layer(const std::string& name, nn::NodeId from) {
    return function(name + "_activation", {nn::Function::leaky_relu, kSlope},
                    dense(name, flow_.units, from));
  }

  /// `identity`: starts with zeros, so that the block begins as the identity.
  nn::NodeId dense(const std::string& name, std::int64_t units, nn::NodeId from,
                   bool identity = false) {
    nn::Dense dense;
    dense.units = units;
    if (identity) dense.kernel_initializer = nn::Initializer::zeros;
    return graph_.add(name_ + name, dense, {from});
  }

  nn::Graph& graph_;
  const CouplingFlow& flow_;
  std::string name_;
  nn::NodeId kept_ = 0;
  nn::NodeId moved_ = 0;
  nn::NodeId stretched_ = 0;
};

void check([[maybe_unused]] const CouplingFlow& flow) {
  SHOWERGAN_EXPECT(flow.size >= 2 && flow.features >= 1 && flow.blocks >= 1 && flow.units >= 1);
}

}  // namespace

nn::Graph density_graph(const CouplingFlow& flow, const std::string& prefix) {
  check(flow);
  nn::Graph graph;
  nn::NodeId x = graph.add("x", nn::Input{{flow.size}});
  const nn::NodeId features = graph.add("features", nn::Input{{flow.features}});
  std::vector<nn::NodeId> scales;
  for (int k = 0; k < flow.blocks; ++k) {
    Block block(graph, flow, prefix, k);
    const auto [scale, shift] = block.scale_and_shift(x, features);
    const nn::NodeId factor = block.function("factor", {nn::Function::exp}, scale);
    x = block.binary("scaled", nn::BinaryFunction::multiply, x, factor);
    x = block.binary("out", nn::BinaryFunction::add, x, shift);
    scales.push_back(scale);
  }
  nn::NodeId loss = graph.add("square", nn::Arithmetic{nn::BinaryFunction::multiply}, {x, x});
  const nn::NodeId half = graph.add("half", nn::Constant{{1}, {0.5f}});
  loss = graph.add("half_square", nn::Arithmetic{nn::BinaryFunction::multiply}, {loss, half});
  for (std::size_t k = 0; k < scales.size(); ++k) {
    loss = graph.add("less_volume" + std::to_string(k + 1),
                     nn::Arithmetic{nn::BinaryFunction::subtract}, {loss, scales[k]});
  }
  graph.set_output("loss", graph.add("loss", nn::Reduction{nn::Reducer::mean, {0}, true}, {loss}));
  return graph;
}

nn::NodeId append_sampling(nn::Graph& graph, const CouplingFlow& flow, const std::string& prefix,
                           nn::NodeId noise, nn::NodeId features) {
  check(flow);
  SHOWERGAN_EXPECT(flow.dropout == 0);
  nn::NodeId x = noise;
  for (int k = flow.blocks; k-- > 0;) {
    Block block(graph, flow, prefix, k);
    // The kept coordinates are those of the data: both directions compute the same scale and shift.
    const auto [scale, shift] = block.scale_and_shift(x, features);
    const nn::NodeId factor = block.function("factor", {nn::Function::exp}, scale);
    x = block.binary("shifted", nn::BinaryFunction::subtract, x, shift);
    x = block.binary("out", nn::BinaryFunction::divide, x, factor);
  }
  return x;
}

}  // namespace showergan::flow
