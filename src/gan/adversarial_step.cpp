#include "gan/adversarial_step.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "flow/cell_spectrum.hpp"
#include "gan/cell_likelihood.hpp"
#include "gan/cell_mean.hpp"
#include "gan/checkpoint_content.hpp"
#include "gan/shower_targets.hpp"
#include "gan/told_layers.hpp"
#include "nn/lowering/cut.hpp"

namespace showergan::gan {
namespace {

/// The two networks of a training start from independent weights.
constexpr std::uint64_t discriminator_seed = 0x9E3779B97F4A7C15ULL;

const nn::Graph& discriminator_of(const ModelDefinition& definition) {
  if (!definition.discriminator) {
    throw InputError(fmt::format("the model '{}' has no discriminator", definition.name),
                     definition.file.string(), "adversarial training needs one");
  }
  return *definition.discriminator;
}

void store_parameters(const std::string& name, const nn::Parameters& parameters,
                      Checkpoint& checkpoint) {
  checkpoint.arrays[name + "/trainable"] = parameters.trainable;
  checkpoint.arrays[name + "/statistics"] = parameters.statistics;
}

void restore_parameters(const std::string& name, nn::Parameters& parameters,
                        const Checkpoint& checkpoint) {
  copy_array(checkpoint, name + "/trainable", parameters.trainable);
  copy_array(checkpoint, name + "/statistics", parameters.statistics);
}

bool finite(const PassLosses& losses) {
  return std::isfinite(losses.total);
}

/// Names of losses among StepResult::own, beside outputs of the generator.
const std::string kLikelihood = "likelihood";
const std::string kMean = "mean_energy";
const std::string kProfile = "profile";

/// What the generator needs for one of its outputs, which has the name of its node there.
nn::Graph part_for(const nn::Graph& graph, const std::string& output) {
  return nn::cut_behind(graph, std::ranges::find(graph.outputs(), output, &nn::Output::name)->node)
      .head;
}

/// Throws InputError if what the recipe asks of the generator does not fit.
const nn::Graph& generator_of(const Recipe& recipe, const ModelDefinition& definition) {
  const nn::Graph& graph = definition.adversary();
  if (definition.layers && (recipe.data.scale != 1 || recipe.data.power != 1)) {
    throw InputError("cells are scaled or raised to a power",
                     "the layers of the model are drawn in GeV",
                     "set data.scale and data.power to 1");
  }
  if (definition.layers && recipe.fake_conditions != "data") {
    throw InputError("generated showers have other conditions than those of the data",
                     "the generator is told the layers of Monte Carlo showers",
                     "set train.fake_conditions to data");
  }
  for (const auto& [name, weight] : recipe.generator_losses) {
    const auto output = std::ranges::find(graph.outputs(), name, &nn::Output::name);
    if (output == graph.outputs().end()) {
      throw InputError(fmt::format("the generator has no output '{}'", name), "generator_losses");
    }
    const std::int64_t size = nn::element_count(graph.node(output->node).shape);
    if (size == 1) continue;
    throw InputError(fmt::format("a loss is asked of the generator's output '{}'", name),
                     fmt::format("it has {} numbers per shower", size), "a loss is one number");
  }
  if (recipe.profile && recipe.fake_conditions != "data") {
    throw InputError("generated showers have other conditions than those of the data",
                     "[profile] compares them with Monte Carlo showers of the same energies",
                     "set train.fake_conditions to data, or leave out the table");
  }
  if (recipe.profile && (recipe.data.scale != 1 || recipe.data.power != 1)) {
    throw InputError("cells are scaled or raised to a power", "[profile] compares them in GeV",
                     "set data.scale and data.power to 1, or leave out the table");
  }
  if (recipe.profile && definition.conditions[energy_place(definition.conditions)].low <= 0) {
    throw InputError("the model's energies begin at 0",
                     "[profile] compares classes of their logarithm",
                     "give the condition a range above 0, or leave out the table");
  }
  for (const std::string& name : {kLikelihood, kMean, kProfile}) {
    if (!recipe.generator_losses.contains(name)) continue;
    throw InputError(fmt::format("an output '{}' is to become small", name), "generator_losses",
                     "that is the name of another loss: rename the output");
  }
  if (!recipe.start) return graph;
  if (recipe.data.scale != 1 || recipe.data.power != 1) {
    throw InputError("cells are scaled or raised to a power", "the start compares them in GeV",
                     "set data.scale and data.power to 1, or leave out the table [start]");
  }
  if (recipe.start->weight > 0 && recipe.fake_conditions != "data") {
    throw InputError("generated showers have other conditions than those of the data",
                     "start.weight compares them with Monte Carlo showers",
                     "set train.fake_conditions to data, or start.weight to 0");
  }
  const Grid grid = definition.grid();
  const nn::Shape wanted = {flow::CellSpectrum::numbers, grid.nx, grid.ny, grid.nz};
  const auto output = std::ranges::find(graph.outputs(), recipe.start->output, &nn::Output::name);
  if (output == graph.outputs().end() || graph.node(output->node).shape != wanted) {
    throw InputError(fmt::format("the generator has no output '{}' of shape ({})",
                                 recipe.start->output, fmt::join(wanted, ", ")),
                     "start.output", "name such an output, or leave out the table [start]");
  }
  return graph;
}

template <class T>
std::span<const T> part(const std::vector<T>& values, const Shard& shard, std::int64_t width = 1) {
  return std::span(values).subspan(static_cast<std::size_t>(shard.first * width),
                                   static_cast<std::size_t>(shard.count * width));
}

}  // namespace

struct AdversarialStep::Images {
  std::vector<std::uint64_t> numbers;  ///< (n) of StepRandom
  std::vector<float> cells;            ///< (n, cells); empty until they are generated
  std::vector<float> conditions;       ///< (n, conditions)
  std::vector<float> labels;           ///< (n)
  std::vector<float> cell_sums;        ///< (n)
  ToldLayers layers;                   ///< empty unless there is a decoder
  std::span<const float> truth;        ///< (n, cells) of the showers whose layers those are

