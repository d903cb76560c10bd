#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <hdf5.h>

namespace showergan::test {

/// What is stored in a data set: extent and all chunks, compressed as they are.
inline std::string stored_content(hid_t data) {
  const hid_t space = H5Dget_space(data);
  std::vector<hsize_t> extent(static_cast<std::size_t>(H5Sget_simple_extent_ndims(space)));
  H5Sget_simple_extent_dims(space, extent.data(), nullptr);
  std::string content;
  for (const hsize_t n : extent) content += std::to_string(n) + " ";
  hsize_t chunks = 0;
  H5Dget_num_chunks(data, space, &chunks);
  for (hsize_t i = 0; i < chunks; ++i) {
    std::vector<hsize_t> offset(extent.size());
    unsigned filters = 0;
    haddr_t address = 0;
    hsize_t size = 0;
    H5Dget_chunk_info(data, space, i, offset.data(), &filters, &address, &size);
    std::string bytes(size, '\0');
    H5Dread_chunk(data, H5P_DEFAULT, offset.data(), &filters, bytes.data());
    content += "chunk " + std::to_string(offset[0]) + ":" + bytes;
  }
  H5Sclose(space);
  return content;
}

/// The same of all data sets in the root of a file, by name: equal for files of equal bits. (Whole
/// files are not comparable: HDF5 puts the time into them.)
inline std::map<std::string, std::string> stored_contents(const std::filesystem::path& path) {
  std::map<std::string, std::string> contents;
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
  const auto visit = [](hid_t group, const char* name, const H5L_info_t*, void* out) -> herr_t {
    const hid_t data = H5Dopen2(group, name, H5P_DEFAULT);
    (*static_cast<std::map<std::string, std::string>*>(out))[name] = stored_content(data);
    H5Dclose(data);
    return 0;
  };
  H5Literate(file, H5_INDEX_NAME, H5_ITER_INC, nullptr, visit, &contents);
  H5Fclose(file);
  return contents;
}

}  // namespace showergan::test
