#include "gan/trainer.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/atomic_file.hpp"
#include "base/interrupt.hpp"
#include "base/process_identity.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "gan/adversarial_step.hpp"
#include "gan/checkpoint_content.hpp"
#include "gan/divergence.hpp"
#include "gan/history.hpp"
#include "gan/layer_training.hpp"
#include "gan/resume_check.hpp"
#include "gan/run_folder.hpp"
#include "gan/sample_showers.hpp"
#include "gan/trained_model.hpp"
#include "gan/validation.hpp"
#include "model/definition.hpp"
#include "model/model_file.hpp"
#include "model/read_file.hpp"
#include "store/checkpoint_folder.hpp"
#include "store/training_data.hpp"

namespace showergan::gan {
namespace {

class Stopwatch {
 public:
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// The user wanted the training to stop, and the state is saved.
class Interruption : public Error {
 public:
  using Error::Error;
};

TrainingDataOptions data_options(const TrainOptions& options, int threads) {
  const DataRecipe& recipe = options.recipe.data;
  TrainingDataOptions data;
  data.files = options.files;
  data.seed = options.recipe.seed;
  data.validation = recipe.validation;
  data.batch = options.recipe.batch;
  data.threshold = static_cast<float>(recipe.threshold);
  data.least_sum = recipe.least_sum;
  data.scale = static_cast<float>(recipe.scale);
  data.power = static_cast<float>(recipe.power);
  data.symmetries = recipe.symmetries == "all";
  data.memory = recipe.memory << 20;
  data.threads = threads;
  data.quiet = options.quiet;
  return data;
}

std::string text_of(const Grid& grid) {
  return fmt::format("{}×{}×{}", grid.nx, grid.ny, grid.nz);
}

/// Throws InputError if there is nothing to judge the flow of the layers by.
void check_layers(const ModelDefinition& definition, const TrainingData& data) {
  if (!definition.layers || data.validation_size() > 0) return;
  throw InputError("no showers are held out",
                   fmt::format("the layers of the model '{}' are learnt until those are described "
                               "worse",
                               definition.name),
                   "set data.validation above 0, or give more showers");
}

/// The definition, if the showers are what its model makes and know what it is told.
const ModelDefinition& fitting(const ModelDefinition& definition, const TrainingData& data) {
  if (definition.grid() != data.grid()) {
    throw InputError(fmt::format("the showers have {} cells, but the model '{}' makes {}",
                                 text_of(data.grid()), definition.name, text_of(definition.grid())),
                     {}, "train another model, or on other files");
  }
  check_layers(definition, data);
  for (const ConditionRange& condition : definition.conditions) {
    if ((condition.name == "theta" && !data.has_theta()) ||
        (condition.name == "phi" && !data.has_phi())) {
      throw InputError(fmt::format("the showers have no '{}'", condition.name),
                       fmt::format("the model '{}' is told it", definition.name),
                       "give files that hold it");
    }
  }
  if (data.has_theta() && std::ranges::none_of(definition.conditions, [](const ConditionRange& c) {
        return c.name == "theta";
      })) {
    throw InputError("the showers are of a variable angle",
                     fmt::format("the model '{}' is not told it", definition.name),
                     "train a model with the condition theta, such as 3dgan-angle");
  }
  return definition;
}

class Trainer {
 public:
  explicit Trainer(const TrainOptions& options)
      : options_(options),
        recipe_(options.recipe),
        threads_(recipe_.threads > 0 ? recipe_.threads : available_cores()),
        pinning_(options.pin ? Pinning(threads_) : Pinning()),
        definition_(find_definition(recipe_.model)),
        definition_text_(read_file(definition_.file, "model definition")),
        data_(data_options(options, threads_)),
        step_(recipe_, fitting(definition_, data_), threads_, pinning_),
        divergence_(recipe_.patience),
        folder_(options.folder, options.resume),
        checkpoints_(folder_.checkpoints(), static_cast<int>(recipe_.checkpoint_keep)) {
    validation_.emplace(recipe_, definition_, data_, threads_, options.pin);
    if (options.resume) resume();
    write_file(folder_.recipe(), to_toml(recipe_));
    history_.emplace(folder_.history(), done_);
    samples_.emplace(recipe_, definition_, data_, folder_.samples(), epochs_begun());
  }

