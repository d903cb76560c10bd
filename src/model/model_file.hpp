#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "model/model.hpp"

namespace showergan {

/// The model as the bytes of an ONNX file (opset 17), with the card as metadata.
std::string to_onnx(const Model& model);

/// Reads an ONNX file: any graph made of supported operators, with the batch as the first axis of
/// every input. Throws InputError, with `name` for the file, that names the first operator that is
/// not supported, or says what is wrong with the file.
Model from_onnx(std::string_view bytes, const std::string& name);

/// The same, to and from a file. Writing is atomic; an existing file is kept unless `force`.
void save_model(const Model& model, const std::filesystem::path& path, bool force = false);
Model load_model(const std::filesystem::path& path);

/// A model by path, or by the name of a shipped one (models/NAME.onnx). Throws InputError listing
/// the known names.
Model find_model(const std::string& name_or_path);

}  // namespace showergan