  std::int64_t size() const { return static_cast<std::int64_t>(numbers.size()); }
};

bool StepResult::finite() const {
  return gan::finite(real) && gan::finite(fake) && gan::finite(generator) &&
         std::isfinite(discriminator_gradient) && std::isfinite(generator_gradient);
}

AdversarialStep::AdversarialStep(const Recipe& recipe, const ModelDefinition& definition,
                                 int threads, Pinning pinning)
    : recipe_(recipe),
      conditions_(definition.conditions),
      cells_(definition.grid().cells()),
      team_(threads, std::move(pinning)),
      generator_(generator_of(recipe, definition),
                 nn::initial_parameters(definition.adversary(), recipe.seed), threads,
                 available_precision(recipe.precision)),
      discriminator_(
          discriminator_of(definition),
          nn::initial_parameters(discriminator_of(definition), recipe.seed + discriminator_seed),
          threads, available_precision(recipe.precision)),
      generator_learner_(recipe.generator, generator_.graph()),
      discriminator_learner_(recipe.discriminator, discriminator_.graph()),
      loss_(recipe.losses, discriminator_.graph(), definition.conditions),
      random_(recipe.seed, definition.adversary(), definition.conditions) {
  if (definition.layers) layers_ = layer_code(*definition.layers, definition.grid());
  if (recipe.start) {
    start_learner_.emplace(recipe.start->optimizer, generator_.graph());
    spectra_.emplace(part_for(generator_.graph(), recipe.start->output), generator_.parameters(),
                     threads, generator_.precision());
  }
  if (recipe.profile) {
    profile_.emplace(*recipe.profile, definition.grid(),
                     conditions_[energy_place(definition.conditions)]);
  }
  discriminator_conditions_ = discriminator_.graph().find("condition").has_value();
  for (const LossTerm& term : recipe_.losses) {
    if (term.target == Target::cell_sum) cell_sum_ = &term;
  }
  // These never hold something at the same time; only the generator's own learning does, while the
  // discriminator judges.
  std::vector<std::shared_ptr<nn::Arena>> shared;
  for (int t = 0; t < threads; ++t) shared.push_back(std::make_shared<nn::Arena>());
  discriminator_.share_memory(nn::Mode::train_weights, shared);
  discriminator_.share_memory(nn::Mode::train_inputs, shared);
  generator_.share_memory(nn::Mode::infer, shared);
  if (spectra_) spectra_->share_memory(nn::Mode::train_weights, shared);
  if (recipe.average > 0) {
    average_ = Average{training::MovingAverage(recipe.average),
                       training::MovingAverage(recipe.average), generator_.parameters()};
  }
}

std::int64_t AdversarialStep::plan_bytes() const {
  std::set<std::shared_ptr<nn::Arena>> different;
  std::vector<const ShardedNetwork*> networks = {&generator_, &discriminator_};
  if (spectra_) networks.push_back(&*spectra_);
  for (const ShardedNetwork* network : networks) {
    for (const auto& arena : network->arenas()) different.insert(arena);
  }
  std::size_t bytes = 0;
  for (const auto& arena : different) bytes += arena->bytes();
  return static_cast<std::int64_t>(bytes);
}

const nn::Parameters& AdversarialStep::generator_parameters() const noexcept {
  return average_ ? average_->parameters : generator_.parameters();
}

AdversarialStep::Images AdversarialStep::real_images(const TrainingBatch& batch) const {
  Images images;
  images.numbers = StepRandom::numbers(Pass::real, batch.index);
  images.cells = batch.showers.cells;
  images.conditions = conditions_of(batch.showers, conditions_);
  images.labels = random_.labels(1, recipe_.label_flips, images.numbers);
  images.cell_sums = cell_sums(batch.showers);
  return images;
}

AdversarialStep::Images AdversarialStep::expected_images(const TrainingBatch& batch,
                                                         const ToldLayers& layers, Pass pass,
                                                         float label, double flips) const {
  Images images;
  images.numbers = StepRandom::numbers(pass, batch.index);
  images.conditions = recipe_.fake_conditions == "data" ? conditions_of(batch.showers, conditions_)
                                                        : random_.conditions(images.numbers);
  images.labels = random_.labels(label, flips, images.numbers);
  images.layers = layers;
  images.truth = batch.showers.cells;
  if (!cell_sum_) return images;
  if (cell_sum_->polynomial.empty()) {
    images.cell_sums = cell_sums(batch.showers);
    return images;
  }
  const std::size_t energy = energy_place(conditions_);
  for (std::size_t i = 0; i < images.numbers.size(); ++i) {
    const auto e = static_cast<double>(images.conditions[i * conditions_.size() + energy]);
    images.cell_sums.push_back(
        static_cast<float>(recipe_.data.scale * expected_cell_sum(*cell_sum_, e)));
  }
  return images;
}

void AdversarialStep::compile(std::int64_t batch) {
  const std::vector<Shard> shards = split_batch(batch, team_.size());
  if (spectra_) spectra_->compile(nn::Mode::train_weights, shards);
  generator_.compile(nn::Mode::infer, shards);
  generator_.compile(nn::Mode::train_weights, shards);
  discriminator_.compile(nn::Mode::train_weights, shards);
  discriminator_.compile(nn::Mode::train_inputs, shards);
}

StepResult AdversarialStep::run(const TrainingBatch& batch, const TrainingPosition& whole) {
  SHOWERGAN_EXPECT(batch.showers.size() > 0);
  const std::vector<Shard> shards = split_batch(batch.showers.size(), team_.size());
  const std::int64_t alone = recipe_.start ? recipe_.start->steps : 0;
  if (whole.step < alone) {
    return start(batch, shards, {whole.step, whole.steps_per_epoch, alone});
  }
  if (alone > 0 && whole.step == alone && average_) {
    generator_.change() = average_->parameters;  // the adversarial part begins with the average
  }
  // Rates count from the begin of the part.
  const TrainingPosition position = {whole.step - alone, whole.steps_per_epoch,
                                     whole.steps - alone};
  StepResult result;
  result.discriminator_rate = discriminator_learner_.rate(position);
  result.generator_rate = generator_learner_.rate(position);

  const ToldLayers layers = layers_ ? tell_layers(batch.showers, *layers_, team_) : ToldLayers{};
  Images fake = expected_images(batch, layers, Pass::fake, 0, recipe_.label_flips);
  generate(fake, shards);
  result.images = check_images(fake.cells, fake.size());
  if (profile_) {
    result.own[kProfile] =
        profile_->observe(fake.truth, fake.cells, energies(fake, {0, fake.size()}));
  }
  result.real = update_discriminator(real_images(batch), shards, position, result);
  result.fake = update_discriminator(fake, shards, position, result);

  result.generator.terms.assign(loss_.size(), 0.0);
  if (position.step < recipe_.discriminator_first) return result;
  for (int update = 0; update < recipe_.generator_updates; ++update) {
    const Images wanted = expected_images(batch, layers, generator_pass(update), 1, 0);
    const PassLosses losses = update_generator(wanted, shards, position, result);
    for (std::size_t t = 0; t < loss_.size(); ++t) {
      result.generator.terms[t] += losses.terms[t] / recipe_.generator_updates;
    }
  }
  result.generator.total = loss_.total(result.generator.terms);
  return result;
}

void AdversarialStep::set_generator_inputs(const nn::Graph& graph, nn::Plan& plan,
                                           const Images& images, const Shard& shard,
                                           Noise noise) const {
  const auto width = static_cast<std::int64_t>(conditions_.size());
  if (graph.find("condition")) {  // a decoder may do without
    plan.set_input("condition", part(images.conditions, shard, width));
  }
  const std::vector<StepRandom::NoiseInput>& inputs = random_.noise_inputs();
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!graph.find(inputs[i].name)) continue;
    std::vector<float> values = random_.noise(i, part(images.numbers, shard));
    if (noise == Noise::none) std::ranges::fill(values, 0.0f);
    plan.set_input(inputs[i].name, values);
  }
  if (!layers_) return;
  const std::int64_t n = layers_->layers();
  if (graph.find("layer_energy")) {
    plan.set_input("layer_energy", part(images.layers.energy, shard, n));
  }
  if (graph.find("layer_shape")) {
    plan.set_input("layer_shape", part(images.layers.shape, shard, 4 * n));
  }
}

