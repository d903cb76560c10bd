#include "nn/graph/operation.hpp"

namespace showergan::nn {

std::string_view type_name(const Operation& operation) {
  if (const auto* activation = std::get_if<Activation>(&operation)) {
    return name_of(activation->function);
  }
  if (const auto* arithmetic = std::get_if<Arithmetic>(&operation)) {
    return name_of(arithmetic->function);
  }
  if (const auto* reduction = std::get_if<Reduction>(&operation)) {
    return reduction->reducer == Reducer::sum ? "sum" : "mean";
  }
  return std::visit([](const auto& op) { return op.type; }, operation);
}

}  // namespace showergan::nn
