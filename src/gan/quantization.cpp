#include "gan/quantization.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <variant>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "generate/generator_engine.hpp"
#include "generate/precision_check.hpp"
#include "nn/graph/final_products.hpp"
#include "nn/lowering/cut.hpp"
#include "shower/condition.hpp"

namespace showergan::gan {
namespace {

/// Candidates for the part of the largest magnitude that the steps span. Cutting the few largest
/// numbers makes the steps of all others finer.
constexpr std::array<float, 3> parts{1.0f, 0.85f, 0.7f};

/// Candidates for how far the channels are brought to equal size: 0 not at all, 1 wholly.
constexpr std::array<double, 4> balances{0.0, 0.4, 0.7, 1.0};

/// Showers that the range of a single layer is chosen by; the physics is judged by all.
constexpr std::size_t most_showers_for_a_layer = 64;

constexpr std::size_t energy_bins = 10;

/// Showers between two calls of progress.
constexpr std::size_t block = 32;

using Ranges = std::map<std::string, nn::InputRange>;

double shower_error(std::span<const float> expected, std::span<const float> showers,
                    std::size_t cells) {
  double sum = 0;
  std::size_t counted = 0;
  for (std::size_t first = 0; first < expected.size(); first += cells) {
    double difference = 0;
    double norm = 0;
    for (std::size_t i = first; i < first + cells; ++i) {
      const double x = static_cast<double>(expected[i]);
      const double d = static_cast<double>(showers[i]) - x;
      difference += d * d;
      norm += x * x;
    }
    if (norm == 0) continue;  // an empty shower has no relative error
    sum += difference / norm;
    ++counted;
  }
  return counted > 0 ? std::sqrt(sum / static_cast<double>(counted)) : 0.0;
}

double sum_of(std::span<const float> cells) {
  double sum = 0;
  for (const float cell : cells) sum += static_cast<double>(cell);
  return sum;
}

/// Relative deviation of the mean sampling fraction, mean over bins of the energy. Both have the
/// same showers in a bin, so that sums serve for means.
double sampling_fraction_error(std::span<const float> expected, std::span<const float> showers,
                               std::span<const Condition> conditions, std::size_t cells) {
  const auto energy = [](const Condition& c) { return c.energy; };
  const auto [low, high] = std::ranges::minmax(conditions, {}, energy);
  const double width = std::max(static_cast<double>(high.energy - low.energy), 1e-9);
  std::array<double, energy_bins> a{};
  std::array<double, energy_bins> b{};
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const double place = static_cast<double>(conditions[i].energy - low.energy) / width;
    const auto bin = std::min(energy_bins - 1,
                              static_cast<std::size_t>(place * static_cast<double>(energy_bins)));
    const double primary = static_cast<double>(conditions[i].energy);
    a[bin] += sum_of(expected.subspan(i * cells, cells)) / primary;
    b[bin] += sum_of(showers.subspan(i * cells, cells)) / primary;
  }
  double sum = 0;
  int counted = 0;
  for (std::size_t bin = 0; bin < energy_bins; ++bin) {
    if (a[bin] <= 0) continue;
    sum += std::abs(b[bin] / a[bin] - 1);
    ++counted;
  }
  return counted > 0 ? sum / counted : 0.0;
}

/// Relative deviation of the mean energy of a slice, mean over the slices that hold 1 % or more.
double profile_error(std::span<const float> expected, std::span<const float> showers,
                     const std::array<std::int64_t, 3>& grid, std::size_t axis) {
  const auto slices = static_cast<std::size_t>(grid[axis]);
  std::size_t inner = 1;
  for (std::size_t i = axis + 1; i < 3; ++i) inner *= static_cast<std::size_t>(grid[i]);
  std::vector<double> a(slices);
  std::vector<double> b(slices);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    a[i / inner % slices] += static_cast<double>(expected[i]);
    b[i / inner % slices] += static_cast<double>(showers[i]);
  }
  const double total = sum_of(expected);
  double sum = 0;
  int counted = 0;
  for (std::size_t i = 0; i < slices; ++i) {
    if (a[i] < 0.01 * total || a[i] <= 0) continue;
    sum += std::abs(b[i] / a[i] - 1);
    ++counted;
  }
  return counted > 0 ? sum / counted : 0.0;
}

/// A convolution of the lowered graph and how large its input's channels are, as parts of the
/// largest magnitude of a shower's input, root mean square over showers.
struct Candidate {
  std::string name;
  std::vector<double> magnitudes;
};

/// The name of the extra output that holds a layer's input.
std::string probe_name(const std::string& layer) {
  return "input of " + layer;
}