void AdversarialStep::set_discriminator_inputs(nn::Plan& plan, const Images& images,
                                               const Shard& shard,
                                               std::span<const float> cells) const {
  plan.set_input("image", cells);
  if (!discriminator_conditions_) return;
  plan.set_input("condition",
                 part(images.conditions, shard, static_cast<std::int64_t>(conditions_.size())));
}

void AdversarialStep::apply_own_losses(nn::Plan& generator, const Images& images,
                                       const Shard& shard,
                                       std::map<std::string, double>& sums) const {
  std::vector<float> values(static_cast<std::size_t>(shard.count));
  const auto batch = static_cast<double>(images.size());
  for (const auto& [name, weight] : recipe_.generator_losses) {
    generator.get_output(name, values);
    for (const float value : values) sums[name] += static_cast<double>(value) / batch;
    std::ranges::fill(values, static_cast<float>(weight / batch));
    generator.set_output_gradient(name, values);
  }
}

void AdversarialStep::update_average() {
  if (!average_) return;
  average_->weights.update(average_->parameters.trainable, generator_.parameters().trainable);
  average_->statistics.update(average_->parameters.statistics, generator_.parameters().statistics);
}

AdversarialStep::StartLosses AdversarialStep::apply_start_losses(nn::Plan& plan,
                                                                 const Images& images,
                                                                 const Shard& shard) const {
  const std::string& output = recipe_.start->output;
  std::vector<float> numbers(
      static_cast<std::size_t>(shard.count * cells_ * flow::CellSpectrum::numbers));
  plan.get_output(output, numbers);
  std::vector<float> gradient(numbers.size());
  const double share = static_cast<double>(shard.count) / static_cast<double>(images.size());
  const auto truth = images.truth.subspan(static_cast<std::size_t>(shard.first * cells_),
                                          static_cast<std::size_t>(shard.count * cells_));
  StartLosses losses;
  losses.likelihood = share * cell_likelihood(truth, numbers, shard.count, gradient);
  if (recipe_.start->mean > 0) {
    losses.mean =
        share * cell_mean_deviance(truth, numbers, shard.count, recipe_.start->mean, gradient);
  }
  for (float& value : gradient) value *= static_cast<float>(share);
  plan.set_output_gradient(output, gradient);
  return losses;
}

