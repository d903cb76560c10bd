#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace showergan::training {

/// An array that an optimiser remembers between updates, such as its momentum.
struct OptimizerState {
  std::string name;
  std::span<float> values;  ///< of the optimiser itself: to store, and to restore in place
};

/// Changes weights against their gradients.
///
/// All arithmetic is elementwise in float32, without fused multiply-add, so that it gives the same
/// bits on every machine. Allocates nothing after construction.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// One update of all weights; both spans have the size given to make_optimizer. `rate` is the
  /// learning rate of this update, after schedule and warm-up. A gradient that is not finite makes
  /// its weight, and what is remembered of it, not finite: look at the norm before.
  void update(std::span<float> weights, std::span<const float> gradients, double rate);

  /// Updates so far. With state(), all that a checkpoint has to keep.
  std::int64_t updates() const noexcept { return updates_; }
  void set_updates(std::int64_t updates);

  /// The arrays between updates, always the same ones in the same order; all 0 at the start.
  virtual std::vector<OptimizerState> state() = 0;

 protected:
  explicit Optimizer(std::int64_t size) : size_(size) {}

 private:
  /// `number` is 1 in the first update.
  virtual void apply(std::span<float> weights, std::span<const float> gradients, double rate,
                     std::int64_t number) = 0;

  [[maybe_unused]] std::int64_t size_;  ///< of the arrays, for contracts
  std::int64_t updates_ = 0;
};

/// The optimiser `name` for `size` weights; parameters that are not given have their defaults.
/// Throws InputError, saying what is known, for an unknown name or parameter and for a value out of
/// range.
std::unique_ptr<Optimizer> make_optimizer(std::string_view name,
                                          const std::map<std::string, double>& parameters,
                                          std::int64_t size);

/// Every parameter of an optimiser with its default. Throws InputError for an unknown name.
std::map<std::string, double> optimizer_parameters(std::string_view name);

/// In alphabetical order.
std::vector<std::string> optimizer_names();

}  // namespace showergan::training