  /// Trains; how it ended is in the history and the log.
  void run() {
    history_->write(RunStart{done_, total_steps(), per_epoch(), data_.size(),
                             data_.validation_size(), threads_, own_identity().host});
    try {
      learn();
    } catch (const Interruption& error) {
      tell_end(Ending::interrupted, error.what());
      throw;
    } catch (const DivergenceError& error) {
      tell_end(Ending::diverged, error.what());
      throw;
    } catch (const std::exception& error) {
      tell_end(Ending::failed, error.what());
      throw;
    }
  }

 private:
  void learn() {
    describe();
    if (definition_.layers && flow_.empty()) learn_layers();
    const std::int64_t total = total_steps();
    make_up_for_validation();
    if (done_ < total) data_.seek(done_ / per_epoch(), done_ % per_epoch());
    while (done_ < total) {
      run_epoch(std::min(total, (done_ / per_epoch() + 1) * per_epoch()));
    }
    if (divergence_.suspicious() > 0) {
      folder_.warn(fmt::format("the images of the last {} steps are empty or identical",
                               divergence_.suspicious()));
    }
    const std::string text = fmt::format("done: {} steps in {:.0f} s; the best generator is {}",
                                         done_, seconds_, folder_.generator().string());
    say(text);
    history_->write_end(done_, Ending::done, text);
  }

  /// What the decoder is told, before the decoder learns.
  void learn_layers() {
    Stopwatch watch;
    ThreadTeam team(threads_, pinning_);
    Progress progress("epochs of the layers", recipe_.layers.epochs, options_.quiet);
    layers::LearntLayerFlow learnt = train_layers(definition_, recipe_, data_, team,
                                                  [&](int epoch) { progress.update(epoch + 1); });
    progress.finish();
    flow_ = std::move(learnt.parameters);
    save_always();  // so that it need not be learnt again
    say(fmt::format(
        "layers: minus the log density {:.3f} of widths, and {:.3f} per number of all (0.5 is "
        "normal) after epoch {} of {}, {:.0f} s",
        learnt.width_loss, learnt.validation_loss[static_cast<std::size_t>(learnt.best_epoch)],
        learnt.best_epoch + 1, learnt.validation_loss.size(), watch.lap()));
  }

  /// For those who look at the folder later; the user is told by whoever catches the error.
  void tell_end(Ending ending, const std::string& text) {
    try {
      history_->write_end(done_, ending, text);
      folder_.say(fmt::format("{}: {}", name_of(ending), text), true);
    } catch (const Error&) {  // the disk is full: the error that ended the training counts
    }
  }

  std::int64_t per_epoch() const { return data_.batches_per_epoch(); }

  std::int64_t epochs_begun() const { return (done_ + per_epoch() - 1) / per_epoch(); }

  std::int64_t total_steps() const {
    const std::int64_t all = recipe_.epochs * per_epoch();
    return recipe_.steps > 0 ? std::min(all, recipe_.steps) : all;
  }

  void say(const std::string& line) { folder_.say(line, options_.quiet); }

