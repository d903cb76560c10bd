#include "model/model_file.hpp"

#include <limits>

#include <fmt/format.h>
#include <onnx.pb.h>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/atomic_file.hpp"
#include "base/resources.hpp"
#include "model/error_place.hpp"
#include "model/model_card.hpp"
#include "model/onnx/graph_reader.hpp"
#include "model/onnx/graph_writer.hpp"
#include "model/read_file.hpp"
#include "nn/lowering/pass.hpp"

namespace showergan {
namespace {

constexpr int written_opset = 17;
constexpr int written_ir_version = 8;
constexpr int oldest_opset = 13;  // the first whose Squeeze, Softmax … mean what we read
constexpr int newest_opset = 23;

void add_metadata(onnx::ModelProto& proto, const std::string& key, const std::string& value) {
  onnx::StringStringEntryProto& entry = *proto.add_metadata_props();
  entry.set_key(key);
  entry.set_value(value);
}

/// Names of the inputs that take standard-normal numbers, separated by commas.
std::string noise_inputs(const nn::Graph& graph) {
  std::string names;
  for (const nn::NodeId id : graph.inputs()) {
    const std::string& name = graph.node(id).name;
    if (name.starts_with("noise")) names += (names.empty() ? "" : ",") + name;
  }
  return names;
}

int opset_of(const onnx::ModelProto& proto) {
  for (const onnx::OperatorSetIdProto& opset : proto.opset_import()) {
    if (!opset.domain().empty() && opset.domain() != "ai.onnx") continue;
    if (opset.version() < oldest_opset || opset.version() > newest_opset) {
      throw InputError(fmt::format("the model uses ONNX opset {}", opset.version()), {},
                       fmt::format("export it with opset {} to {}", oldest_opset, newest_opset));
    }
    return static_cast<int>(opset.version());
  }
  throw InputError("the file is no ONNX model: it names no operator set");
}

Model read_model(std::string_view bytes) {
  onnx::ModelProto proto;
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()) ||
      !proto.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) || !proto.has_graph()) {
    throw InputError("the file is no ONNX model, or it is truncated");
  }
  onnx_file::GraphReader reader(proto.graph(), opset_of(proto));
  reader.read();
  std::map<std::string, std::string> metadata;
  for (const onnx::StringStringEntryProto& entry : proto.metadata_props()) {
    metadata[entry.key()] = entry.value();
  }
  Model model;
  model.card = card_from_metadata(metadata);
  // Reading may have left steps that were understood as one operator.
  model.graph = nn::remove_dead_nodes(reader.graph);
  model.parameters = std::move(reader.parameters);
  return model;
}

}  // namespace

std::string to_onnx(const Model& model) {
  onnx::ModelProto proto;
  proto.set_ir_version(written_ir_version);
  proto.set_producer_name("ShowerGAN");
  proto.set_producer_version(SHOWERGAN_VERSION);
  proto.set_doc_string(model.card.description);
  proto.add_opset_import()->set_version(written_opset);
  for (const auto& [key, value] : card_to_metadata(model.card)) add_metadata(proto, key, value);
  const std::string noise = noise_inputs(model.graph);
  if (!noise.empty()) add_metadata(proto, "noise_inputs", noise);
  proto.mutable_graph()->set_name(model.card.name.empty() ? "model" : model.card.name);
  onnx_file::write_graph(model.graph, model.parameters, *proto.mutable_graph());
  std::string bytes;
  if (!proto.SerializeToString(&bytes)) throw Error("the model is too large for an ONNX file");
  return bytes;
}

Model from_onnx(std::string_view bytes, const std::string& name) {
  try {
    return read_model(bytes);
  } catch (const InputError& error) {
    throw at_place(error, name);
  }
}

void save_model(const Model& model, const std::filesystem::path& path, bool force) {
  write_file(path, to_onnx(model), force);
}

Model load_model(const std::filesystem::path& path) {
  return from_onnx(read_file(path, "model"), path.string());
}

Model find_model(const std::string& name_or_path) {
  return load_model(find_resource("models", name_or_path, {".onnx"}));
}

}  // namespace showergan
