#include "store/checkpoint_bytes.hpp"

#include <algorithm>
#include <string_view>

#include "base/contract.hpp"
#include "store/checkpoint_header.hpp"
#include "store/hdf5_handle.hpp"
#include "store/hdf5_lock.hpp"

namespace showergan {
namespace {

constexpr const char* arrays_group = "arrays";
constexpr const char* counters_group = "counters";
constexpr const char* numbers_group = "numbers";
constexpr const char* texts_group = "texts";

void check(bool success) {
  if (!success) throw Error("cannot pack or unpack a checkpoint", "HDF5 reports a failure");
}

Hdf5Handle checked(hid_t id, Hdf5Handle::Closer closer) {
  Hdf5Handle handle(id, closer);
  check(static_cast<bool>(handle));
  return handle;
}

/// HDF5 in memory, which grows in steps of `increment` bytes.
Hdf5Handle memory_access(std::size_t increment) {
  Hdf5Handle access = checked(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  check(H5Pset_fapl_core(access.get(), increment, false) >= 0);
  return access;
}

/// Whether HDF5 finds a data set of this name again under the same name.
[[maybe_unused]] bool is_valid_name(std::string_view name) {
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string_view part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || part.find('\0') != part.npos) return false;
    begin = end + 1;
  }
  return true;
}

/// A text of fixed length and an end mark: variable-length texts are slower, and HDF5 has no texts
/// of length 0.
Hdf5Handle text_type(std::size_t length) {
  Hdf5Handle type = checked(H5Tcopy(H5T_C_S1), H5Tclose);
  check(H5Tset_size(type.get(), length + 1) >= 0 && H5Tset_cset(type.get(), H5T_CSET_UTF8) >= 0);
  return type;
}

/// Writes data sets into one group of a file.
class GroupWriter {
 public:
  GroupWriter(hid_t file, const char* name)
      : group_(checked(H5Gcreate2(file, name, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT), H5Gclose)),
        links_(checked(H5Pcreate(H5P_LINK_CREATE), H5Pclose)),
        creation_(checked(H5Pcreate(H5P_DATASET_CREATE), H5Pclose)) {
    check(H5Pset_create_intermediate_group(links_.get(), 1) >= 0);
    // Without times the same content gives the same bytes.
    check(H5Pset_obj_track_times(creation_.get(), false) >= 0);
  }

