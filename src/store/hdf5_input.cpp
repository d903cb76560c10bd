#include "store/hdf5_input.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "store/hdf5_lock.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

bool is_number(hid_t data_set) {
  const Hdf5Handle type(H5Dget_type(data_set), H5Tclose);
  const H5T_class_t kind = H5Tget_class(type.get());
  return kind == H5T_FLOAT || kind == H5T_INTEGER;
}

std::vector<std::int64_t> shape_of(hid_t data_set) {
  const Hdf5Handle space(H5Dget_space(data_set), H5Sclose);
  const int rank = std::max(0, H5Sget_simple_extent_ndims(space.get()));
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  return {extent.begin(), extent.end()};
}

/// Rows of a chunk; 0 if the data set has no chunks.
std::int64_t chunk_rows_of(hid_t data_set) {
  const Hdf5Handle creation(H5Dget_create_plist(data_set), H5Pclose);
  if (!creation || H5Pget_layout(creation.get()) != H5D_CHUNKED) return 0;
  hsize_t chunk[H5S_MAX_RANK] = {};
  return H5Pget_chunk(creation.get(), H5S_MAX_RANK, chunk) < 1
             ? 0
             : static_cast<std::int64_t>(chunk[0]);
}

/// Names of the filters that the data went through and that this HDF5 library does not have.
std::vector<std::string> missing_filters(hid_t data_set) {
  std::vector<std::string> names;
  const Hdf5Handle creation(H5Dget_create_plist(data_set), H5Pclose);
  for (int i = 0; i < H5Pget_nfilters(creation.get()); ++i) {
    char name[64] = {};
    unsigned flags = 0;
    std::size_t values = 0;
    unsigned config = 0;
    const H5Z_filter_t filter = H5Pget_filter2(creation.get(), static_cast<unsigned>(i), &flags,
                                               &values, nullptr, sizeof name - 1, name, &config);
    if (filter < 0 || H5Zfilter_avail(filter) > 0) continue;
    names.push_back(name[0] != 0 ? std::string(name) : fmt::format("filter {}", filter));
  }
  return names;
}

std::size_t number_of(const std::vector<std::int64_t>& extent) {
  std::size_t number = 1;
  for (const std::int64_t n : extent) number *= static_cast<std::size_t>(n);
  return number;
}

/// Opens with a chunk cache that holds two chunks, so that reading in ranges decompresses each
/// chunk once. HDF5's default of 1 MiB is less than one chunk of 64 showers.
Hdf5Handle open_data_set(hid_t file, const std::string& name) {
  Hdf5Handle plain(H5Dopen2(file, name.c_str(), H5P_DEFAULT), H5Dclose);
  if (!plain) return plain;
  const Hdf5Handle creation(H5Dget_create_plist(plain.get()), H5Pclose);
  if (!creation || H5Pget_layout(creation.get()) != H5D_CHUNKED) return plain;
  hsize_t chunk[H5S_MAX_RANK] = {};
  const int rank = H5Pget_chunk(creation.get(), H5S_MAX_RANK, chunk);
  const Hdf5Handle type(H5Dget_type(plain.get()), H5Tclose);
  std::size_t bytes = H5Tget_size(type.get());
  for (int axis = 0; axis < rank; ++axis) bytes *= static_cast<std::size_t>(chunk[axis]);
  constexpr std::size_t least = std::size_t{1} << 20;
  constexpr std::size_t most = std::size_t{1} << 27;
  const Hdf5Handle access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
  H5Pset_chunk_cache(access.get(), H5D_CHUNK_CACHE_NSLOTS_DEFAULT,
                     std::clamp(2 * bytes, least, most), H5D_CHUNK_CACHE_W0_DEFAULT);
  plain.close();
  return {H5Dopen2(file, name.c_str(), access.get()), H5Dclose};
}

}  // namespace

Hdf5Handle try_open_hdf5(const fs::path& path) {
  silence_hdf5();
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
#if H5_VERSION_GE(1, 10, 7)
  H5Pset_file_locking(access.get(), false, true);  // network file systems often cannot lock
#endif
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.get()), H5Fclose};
}

Hdf5Handle open_hdf5(const fs::path& path) {
  std::error_code ignored;
  const std::string name = fmt::format("'{}'", path.string());
  if (!fs::exists(path, ignored)) throw InputError("there is no file " + name);
  if (fs::is_directory(path, ignored)) throw InputError(name + " is a folder, not a file");
  if (access(path.c_str(), R_OK) != 0) {
    throw InputError("cannot read " + name, "permission denied");
  }
  if (fs::is_regular_file(path, ignored) && fs::file_size(path, ignored) == 0) {
    throw InputError("the file " + name + " is empty", {}, "make or copy it again");
  }
  Hdf5Handle file = try_open_hdf5(path);
  if (file) return file;
  if (H5Fis_hdf5(path.c_str()) > 0) {
    throw InputError("the HDF5 file " + name + " is truncated or damaged", {},
                     "make or copy it again");
  }
  throw InputError("the file " + name + " is not HDF5");
}