/// The lowered network, with the inputs of its convolutions as further outputs.
GeneratorModel probing_model(const GeneratorModel& model, std::vector<Candidate>& candidates) {
  const GeneratorEngine engine(model, {}, 1, FirstLayers::separate);
  GeneratorModel probe = model;
  probe.graph = engine.lowered();
  const std::vector<bool> final = nn::final_products(engine.lowered());
  // What is composed is no convolution any more.
  const auto head = nn::compose_head(engine.lowered(), GeneratorEngine::largest_group);
  const auto is_convolution = [&](const nn::Node& node) {
    return std::holds_alternative<nn::Conv3d>(node.operation) &&
           (!head || nn::ranges_within(head->parts.body, {{node.name, {}}}).size() == 1);
  };
  for (std::size_t i = 0; i < final.size(); ++i) {
    const nn::Node& node = engine.lowered().nodes()[i];
    if (final[i] || !is_convolution(node)) continue;
    const auto channels = static_cast<std::size_t>(probe.graph.node(node.inputs[0]).shape[0]);
    candidates.push_back({node.name, std::vector<double>(channels)});
    probe.graph.set_output(probe_name(node.name), node.inputs[0]);
  }
  return probe;
}

/// Adds a shower's squared magnitudes; the image is (channels, x, y, z).
void add_magnitudes(const std::vector<float>& image, std::vector<double>& sums) {
  const std::size_t cells = image.size() / sums.size();
  std::vector<double> largest(sums.size());
  for (std::size_t i = 0; i < image.size(); ++i) {
    double& magnitude = largest[i / cells];
    magnitude = std::max(magnitude, std::abs(static_cast<double>(image[i])));
  }
  const double all = *std::ranges::max_element(largest);
  if (all == 0) return;
  for (std::size_t c = 0; c < sums.size(); ++c) sums[c] += largest[c] * largest[c] / (all * all);
}

std::vector<Candidate> measure_inputs(const GeneratorModel& model,
                                      std::span<const Condition> conditions) {
  std::vector<Candidate> candidates;
  const GeneratorModel probe = probing_model(model, candidates);
  nn::CompileOptions as_it_is;
  as_it_is.passes = false;
  GeneratorEngine engine(probe, as_it_is, 1, FirstLayers::separate);
  std::vector<float> shower(static_cast<std::size_t>(model.cells()));
  std::vector<float> image;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    engine.run(conditions.subspan(i, 1), engine.drawn_noise(1, i), shower);
    for (Candidate& candidate : candidates) {
      const std::string name = probe_name(candidate.name);
      for (const nn::Output& output : probe.graph.outputs()) {
        if (output.name != name) continue;
        const nn::Shape& shape = probe.graph.node(output.node).shape;
        image.resize(static_cast<std::size_t>(nn::element_count(shape)));
      }
      engine.plan().get_output(name, image);
      add_magnitudes(image, candidate.magnitudes);
    }
  }
  for (Candidate& candidate : candidates) {
    for (double& sum : candidate.magnitudes) {
      sum = std::sqrt(sum / static_cast<double>(conditions.size()));
    }
  }
  return candidates;
}

/// Channels that hardly matter are not blown up beyond this.
constexpr double least_magnitude = 1e-3;

nn::InputRange input_range(const Candidate& candidate, float part, double balance) {
  nn::InputRange range{part, {}};
  for (const double magnitude : candidate.magnitudes) {
    range.channels.push_back(
        static_cast<float>(std::pow(std::max(magnitude, least_magnitude), balance)));
  }
  return range;
}

class Calibration {
 public:
  Calibration(GeneratorModel& model, std::span<const Condition> conditions, int threads,
              const std::function<void(std::int64_t, std::int64_t)>& progress)
      : model_(model),
        conditions_(conditions),
        few_(conditions.first(std::min(conditions.size(), most_showers_for_a_layer))),
        threads_(threads),
        cells_(static_cast<std::size_t>(model.cells())),
        progress_(progress),
        candidates_(measure_inputs(model, few_)),
        all_(static_cast<std::int64_t>(3 * conditions.size() + candidates_.size() * parts.size() *
                                                                   balances.size() * few_.size())),
        expected_(anything_to_do() ? showers_of(conditions, Precision::f32, {})
                                   : std::vector<float>()) {}

  bool anything_to_do() const { return !candidates_.empty(); }

  std::vector<QuantizedLayer> choose_ranges() {
    std::vector<QuantizedLayer> layers;
    for (const Candidate& candidate : candidates_) layers.push_back(choose_range(candidate));
    return layers;
  }