/// Noise that the spectra depend on is 0: the likelihood of a cell is that of the spectrum without
/// what its neighbours' noise adds.
std::span<float> AdversarialStep::start_gradient(const Images& images,
                                                 std::span<const Shard> shards,
                                                 std::map<std::string, double>& own) {
  constexpr nn::Mode mode = nn::Mode::train_weights;
  const int members = static_cast<int>(shards.size());
  spectra_->change() = generator_.parameters();
  spectra_->prepare(mode, shards);
  std::vector<StartLosses> losses(shards.size());
  team_.run(members, [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    nn::Plan& plan = spectra_->plan(mode, member, shard);
    const nn::PreparedWeights& weights = spectra_->weights(mode, shard);
    TeamHooks hooks(team_, member);
    set_generator_inputs(spectra_->graph(), plan, images, shard, Noise::none);
    plan.forward(weights, {~random_.seed(), part(images.numbers, shard)}, &hooks);
    losses[static_cast<std::size_t>(member)] = apply_start_losses(plan, images, shard);
    plan.backward(weights, spectra_->gradients(member), &hooks);
  });
  for (const StartLosses& of_member : losses) {
    own[kLikelihood] += of_member.likelihood;
    if (recipe_.start->mean > 0) own[kMean] += of_member.mean;
  }
  return spectra_->sum_gradients(members);
}