  void write(const std::string& name, hid_t stored, hid_t native, hid_t space, const void* values) {
    SHOWERGAN_EXPECT(is_valid_name(name));
    const Hdf5Handle data = checked(H5Dcreate2(group_.get(), name.c_str(), stored, space,
                                               links_.get(), creation_.get(), H5P_DEFAULT),
                                    H5Dclose);
    check(H5Dwrite(data.get(), native, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
  }

 private:
  Hdf5Handle group_;
  Hdf5Handle links_;
  Hdf5Handle creation_;
};

void write_content(hid_t file, const Checkpoint& checkpoint) {
  const Hdf5Handle scalar = checked(H5Screate(H5S_SCALAR), H5Sclose);
  GroupWriter arrays(file, arrays_group);
  for (const auto& [name, values] : checkpoint.arrays) {
    const hsize_t count = values.size();
    const Hdf5Handle space = checked(H5Screate_simple(1, &count, nullptr), H5Sclose);
    arrays.write(name, H5T_IEEE_F32LE, H5T_NATIVE_FLOAT, space.get(), values.data());
  }
  GroupWriter counters(file, counters_group);
  for (const auto& [name, value] : checkpoint.counters) {
    counters.write(name, H5T_STD_I64LE, H5T_NATIVE_INT64, scalar.get(), &value);
  }
  GroupWriter numbers(file, numbers_group);
  for (const auto& [name, value] : checkpoint.numbers) {
    numbers.write(name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, scalar.get(), &value);
  }
  GroupWriter texts(file, texts_group);
  for (const auto& [name, text] : checkpoint.texts) {
    const Hdf5Handle type = text_type(text.size());
    texts.write(name, type.get(), type.get(), scalar.get(), text.c_str());
  }
}

std::size_t content_size(const Checkpoint& checkpoint) {
  std::size_t bytes = 0;
  for (const auto& [name, values] : checkpoint.arrays) bytes += values.size() * sizeof(float);
  for (const auto& [name, text] : checkpoint.texts) bytes += text.size();
  return bytes;
}

/// Reads all data sets of one group of a file: `read(name, data set)`.
template <typename Read>
void read_group(hid_t file, const char* group_name, const Read& read) {
  const Hdf5Handle group = checked(H5Gopen2(file, group_name, H5P_DEFAULT), H5Gclose);
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  check(H5Lvisit(group.get(), H5_INDEX_NAME, H5_ITER_NATIVE, collect, &names) >= 0);
  for (const std::string& name : names) {
    const Hdf5Handle object = checked(H5Oopen(group.get(), name.c_str(), H5P_DEFAULT), H5Oclose);
    if (H5Iget_type(object.get()) == H5I_DATASET) read(name, object.get());
  }
}

void read_values(hid_t data_set, hid_t native, void* values) {
  check(H5Dread(data_set, native, H5S_ALL, H5S_ALL, H5P_DEFAULT, values) >= 0);
}

std::vector<float> read_array(hid_t data_set) {
  const Hdf5Handle space = checked(H5Dget_space(data_set), H5Sclose);
  const hssize_t count = H5Sget_simple_extent_npoints(space.get());
  check(count >= 0);
  std::vector<float> values(static_cast<std::size_t>(count));
  if (count > 0) read_values(data_set, H5T_NATIVE_FLOAT, values.data());
  return values;
}

std::string read_text(hid_t data_set) {
  const Hdf5Handle type = checked(H5Dget_type(data_set), H5Tclose);
  const std::size_t size = H5Tget_size(type.get());
  check(H5Tget_class(type.get()) == H5T_STRING && size > 0);
  std::string text(size, '\0');
  read_values(data_set, type.get(), text.data());
  text.pop_back();
  return text;
}

}  // namespace

std::vector<std::byte> pack_checkpoint(const Checkpoint& checkpoint) {
  const Hdf5Lock lock;
  constexpr std::size_t room_for_names = std::size_t{1} << 16;
  const Hdf5Handle access = memory_access(content_size(checkpoint) + room_for_names);
  const Hdf5Handle creation = checked(H5Pcreate(H5P_FILE_CREATE), H5Pclose);
  check(H5Pset_userblock(creation.get(), checkpoint_header_size) >= 0);
  const Hdf5Handle file =
      checked(H5Fcreate("checkpoint", H5F_ACC_TRUNC, creation.get(), access.get()), H5Fclose);
  write_content(file.get(), checkpoint);
  check(H5Fflush(file.get(), H5F_SCOPE_GLOBAL) >= 0);
  const ssize_t size = H5Fget_file_image(file.get(), nullptr, 0);  // without the user block
  check(size > 0);
  std::vector<std::byte> bytes(checkpoint_header_size + static_cast<std::size_t>(size));
  check(H5Fget_file_image(file.get(), bytes.data() + checkpoint_header_size,
                          static_cast<std::size_t>(size)) == size);
  return bytes;
}

Checkpoint unpack_checkpoint(std::vector<std::byte> bytes) {
  const Hdf5Lock lock;
  const Hdf5Handle access = memory_access(std::size_t{1} << 16);
  check(H5Pset_file_image(access.get(), bytes.data(), bytes.size()) >= 0);
  const Hdf5Handle file = checked(H5Fopen("checkpoint", H5F_ACC_RDONLY, access.get()), H5Fclose);
  Checkpoint checkpoint;
  read_group(file.get(), arrays_group, [&](const std::string& name, hid_t data_set) {
    checkpoint.arrays[name] = read_array(data_set);
  });
  read_group(file.get(), counters_group, [&](const std::string& name, hid_t data_set) {
    read_values(data_set, H5T_NATIVE_INT64, &checkpoint.counters[name]);
  });
  read_group(file.get(), numbers_group, [&](const std::string& name, hid_t data_set) {
    read_values(data_set, H5T_NATIVE_DOUBLE, &checkpoint.numbers[name]);
  });
  read_group(file.get(), texts_group, [&](const std::string& name, hid_t data_set) {
    checkpoint.texts[name] = read_text(data_set);
  });
  return checkpoint;
}

}  // namespace showergan
