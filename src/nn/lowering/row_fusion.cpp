#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "nn/lowering/pass.hpp"
#include "nn/lowering/rewriter.hpp"

namespace showergan::nn {
namespace {

constexpr std::int64_t kLeastColumns = 256;  // fewer are not worth a program
constexpr std::int64_t kMostRows = 64;
constexpr std::size_t kLeastNodes = 4;  // a program of fewer saves little

/// A tensor as rows: (columns), (rows, columns), (x, y, z), or (rows, x, y, z).
struct RowForm {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  friend bool operator==(const RowForm&, const RowForm&) = default;
};

/// Whether the first axis counts the rows.
bool has_row_axis(const Shape& shape) {
  return shape.size() == 2 || shape.size() == 4;
}

std::optional<RowForm> row_form(const Shape& shape) {
  if (shape.empty() || shape.size() > 4) return {};
  const std::int64_t rows = has_row_axis(shape) ? shape[0] : 1;
  if (rows < 1 || rows > kMostRows) return {};
  const RowForm form{rows, element_count(shape) / rows};
  if (form.columns < kLeastColumns) return {};
  return form;
}

/// What an operand with broadcasting is to a result in row form.
enum class Operand {
  rows,
  numbers  ///< of a Constant, one for all rows or one for each
};

std::optional<Operand> operand_of(const Graph& graph, NodeId id, const Shape& result) {
  const Node& node = graph.node(id);
  const RowForm form = *row_form(result);
  const Shape columns_shape(result.begin() + (has_row_axis(result) ? 1 : 0), result.end());
  if (node.shape == result) return Operand::rows;
  Shape stripped = node.shape;
  while (!stripped.empty() && stripped.front() == 1) stripped.erase(stripped.begin());
  if (stripped == columns_shape && row_form(node.shape)) return Operand::rows;
  if (!std::holds_alternative<Constant>(node.operation)) return {};
  if (element_count(node.shape) == 1) return Operand::numbers;
  const bool one_per_row = has_row_axis(result) && node.shape.size() == result.size() &&
                           element_count(node.shape) == form.rows && node.shape[0] == form.rows;
  if (one_per_row) return Operand::numbers;
  return {};
}

bool has_row_function(const Activation& activation) {
  switch (activation.function) {
    case Function::linear:
    case Function::relu:
    case Function::leaky_relu:
    case Function::sigmoid:
    case Function::tanh:
    case Function::exp:
    case Function::log:
    case Function::clip:
      return true;
    case Function::atan:
    case Function::softplus:
    case Function::power:
      break;
  }
  return false;
}

/// Whether a node can be part of a program.
bool is_row_operator(const Graph& graph, const Node& node) {
  const std::optional<RowForm> form = row_form(node.shape);
  if (!form) return false;
  const auto input_shape = [&](std::size_t i) -> const Shape& {
    return graph.node(node.inputs[i]).shape;
  };
  const auto all_rows = [&] {
    return std::ranges::all_of(node.inputs, [&](NodeId id) {
      const std::optional<RowForm> from = row_form(graph.node(id).shape);
      return has_row_axis(graph.node(id).shape) && from && from->columns == form->columns;
    });
  };
  if (const auto* activation = std::get_if<Activation>(&node.operation)) {
    return has_row_function(*activation);
  }
  if (std::holds_alternative<Arithmetic>(node.operation) ||
      std::holds_alternative<Where>(node.operation)) {
    return std::ranges::all_of(
        node.inputs, [&](NodeId id) { return operand_of(graph, id, node.shape).has_value(); });
  }
  if (const auto* slice = std::get_if<Slice>(&node.operation)) {
    return slice->axis == 0 && all_rows();
  }
  if (const auto* concatenate = std::get_if<Concatenate>(&node.operation)) {
    return concatenate->axis == 0 && all_rows();
  }
  if (const auto* reduction = std::get_if<Reduction>(&node.operation)) {
    return reduction->reducer == Reducer::sum && reduction->axes == std::vector<std::int64_t>{0} &&
           all_rows();
  }
  if (std::holds_alternative<Reshape>(node.operation)) return row_form(input_shape(0)) == form;
  return false;
}

/// For every node the last node of the group that it belongs to; −1 if it is in none. All users of
/// a node of a group but the last are in the group, so that nothing else needs what lies between.
std::vector<NodeId> find_groups(const Graph& graph) {
  const std::size_t count = graph.nodes().size();
  std::vector<NodeId> group(count, -1);
  std::vector<std::vector<NodeId>> users(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (const NodeId id : graph.nodes()[i].inputs) {
      users[static_cast<std::size_t>(id)].push_back(static_cast<NodeId>(i));
    }
  }
  std::vector<bool> is_output(count, false);
  for (const Output& output : graph.outputs()) {
    is_output[static_cast<std::size_t>(output.node)] = true;
  }
  for (std::size_t i = count; i-- > 0;) {
    const Node& node = graph.nodes()[i];
    if (!is_row_operator(graph, node)) continue;
    group[i] = static_cast<NodeId>(i);
    if (is_output[i] || users[i].empty()) continue;
    const NodeId last = group[static_cast<std::size_t>(users[i][0])];
    const bool joins = last >= 0 && std::ranges::all_of(users[i], [&](NodeId user) {
                         return group[static_cast<std::size_t>(user)] == last;
                       });
    if (joins && row_form(graph.node(last).shape)->columns == row_form(node.shape)->columns) {
      group[i] = last;
    }
  }
  std::vector<std::size_t> sizes(count, 0);
  for (const NodeId last : group) {
    if (last >= 0) ++sizes[static_cast<std::size_t>(last)];
  }
  for (NodeId& last : group) {
    if (last >= 0 && sizes[static_cast<std::size_t>(last)] < kLeastNodes) last = -1;
  }
  return group;
}

/// Writes the program of one group.
class Programmer {
 public:
  explicit Programmer(const Graph& graph) : graph_(graph), rows_(graph.nodes().size()) {}