/// As in the updates of the generator, the layers and conditions are those of the batch; each cell
/// is compared with the same shower's.
StepResult AdversarialStep::start(const TrainingBatch& batch, std::span<const Shard> shards,
                                  const TrainingPosition& position) {
  StepResult result;
  result.generator_rate = start_learner_->rate(position);
  Images images;
  images.numbers = StepRandom::numbers(Pass::start, batch.index);
  images.conditions = conditions_of(batch.showers, conditions_);
  if (layers_) images.layers = tell_layers(batch.showers, *layers_, team_);
  images.truth = batch.showers.cells;
  const std::span<float> gradient = start_gradient(images, shards, result.own);
  result.generator_gradient = start_learner_->learn(generator_, gradient, position);
  spectra_->plan(nn::Mode::train_weights, 0, shards[0]).update_statistics(generator_.change());
  update_average();
  result.real.terms = result.fake.terms = result.generator.terms =
      std::vector<double>(loss_.size());
  result.generator.total = result.own[kLikelihood];
  if (recipe_.start->mean > 0) result.generator.total += recipe_.start->mean * result.own[kMean];
  return result;
}

std::vector<double> AdversarialStep::energies(const Images& images, const Shard& shard) const {
  const std::size_t width = conditions_.size();
  const std::span<const float> rows =
      part(images.conditions, shard, static_cast<std::int64_t>(width));
  std::vector<double> result;
  for (std::size_t i = energy_place(conditions_); i < rows.size(); i += width) {
    result.push_back(static_cast<double>(rows[i]));
  }
  return result;
}

Expectation AdversarialStep::expectation(const Images& images, const Shard& shard,
                                         bool generator) const {
  Expectation expectation;
  expectation.labels = part(images.labels, shard);
  expectation.conditions =
      part(images.conditions, shard, static_cast<std::int64_t>(conditions_.size()));
  if (cell_sum_) expectation.cell_sums = part(images.cell_sums, shard);
  expectation.generator = generator;
  return expectation;
}

PassLosses AdversarialStep::sum_losses(std::span<const std::vector<double>> sums) const {
  PassLosses losses;
  losses.terms.assign(loss_.size(), 0.0);
  for (const std::vector<double>& of_member : sums) {
    for (std::size_t t = 0; t < loss_.size(); ++t) losses.terms[t] += of_member[t];
  }
  losses.total = loss_.total(losses.terms);
  return losses;
}

void AdversarialStep::generate(Images& images, std::span<const Shard> shards) {
  generator_.prepare(nn::Mode::infer, shards);
  images.cells.resize(static_cast<std::size_t>(images.size() * cells_));
  team_.run(static_cast<int>(shards.size()), [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    nn::Plan& plan = generator_.plan(nn::Mode::infer, member, shard);
    set_generator_inputs(generator_.graph(), plan, images, shard);
    plan.forward(generator_.weights(nn::Mode::infer, shard));
    plan.get_output("shower", std::span(images.cells)
                                  .subspan(static_cast<std::size_t>(shard.first * cells_),
                                           static_cast<std::size_t>(shard.count * cells_)));
  });
}

PassLosses AdversarialStep::update_discriminator(const Images& images,
                                                 std::span<const Shard> shards,
                                                 const TrainingPosition& position,
                                                 StepResult& result) {
  constexpr nn::Mode mode = nn::Mode::train_weights;
  const int members = static_cast<int>(shards.size());
  discriminator_.prepare(mode, shards);
  std::vector<std::vector<double>> sums(shards.size(), std::vector<double>(loss_.size()));
  team_.run(members, [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    const nn::PreparedWeights& weights = discriminator_.weights(mode, shard);
    nn::Plan& plan = discriminator_.plan(mode, member, shard);
    TeamHooks hooks(team_, member);
    set_discriminator_inputs(plan, images, shard, part(images.cells, shard, cells_));
    plan.forward(weights, {random_.seed(), part(images.numbers, shard)}, &hooks);
    loss_.apply(plan, expectation(images, shard, false), images.size(),
                sums[static_cast<std::size_t>(member)]);
    plan.backward(weights, discriminator_.gradients(member), &hooks);
  });
  const double norm =
      discriminator_learner_.learn(discriminator_, discriminator_.sum_gradients(members), position);
  discriminator_.plan(mode, 0, shards[0]).update_statistics(discriminator_.change());
  // std::max would lose a norm that is not a number.
  if (!(norm <= result.discriminator_gradient)) result.discriminator_gradient = norm;
  return sum_losses(sums);
}

