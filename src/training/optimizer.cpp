#include "training/optimizer.hpp"

#include "base/contract.hpp"
#include "training/named.hpp"
#include "training/optimizer/registry.hpp"

namespace showergan::training {
namespace {

const std::vector<optimizer::Kind>& kinds() {
  static const std::vector<optimizer::Kind> all = optimizer::all();
  return all;
}

}  // namespace

void Optimizer::update(std::span<float> weights, std::span<const float> gradients, double rate) {
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(weights.size()) == size_);
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(gradients.size()) == size_);
  ++updates_;
  apply(weights, gradients, rate, updates_);
}

void Optimizer::set_updates(std::int64_t updates) {
  SHOWERGAN_EXPECT(updates >= 0);
  updates_ = updates;
}

std::unique_ptr<Optimizer> make_optimizer(std::string_view name,
                                          const std::map<std::string, double>& parameters,
                                          std::int64_t size) {
  SHOWERGAN_EXPECT(size >= 0);
  const optimizer::Kind& kind = find_named(kinds(), "optimizer", name);
  const std::string owner = "the optimizer '" + std::string(name) + "'";
  return kind.make(complete_values(owner, kind.parameters, parameters), size);
}

std::map<std::string, double> optimizer_parameters(std::string_view name) {
  return standard_values(find_named(kinds(), "optimizer", name).parameters);
}

std::vector<std::string> optimizer_names() {
  return names_of(kinds());
}

}  // namespace showergan::training
