#include "store/file_kind.hpp"

#include "store/checkpoint.hpp"
#include "store/hdf5_input.hpp"
#include "store/hdf5_lock.hpp"

namespace showergan {
namespace {

FileKind kind_of_hdf5(const std::filesystem::path& path) {
  const Hdf5Handle file = try_open_hdf5(path);
  if (!file) return FileKind::other_hdf5;
  if (has_data_set(file.get(), "ECAL") || has_data_set(file.get(), "showers")) {
    return FileKind::showers;
  }
  // A whole saved model has its weights in a group, a weights file in the root.
  const bool weights = H5Aexists(file.get(), "layer_names") > 0 ||
                       H5Lexists(file.get(), "model_weights", H5P_DEFAULT) > 0;
  return weights ? FileKind::keras_weights : FileKind::other_hdf5;
}

}  // namespace

FileKind file_kind(const std::filesystem::path& path) {
  const Hdf5Lock lock;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return FileKind::missing;
  if (!std::filesystem::is_regular_file(path, ignored)) return FileKind::unknown;
  if (is_checkpoint(path)) return FileKind::checkpoint;
  if (H5Fis_hdf5(path.c_str()) > 0) return kind_of_hdf5(path);
  if (path.extension() == ".onnx") return FileKind::onnx;
  if (path.extension() == ".toml") return FileKind::toml;
  return FileKind::unknown;
}

}  // namespace showergan