PassLosses AdversarialStep::update_generator(const Images& images, std::span<const Shard> shards,
                                             const TrainingPosition& position, StepResult& result) {
  constexpr nn::Mode learning = nn::Mode::train_weights;
  constexpr nn::Mode judging = nn::Mode::train_inputs;
  const int members = static_cast<int>(shards.size());
  generator_.prepare(learning, shards);
  discriminator_.prepare(judging, shards);
  std::vector<std::vector<double>> sums(shards.size(), std::vector<double>(loss_.size()));
  std::vector<std::map<std::string, double>> own(shards.size());
  team_.run(members, [&](int member) {
    const Shard& shard = shards[static_cast<std::size_t>(member)];
    nn::Plan& generator = generator_.plan(learning, member, shard);
    nn::Plan& discriminator = discriminator_.plan(judging, member, shard);
    const nn::PreparedWeights& generator_weights = generator_.weights(learning, shard);
    const nn::PreparedWeights& discriminator_weights = discriminator_.weights(judging, shard);
    TeamHooks hooks(team_, member);
    std::vector<float> cells(static_cast<std::size_t>(shard.count * cells_));
    set_generator_inputs(generator_.graph(), generator, images, shard);
    // A generator that drops out has its own masks.
    generator.forward(generator_weights, {~random_.seed(), part(images.numbers, shard)}, &hooks);
    generator.get_output("shower", cells);
    set_discriminator_inputs(discriminator, images, shard, cells);
    discriminator.forward(discriminator_weights, {random_.seed(), part(images.numbers, shard)},
                          &hooks);
    loss_.apply(discriminator, expectation(images, shard, true), images.size(),
                sums[static_cast<std::size_t>(member)]);
    discriminator.backward(discriminator_weights, {}, &hooks);
    discriminator.get_input_gradient("image", cells);
    if (profile_) {
      profile_->add_gradient(energies(images, shard), images.size() * cells_, cells);
    }
    generator.set_output_gradient("shower", cells);
    apply_own_losses(generator, images, shard, own[static_cast<std::size_t>(member)]);
    generator.backward(generator_weights, generator_.gradients(member), &hooks);
  });
  const std::span<float> gradient = generator_.sum_gradients(members);
  if (recipe_.start && recipe_.start->weight > 0) {
    const std::span<const float> beside = start_gradient(images, shards, own.front());
    const auto weight = static_cast<float>(recipe_.start->weight);
    for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] += weight * beside[i];
  }
  const double norm = generator_learner_.learn(generator_, gradient, position);
  generator_.plan(learning, 0, shards[0]).update_statistics(generator_.change());
  discriminator_.plan(judging, 0, shards[0]).update_statistics(discriminator_.change());
  update_average();
  for (const auto& one : own) {
    for (const auto& [name, value] : one) result.own[name] += value / recipe_.generator_updates;
  }
  if (!(norm <= result.generator_gradient)) result.generator_gradient = norm;
  return sum_losses(sums);
}

void AdversarialStep::store(Checkpoint& checkpoint) const {
  store_parameters("generator", generator_.parameters(), checkpoint);
  store_parameters("discriminator", discriminator_.parameters(), checkpoint);
  generator_learner_.store("generator", checkpoint);
  discriminator_learner_.store("discriminator", checkpoint);
  if (start_learner_) start_learner_->store("start", checkpoint);
  if (profile_) profile_->store("profile", checkpoint);
  if (!average_) return;
  store_parameters("average", average_->parameters, checkpoint);
  checkpoint.counters["average/updates"] = average_->weights.updates();
}

void AdversarialStep::restore(const Checkpoint& checkpoint) {
  restore_parameters("generator", generator_.change(), checkpoint);
  restore_parameters("discriminator", discriminator_.change(), checkpoint);
  generator_learner_.restore("generator", checkpoint);
  discriminator_learner_.restore("discriminator", checkpoint);
  if (start_learner_) start_learner_->restore("start", checkpoint);
  if (profile_) profile_->restore("profile", checkpoint);
  if (!average_) return;
  restore_parameters("average", average_->parameters, checkpoint);
  const std::int64_t updates = counter_of(checkpoint, "average/updates");
  average_->weights.set_updates(updates);
  average_->statistics.set_updates(updates);
}

}  // namespace showergan::gan