bool has_data_set(hid_t file, const std::string& name) {
  if (H5Lexists(file, name.c_str(), H5P_DEFAULT) <= 0) return false;
  const Hdf5Handle object(H5Oopen(file, name.c_str(), H5P_DEFAULT), H5Oclose);
  return object && H5Iget_type(object.get()) == H5I_DATASET;
}

Hdf5DataSet::Hdf5DataSet(hid_t file, const fs::path& path, const std::string& name)
    : path_(path), name_(name), id_(open_data_set(file, name)) {
  if (!id_) throw InputError("cannot open a data set", where(), "the file may be damaged");
  if (!is_number(id_.get())) throw InputError("a data set holds no numbers", where());
  if (const auto missing = missing_filters(id_.get()); !missing.empty()) {
    throw InputError(
        fmt::format("a data set is compressed with {}, which the HDF5 library here cannot undo",
                    fmt::join(missing, ", ")),
        where(), "compress it with gzip: h5repack -f GZIP=1 OLD NEW, where it was made");
  }
  shape_ = shape_of(id_.get());
  chunk_rows_ = chunk_rows_of(id_.get());
  raw_ = RawChunks::find(id_.get());
}

std::string Hdf5DataSet::shape_text() const {
  return showergan::shape_text(shape_);
}

std::string Hdf5DataSet::where() const {
  return fmt::format("{}, data set {}", path_.string(), name_);
}

std::vector<float> Hdf5DataSet::read(const std::vector<std::int64_t>& first,
                                     const std::vector<std::int64_t>& count) const {
  std::vector<float> values(number_of(count));
  read_into(first, count, values);
  return values;
}

void Hdf5DataSet::read_into(const std::vector<std::int64_t>& first,
                            const std::vector<std::int64_t>& count, std::span<float> values) const {
  SHOWERGAN_EXPECT(first.size() == shape_.size() && count.size() == shape_.size());
  SHOWERGAN_EXPECT(values.size() == number_of(count));
  if (values.empty()) return;
  const Hdf5Lock lock;
  const std::vector<hsize_t> start(first.begin(), first.end());
  const std::vector<hsize_t> extent(count.begin(), count.end());
  const hsize_t elements = values.size();
  const Hdf5Handle in_file(H5Dget_space(id_.get()), H5Sclose);
  const Hdf5Handle in_memory(H5Screate_simple(1, &elements, nullptr), H5Sclose);
  herr_t status = 0;
  if (!shape_.empty()) {
    status = H5Sselect_hyperslab(in_file.get(), H5S_SELECT_SET, start.data(), nullptr,
                                 extent.data(), nullptr);
  }
  if (status >= 0) {
    status = H5Dread(id_.get(), H5T_NATIVE_FLOAT, in_memory.get(), in_file.get(), H5P_DEFAULT,
                     values.data());
  }
  if (status >= 0) return;
  std::string rows;
  if (!shape_.empty()) rows = fmt::format(", rows {} to {}", first[0], first[0] + count[0] - 1);
  throw InputError("cannot read the data, the file is damaged", where() + rows,
                   "make or copy it again");
}

void Hdf5DataSet::read_rows_into(std::int64_t first, std::int64_t count,
                                 std::span<float> values) const {
  std::vector<std::int64_t> start(shape_.size(), 0);
  std::vector<std::int64_t> extent = shape_;
  start[0] = first;
  extent[0] = count;
  read_into(start, extent, values);
}

std::vector<float> Hdf5DataSet::read_rows(std::int64_t first, std::int64_t count,
                                          int threads) const {
  SHOWERGAN_EXPECT(!shape_.empty() && first >= 0 && count >= 0 && first + count <= shape_[0]);
  std::vector<std::int64_t> extent = shape_;
  extent[0] = count;
  std::vector<float> values(number_of(extent));
  if (values.empty()) return values;
  const std::size_t row_size = values.size() / static_cast<std::size_t>(count);
  const auto rows = [&](std::int64_t begin, std::int64_t end) {
    return std::span(values).subspan(static_cast<std::size_t>(begin - first) * row_size,
                                     static_cast<std::size_t>(end - begin) * row_size);
  };
  const std::int64_t last = first + count;
  const std::int64_t step = raw_ ? raw_->rows() : 1;
  const std::int64_t whole_first = (first + step - 1) / step * step;
  const std::int64_t whole_last = last == shape_[0] ? last : last / step * step;
  if (!raw_ || whole_first >= whole_last) {
    read_rows_into(first, count, values);
    return values;
  }
  read_rows_into(first, whole_first - first, rows(first, whole_first));
  for (const std::int64_t begin : raw_->read(id_.get(), whole_first, whole_last - whole_first,
                                             rows(whole_first, whole_last), threads)) {
    const std::int64_t end = std::min(begin + step, whole_last);
    read_rows_into(begin, end - begin, rows(begin, end));
  }
  read_rows_into(whole_last, last - whole_last, rows(whole_last, last));
  return values;
}

std::vector<float> Hdf5DataSet::read_all() const {
  return read(std::vector<std::int64_t>(shape_.size(), 0), shape_);
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  return fmt::format("({}{})", fmt::join(shape, ", "), shape.size() == 1 ? "," : "");
}

}  // namespace showergan
