#include "training/loss.hpp"

#include "training/loss/registry.hpp"
#include "training/named.hpp"

namespace showergan::training {
namespace {

const std::vector<Loss>& losses() {
  static const std::vector<Loss> all = loss::all();
  return all;
}

}  // namespace

const Loss& find_loss(std::string_view name) {
  return find_named(losses(), "loss", name);
}

std::vector<std::string> loss_names() {
  return names_of(losses());
}

}  // namespace showergan::training