  /// The nodes of the group, in order.
  void add(NodeId id) {
    const Node& node = graph_.node(id);
    std::vector<RowValue>& result = rows_[static_cast<std::size_t>(id)];
    if (const auto* activation = std::get_if<Activation>(&node.operation)) {
      for (const RowValue& from : std::vector<RowValue>(values(node.inputs[0]))) {
        result.push_back(
            activation->is_linear() ? from : step({RowFunction::function, {from}, *activation}));
      }
    } else if (const auto* arithmetic = std::get_if<Arithmetic>(&node.operation)) {
      add_broadcasting(node, row_function(arithmetic->function), result);
    } else if (std::holds_alternative<Where>(node.operation)) {
      add_broadcasting(node, RowFunction::choose, result);
    } else if (const auto* slice = std::get_if<Slice>(&node.operation)) {
      const std::vector<RowValue>& from = values(node.inputs[0]);
      for (std::int64_t i = slice->start; i < slice->stop; i += slice->step) {
        result.push_back(from[static_cast<std::size_t>(i)]);
      }
    } else if (std::holds_alternative<Reduction>(node.operation)) {
      const std::vector<RowValue> from = values(node.inputs[0]);
      RowValue sum = from[0];
      for (std::size_t i = 1; i < from.size(); ++i) sum = step({RowFunction::add, {sum, from[i]}});
      result = {sum};
    } else {  // Concatenate, Reshape
      for (const NodeId input : node.inputs) {
        const std::vector<RowValue>& from = values(input);
        result.insert(result.end(), from.begin(), from.end());
      }
    }
  }

  RowProgram finish(NodeId last) && {
    program_.results = rows_[static_cast<std::size_t>(last)];
    program_.shape = graph_.node(last).shape;
    return std::move(program_);
  }
  const std::vector<NodeId>& inputs() const { return inputs_; }

 private:
  static RowFunction row_function(BinaryFunction function) {
    switch (function) {
      case BinaryFunction::add:
        return RowFunction::add;
      case BinaryFunction::subtract:
        return RowFunction::subtract;
      case BinaryFunction::multiply:
        return RowFunction::multiply;
      case BinaryFunction::divide:
        break;
    }
    return RowFunction::divide;
  }

  RowValue step(RowStep step) {
    program_.steps.push_back(std::move(step));
    return {RowValue::Kind::step, static_cast<std::int32_t>(program_.steps.size() - 1)};
  }

  RowValue number(float value) {
    const auto found = std::ranges::find(program_.numbers, value);
    const auto index = found - program_.numbers.begin();
    if (found == program_.numbers.end()) program_.numbers.push_back(value);
    return {RowValue::Kind::number, static_cast<std::int32_t>(index)};
  }

  /// The rows of a tensor: of the group, or an input, which it then becomes.
  const std::vector<RowValue>& values(NodeId id) {
    std::vector<RowValue>& result = rows_[static_cast<std::size_t>(id)];
    if (result.empty()) {
      const std::int64_t count = row_form(graph_.node(id).shape)->rows;
      for (std::int64_t i = 0; i < count; ++i) {
        result.push_back({RowValue::Kind::input, input_rows_++});
      }
      inputs_.push_back(id);
      program_.rows.push_back(count);
    }
    return result;
  }

  void add_broadcasting(const Node& node, RowFunction function, std::vector<RowValue>& result) {
    std::array<std::vector<RowValue>, 3> operands;
    for (std::size_t k = 0; k < node.inputs.size(); ++k) {
      const NodeId id = node.inputs[k];
      if (operand_of(graph_, id, node.shape) == Operand::rows) {
        operands[k] = values(id);
      } else {
        for (const float value : std::get<Constant>(graph_.node(id).operation).values) {
          operands[k].push_back(number(value));
        }
      }
    }
    const std::int64_t rows = row_form(node.shape)->rows;
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
      RowStep next{function};
      for (std::size_t k = 0; k < node.inputs.size(); ++k) {
        next.from[k] = operands[k][operands[k].size() == 1 ? 0 : row];
      }
      result.push_back(step(next));
    }
  }

  const Graph& graph_;
  std::vector<std::vector<RowValue>> rows_;
  std::vector<NodeId> inputs_;
  std::int32_t input_rows_ = 0;
  RowProgram program_;
};

}  // namespace

Graph fuse_rows(const Graph& graph) {
  const std::vector<NodeId> group = find_groups(graph);
  const auto count = static_cast<NodeId>(graph.nodes().size());
  Rewriter rewriter(graph);
  for (NodeId id = 0; id < count; ++id) {
    const NodeId last = group[static_cast<std::size_t>(id)];
    if (last < 0) {
      rewriter.keep(id);
    } else if (last == id) {
      Programmer programmer(graph);
      for (NodeId member = 0; member <= id; ++member) {
        if (group[static_cast<std::size_t>(member)] == id) programmer.add(member);
      }
      const std::vector<NodeId> inputs = programmer.inputs();
      rewriter.replace(id, std::move(programmer).finish(id), inputs, {});
    }
  }
  return remove_dead_nodes(std::move(rewriter).finish());
}

}  // namespace showergan::nn
