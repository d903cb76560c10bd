#include "model/graph_description.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace showergan {
namespace {

/// 872948 → "872,948".
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

std::string named_shapes(const nn::Graph& graph, const std::vector<nn::Output>& tensors) {
  std::string text;
  for (const nn::Output& tensor : tensors) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", tensor.name,
                        nn::to_string(graph.node(tensor.node).shape));
  }
  return text;
}

using Row = std::array<std::string, 5>;

std::vector<Row> rows_of(const nn::Graph& graph) {
  std::vector<Row> rows{{"layer", "type", "result", "parameters", "multiply-adds"}};
  for (std::size_t i = 0; i < graph.nodes().size(); ++i) {
    const nn::Node& node = graph.nodes()[i];
    if (std::holds_alternative<nn::Constant>(node.operation)) continue;
    std::int64_t parameters = 0;
    for (const std::int32_t index : node.parameters) {
      const auto place = static_cast<std::size_t>(index);
      parameters += nn::element_count(graph.parameters()[place].shape);
    }
    const std::int64_t work = graph.multiply_adds(static_cast<nn::NodeId>(i));
    rows.push_back({node.name, std::string(nn::type_name(node.operation)),
                    nn::to_string(node.shape), parameters ? grouped(parameters) : "",
                    work ? grouped(work) : ""});
  }
  return rows;
}

/// Columns that a terminal shows for UTF-8 text without wide characters.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string table(const std::vector<Row>& rows, const std::string& indent) {
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line = indent;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string fill(widths[i] - width_of(row[i]), ' ');
      const bool number = i >= 3;
      line += (number ? fill + row[i] : row[i] + fill) + "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace

std::string describe_graph(const nn::Graph& graph, const std::string& indent) {
  std::vector<nn::Output> inputs;
  for (const nn::NodeId id : graph.inputs()) inputs.push_back({graph.node(id).name, id});
  std::string text;
  const auto line = [&](const char* name, const std::string& value) {
    text += fmt::format("{}{:<18}  {}\n", indent, name, value);
  };
  line("inputs", named_shapes(graph, inputs));
  line("outputs", named_shapes(graph, graph.outputs()));
  line("parameters", fmt::format("{} ({} trainable)", grouped(graph.parameter_count()),
                                 grouped(graph.trainable_count())));
  line("multiply-adds", grouped(graph.multiply_adds()) + " per shower");
  return text + table(rows_of(graph), indent + "  ");
}

}  // namespace showergan