  QuantizationError evaluate(const Ranges& layers) {
    const std::vector<float> showers = showers_of(conditions_, Precision::int8, layers);
    QuantizationError error;
    error.sampling_fraction_mre = sampling_fraction_error(expected_, showers, conditions_, cells_);
    error.profile_x_mean = profile_error(expected_, showers, model_.grid, 0);
    error.profile_z_mean = profile_error(expected_, showers, model_.grid, 2);
    error.shower = shower_error(expected_, showers, cells_);
    return error;
  }

  /// Whether the check at the start of a generation lets these layers pass.
  bool would_load(const Ranges& layers) const {
    nn::CompileOptions options;
    options.precision = Precision::int8;
    options.ranges = layers;
    GeneratorEngine engine(model_, options, 1);
    return difference_from_f32(model_, engine) <= largest_difference(Precision::int8);
  }

 private:
  std::vector<float> showers_of(std::span<const Condition> conditions, Precision precision,
                                const Ranges& layers) {
    nn::CompileOptions options;
    options.precision = precision;
    options.ranges = layers;
    GeneratorEngine engine(model_, options, threads_);
    std::vector<float> showers(conditions.size() * cells_);
    for (std::size_t first = 0; first < conditions.size(); first += block) {
      const std::size_t count = std::min(block, conditions.size() - first);
      engine.run(conditions.subspan(first, count), engine.drawn_noise(1, first),
                 std::span(showers).subspan(first * cells_, count * cells_));
      done_ += static_cast<std::int64_t>(count);
      progress_(std::min(done_, all_), all_);
    }
    return showers;
  }

  QuantizedLayer choose_range(const Candidate& candidate) {
    QuantizedLayer best{candidate.name, {}, 0, std::numeric_limits<double>::infinity(), true};
    for (const double balance : balances) {
      for (const float part : parts) {
        const nn::InputRange range = input_range(candidate, part, balance);
        const std::vector<float> showers =
            showers_of(few_, Precision::int8, {{candidate.name, range}});
        const std::span<const float> expected(expected_.data(), showers.size());
        const double error = shower_error(expected, showers, cells_);
        if (error < best.error) best = {candidate.name, range, balance, error, true};
      }
    }
    return best;
  }

  GeneratorModel& model_;
  std::span<const Condition> conditions_;
  std::span<const Condition> few_;
  int threads_;
  std::size_t cells_;
  const std::function<void(std::int64_t, std::int64_t)>& progress_;
  std::vector<Candidate> candidates_;
  std::int64_t done_ = 0;
  std::int64_t all_;
  std::vector<float> expected_;
};

Ranges kept_ranges(const std::vector<QuantizedLayer>& layers) {
  Ranges result;
  for (const QuantizedLayer& layer : layers) {
    if (layer.kept) result[layer.name] = layer.range;
  }
  return result;
}

bool within(const QuantizationError& error, const QuantizationLimits& limits) {
  return error.sampling_fraction_mre <= limits.sampling_fraction_mre &&
         error.profile_x_mean <= limits.profile_mean && error.profile_z_mean <= limits.profile_mean;
}

}  // namespace

Quantization quantize(GeneratorModel& model, std::span<const Condition> conditions,
                      const QuantizationLimits& limits, int threads,
                      const std::function<void(std::int64_t, std::int64_t)>& progress) {
  if (!has_instructions(Precision::int8)) {
    throw Error("this processor has no instructions for int8 (AVX-512 VNNI)", {},
                "quantise on one that has them");
  }
  if (conditions.empty())
    throw InputError("there are no showers to calibrate with", {}, "give a file that has some");
  if (!std::ranges::all_of(conditions, [](const Condition& c) { return c.energy > 0; })) {
    throw InputError("a shower to calibrate with has no energy", {},
                     "leave out showers without one");
  }
  Calibration calibration(model, conditions, threads, progress);
  if (!calibration.anything_to_do()) {
    throw Error(
        fmt::format(
            "there is nothing to quantise in '{}': no convolution but the last, which stays "
            "in float32, and those that are one matrix with a dense layer",
            model.card.name),
        {}, "use bf16");
  }
  Quantization result{calibration.choose_ranges(), {}, calibration.evaluate({})};
  for (;;) {
    const Ranges layers = kept_ranges(result.layers);
    if (layers.empty()) {
      throw Error(
          fmt::format("no layer of '{}' can be quantised within the limits", model.card.name), {},
          "use bf16");
    }
    result.error = calibration.evaluate(layers);
    if (within(result.error, limits) && calibration.would_load(layers)) {
      model.card.quantization = layers;
      return result;
    }
    const auto error_if_kept = [](const QuantizedLayer& layer) {
      return layer.kept ? layer.error : -1.0;
    };
    std::ranges::max_element(result.layers, {}, error_if_kept)->kept = false;
  }
}

}  // namespace showergan::gan
