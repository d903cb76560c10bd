#include "store/named_arrays.hpp"

#include <functional>
#include <numeric>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "base/atomic_file.hpp"
#include "base/contract.hpp"
#include "store/hdf5_attribute.hpp"
#include "store/hdf5_input.hpp"
#include "store/hdf5_lock.hpp"
#include "store/hdf5_output.hpp"

namespace showergan {
namespace {

/// Paths of all data sets, in any group, that hold numbers.
std::vector<std::string> numeric_data_sets(hid_t file, const std::filesystem::path& path) {
  std::vector<std::string> names;
  const auto collect = [](hid_t root, const char* name, const H5L_info_t*, void* list) -> herr_t {
    const Hdf5Handle object(H5Oopen(root, name, H5P_DEFAULT), H5Oclose);
    if (!object || H5Iget_type(object.get()) != H5I_DATASET) return 0;
    const Hdf5Handle type(H5Dget_type(object.get()), H5Tclose);
    const H5T_class_t kind = H5Tget_class(type.get());
    if (kind == H5T_FLOAT || kind == H5T_INTEGER) {
      static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    }
    return 0;
  };
  if (H5Lvisit(file, H5_INDEX_NAME, H5_ITER_INC, collect, &names) < 0) {
    throw InputError("cannot list the data sets of '" + path.string() + "', the file is damaged",
                     {}, "make or copy it again");
  }
  return names;
}

NamedArray read_array(hid_t file, const std::filesystem::path& path, const std::string& name) {
  const Hdf5DataSet data(file, path, name);
  return {data.shape(), data.read_all()};
}

void write_array(const Hdf5Output& output, const std::string& name, const NamedArray& array) {
  const std::vector<hsize_t> extent(array.shape.begin(), array.shape.end());
  SHOWERGAN_EXPECT(std::accumulate(extent.begin(), extent.end(), hsize_t{1}, std::multiplies<>()) ==
                   array.values.size());
  const Hdf5Handle space(
      extent.empty() ? H5Screate(H5S_SCALAR)
                     : H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
      H5Sclose);
  const Hdf5Handle links(H5Pcreate(H5P_LINK_CREATE), H5Pclose);
  H5Pset_create_intermediate_group(links.get(), 1);
  const Hdf5Handle data(H5Dcreate2(output.id(), name.c_str(), H5T_IEEE_F32LE, space.get(),
                                   links.get(), H5P_DEFAULT, H5P_DEFAULT),
                        H5Dclose);
  output.check(data && H5Dwrite(data.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                array.values.data()) >= 0);
}

}  // namespace

NamedArrays read_named_arrays(const std::filesystem::path& path) {
  const Hdf5Lock lock;
  const Hdf5Handle file = open_hdf5(path);
  NamedArrays arrays;
  for (const std::string& name : numeric_data_sets(file.get(), path)) {
    arrays[name] = read_array(file.get(), path, name);
  }
  return arrays;
}

NamedArray read_named_array(const std::filesystem::path& path, const std::string& name) {
  const Hdf5Lock lock;
  const Hdf5Handle file = open_hdf5(path);
  const std::vector<std::string> names = numeric_data_sets(file.get(), path);
  for (const std::string& known : names) {
    if (known == name) return read_array(file.get(), path, name);
  }
  throw InputError(
      fmt::format("there is no data set {} in '{}'", name, path.string()),
      fmt::format("it has: {}",
                  names.empty() ? std::string("none") : fmt::format("{}", fmt::join(names, ", "))));
}

std::map<std::string, std::vector<std::int64_t>> list_named_arrays(
    const std::filesystem::path& path) {
  const Hdf5Lock lock;
  const Hdf5Handle file = open_hdf5(path);
  std::map<std::string, std::vector<std::int64_t>> shapes;
  for (const std::string& name : numeric_data_sets(file.get(), path)) {
    shapes[name] = Hdf5DataSet(file.get(), path, name).shape();
  }
  return shapes;
}

void write_named_arrays(const std::filesystem::path& path, const NamedArrays& arrays,
                        const std::map<std::string, std::string>& attributes, bool force) {
  const Hdf5Lock lock;
  AtomicFile target(path, force);
  Hdf5Output output(target.temporary(), target.path());
  for (const auto& [name, array] : arrays) write_array(output, name, array);
  for (const auto& [name, text] : attributes) {
    output.check(write_attribute(output.id(), name, text));
  }
  output.close();
  target.commit();
}

}  // namespace showergan