  void describe() {
    std::string files;
    for (const auto& file : options_.files) files += " " + file.string();
    folder_.say(fmt::format("showergan {}, data:{}", SHOWERGAN_VERSION, files), true);
    say(fmt::format("{}: {} showers to train on, {} to validate with, {} cells", definition_.name,
                    data_.size(), data_.validation_size(), text_of(data_.grid())));
    if (data_.left_out() > 0) {
      say(fmt::format("{} shower{} below {:g} GeV left out", data_.left_out(),
                      data_.left_out() == 1 ? "" : "s", recipe_.data.least_sum));
    }
    compile();
    say(fmt::format(
        "{} steps of {} showers, {} per epoch; {} thread{}; at most {} MB for showers, {} MB for "
        "the networks",
        total_steps(), recipe_.batch, per_epoch(), threads_, threads_ == 1 ? "" : "s",
        data_.memory_bound() / 1'000'000, (step_.plan_bytes() + 999'999) / 1'000'000));
    if (recipe_.validation_every > 0 && !validation_->possible()) {
      say("no showers to validate with: the latest generator counts as the best");
    }
    if (recipe_.precision != step_.precision()) {
      say(fmt::format("this processor has no instructions for {}; training in {}",
                      name_of(recipe_.precision), name_of(step_.precision())));
    }
    if (recipe_.start && recipe_.start->steps >= total_steps()) {
      folder_.warn(
          "the training ends before the discriminator begins: start.steps is not below "
          "the number of steps");
    }
    warn_of_energies();
  }

  /// For the sizes of batches that will come, so that what they take is known at the start.
  void compile() {
    const std::int64_t left = total_steps() - done_;
    if (left <= 0) return;
    const std::int64_t partial = data_.size() % recipe_.batch;
    const std::int64_t to_epoch_end = per_epoch() - done_ % per_epoch();
    if (data_.size() >= recipe_.batch) step_.compile(recipe_.batch);
    if (partial > 0 && left >= to_epoch_end) step_.compile(partial);
  }

  void warn_of_energies() {
    const auto [low, high] = data_.energy_range();
    for (const ConditionRange& range : definition_.conditions) {
      if (range.name != "energy" || (low >= range.low && high <= range.high)) continue;
      folder_.warn(
          fmt::format("the showers have energies from {:g} to {:g} GeV, the model is made "
                      "for {:g} to {:g}",
                      low, high, range.low, range.high));
    }
  }

  /// Steps up to `end`, which are of one epoch, and what is due after them.
  void run_epoch(std::int64_t end) {
    const std::int64_t epoch = done_ / per_epoch();
    const std::int64_t first = done_;
    const double waited = data_.waited();
    const double seconds = seconds_;
    std::int64_t showers = 0;
    {
      Progress progress(fmt::format("steps of epoch {}", epoch + 1), end - first, options_.quiet);
      while (done_ < end) {
        showers += run_step();
        progress.update(done_ - first);
        if (interrupted() || done_ == end) break;
        const bool due = recipe_.checkpoint_every > 0 && done_ % recipe_.checkpoint_every == 0;
        if (take_save_request()) {
          save_always();
          say(fmt::format("saved after step {}, as asked", done_));
        } else if (due) {
          save();
        }
      }
    }
    if (done_ < end) stop_here();
    EpochSummary summary;
    summary.step = done_;
    summary.epoch = epoch + 1;
    const double took = std::max(seconds_ - seconds, 1e-9);
    summary.showers_per_second = static_cast<double>(showers) / took;
    summary.waiting = (data_.waited() - waited) / took;
    finish_epoch(summary);
    if (interrupted() && done_ < total_steps()) stop_here();
  }

  /// An epoch has ended, but the process before this one did not get to the end of its validation.
  void make_up_for_validation() {
    const bool at_end = done_ > 0 && (done_ % per_epoch() == 0 || done_ == total_steps());
    if (!at_end || history_->last_epoch_step() == done_) return;
    EpochSummary summary;
    summary.step = done_;
    summary.epoch = epochs_begun();
    finish_epoch(summary);
    if (interrupted() && done_ < total_steps()) stop_here();
  }

  /// One step; gives the number of showers.
  std::int64_t run_step() {
    Stopwatch watch;
    const double waited = data_.waited();
    const TrainingBatch batch = next_batch();
    const StepResult result =
        step_.run(batch, {done_, static_cast<double>(per_epoch()), total_steps()});
    ++done_;
    metrics_.clear();
    const double seconds = watch.lap();
    seconds_ += seconds;
    history_->write({done_, batch.epoch, batch.showers.size(), seconds, data_.waited() - waited},
                    result, step_.loss());
    divergence_.check(done_, result);
    last_ = result;
    return batch.showers.size();
  }

  /// Showers that cannot be read end the training; what it has done until then is kept.
  TrainingBatch next_batch() {
    try {
      return data_.next();
    } catch (const Error&) {
      save();
      throw;
    }
  }

  /// The state is saved first: whatever goes wrong with models and validation, the epoch is kept.
  void finish_epoch(EpochSummary& summary) {
    if (done_ == total_steps()) {
      save_always();
    } else {
      save();
    }
    save_model(generator(), folder_.last(), true);
    samples_->write(folder_.last(), summary.epoch);
    const bool validate = validation_->possible() &&
                          (summary.epoch % recipe_.validation_every == 0 || done_ == total_steps());
    if (validate) {
      Stopwatch watch;
      const std::optional<Validation::Result> result = validation_->run(folder_.last());
      if (!result) stop_here();
      summary.validation_seconds = watch.lap();
      summary.metrics = result->metrics;
      summary.figure = result->figure;
      metrics_ = result->metrics;
      summary.best = divergence_.suspicious() == 0 && is_best(result->figure);
      if (!std::isfinite(result->figure)) warn_of_metrics(result->metrics);
    }
    if (summary.best) {
      if (std::isfinite(summary.figure)) best_ = summary.figure;
      best_step_ = done_;
      checkpoints_.save_best(state());
      save();  // with the new best figure
    }
    if (summary.best || !validation_->possible())
      save_model(generator(), folder_.generator(), true);
    history_->write(summary);
    say(epoch_line(summary));
  }

  /// As long as no figure was a number, the latest generator counts as the best. A generator that
  /// was already said to be, before a process was killed in the midst of it, still is.
  bool is_best(double figure) const {
    if (!std::isfinite(figure)) return !std::isfinite(best_);
    return figure < best_ || (figure == best_ && best_step_ == done_);
  }

  void warn_of_metrics(const std::vector<physics::MetricResult>& metrics) {
    if (warned_of_metrics_) return;
    warned_of_metrics_ = true;
    for (const physics::MetricResult& metric : metrics) {
      const bool decides = std::ranges::count(recipe_.validation_metrics, metric.name) > 0;
      if (!decides || metric.value) continue;
      folder_.warn(
          fmt::format("the metric {} has no value ({}): the latest generator counts as "
                      "the best",
                      metric.name, metric.reason));
    }
  }

  std::string epoch_line(const EpochSummary& summary) const {
    std::string line = fmt::format("epoch {} (step {})", summary.epoch, summary.step);
    if (summary.showers_per_second > 0) {
      line += fmt::format(
          ": losses real {:.3g}, fake {:.3g}, generator {:.3g}; {:.2f} showers/s, {:.1f} % waiting",
          last_.real.total, last_.fake.total, last_.generator.total, summary.showers_per_second,
          100 * summary.waiting);
    }
    if (summary.metrics.empty()) return line;
    return line + fmt::format("; validation {:.3f}{} ({:.1f} s)", summary.figure,
                              summary.best ? ", the best so far" : "", summary.validation_seconds);
  }

  /// A state that is not good is not worth losing an older checkpoint for.
  void save() {
    if (divergence_.suspicious() == 0) checkpoints_.save(done_, state());
  }

  void save_always() { checkpoints_.save(done_, state(), divergence_.suspicious() == 0); }

  [[noreturn]] void stop_here() {
    save_always();
    throw Interruption(fmt::format("interrupted after step {} of {}", done_, total_steps()),
                       fmt::format("the state is saved in '{}'", folder_.checkpoints().string()),
                       "go on with --resume");
  }

  Model generator() const {
    return generator_model(definition_, recipe_.data, step_.generator_parameters(), flow_,
                           training_data(), facts());
  }

  std::string training_data() const {
    std::string text = fmt::format("{} showers:", data_.size());
    for (const auto& file : options_.files) text += " " + file.filename().string();
    return text;
  }

  /// What the model's card says of the training.
  std::string facts() const {
    nlohmann::ordered_json facts;
    facts["training"] = {{"steps", done_},
                         {"epochs", static_cast<double>(done_) / static_cast<double>(per_epoch())},
                         {"batch", recipe_.batch},
                         {"seed", recipe_.seed},
                         {"seconds", std::round(seconds_)},
                         {"threads", threads_}};
    for (const physics::MetricResult& metric : metrics_) {
      if (metric.value) facts["validation"][metric.name] = *metric.value;
    }
    return facts.dump();
  }

  Checkpoint state() const {
    Checkpoint checkpoint;
    step_.store(checkpoint);
    store_flow(flow_, checkpoint);
    checkpoint.counters["step"] = done_;
    checkpoint.counters["suspicious_steps"] = divergence_.suspicious();
    checkpoint.counters["threads"] = threads_;
    checkpoint.numbers["best_figure"] = best_;
    checkpoint.counters["best_step"] = best_step_;
    checkpoint.numbers["seconds"] = seconds_;
    store_identity(identity(), checkpoint);
    checkpoint.texts["training_data"] = training_data();
    checkpoint.texts["facts"] = facts();
    return checkpoint;
  }

  void resume() {
    const auto checkpoint =
        checkpoints_.latest([&](const std::string& damage) { folder_.warn(damage); });
    if (!checkpoint) {
      say("there is no checkpoint yet: starting from the beginning");
      return;
    }
    check_identity(identity(), *checkpoint);
    step_.restore(*checkpoint);
    flow_ = restore_flow(*checkpoint);
    done_ = counter_of(*checkpoint, "step");
    divergence_.set_suspicious(counter_of(*checkpoint, "suspicious_steps"));
    if (same_validation(recipe_, *checkpoint)) {
      best_ = number_of(*checkpoint, "best_figure");
      if (checkpoint->counters.contains("best_step")) {  // not in those of earlier versions
        best_step_ = counter_of(*checkpoint, "best_step");
      }
    } else {
      say("the validation is another one: the best generator is looked for anew");
    }
    seconds_ = number_of(*checkpoint, "seconds");
    say(fmt::format("resuming after step {}", done_));
    if (counter_of(*checkpoint, "threads") != threads_) {
      folder_.warn(fmt::format("{} threads instead of {}: the weights will agree to rounding only",
                               threads_, counter_of(*checkpoint, "threads")));
    }
  }

  TrainingIdentity identity() const {
    return {recipe_, definition_text_, data_.size(), data_.validation_size(), data_.fingerprint()};
  }

  const TrainOptions& options_;
  Recipe recipe_;
  int threads_;
  Pinning pinning_;
  ModelDefinition definition_;
  std::string definition_text_;
  TrainingData data_;
  AdversarialStep step_;
  FlowParameters flow_;
  DivergenceWatch divergence_;
  RunFolder folder_;
  CheckpointFolder checkpoints_;
  std::optional<Validation> validation_;
  std::optional<History> history_;
  std::optional<SampleShowers> samples_;
  StepResult last_;
  std::vector<physics::MetricResult> metrics_;  ///< of the generator as it is now, if known
  std::int64_t done_ = 0;                       ///< steps
  double seconds_ = 0;  ///< spent in steps, over all processes of this training
  double best_ = std::numeric_limits<double>::infinity();  ///< the least finite figure
  std::int64_t best_step_ = 0;                             ///< steps done by the best generator
  bool warned_of_metrics_ = false;
};

}  // namespace

void train(const TrainOptions& options) {
  Trainer(options).run();
}

}  // namespace showergan::gan
