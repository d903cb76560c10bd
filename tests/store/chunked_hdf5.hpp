#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <hdf5.h>

#include "shower/shower_batch.hpp"

namespace showergan::test {

/// How a data set of float32 is stored.
struct Chunking {
  std::vector<hsize_t> chunk;  ///< empty: contiguous
  bool shuffle = false;
  bool deflate = false;
  bool checksum = false;  ///< Fletcher's, a filter that the fast path does not know
  float fill = 0;
  hid_t type = H5T_IEEE_F32LE;
};

/// Adds a data set whose rows from `written` on are never written.
inline void add_chunked(hid_t file, const std::string& name, const std::vector<hsize_t>& shape,
                        const std::vector<float>& values, const Chunking& how,
                        hsize_t written = H5S_UNLIMITED) {
  const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
  if (!how.chunk.empty()) {
    H5Pset_chunk(creation, static_cast<int>(how.chunk.size()), how.chunk.data());
  }
  if (how.shuffle) H5Pset_shuffle(creation);
  if (how.deflate) H5Pset_deflate(creation, 4);
  if (how.checksum) H5Pset_fletcher32(creation);
  H5Pset_fill_value(creation, H5T_NATIVE_FLOAT, &how.fill);
  const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
  const hid_t data =
      H5Dcreate2(file, name.c_str(), how.type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
  ASSERT_GE(data, 0);
  std::vector<hsize_t> part = shape;
  part[0] = std::min(part[0], written);
  const std::vector<hsize_t> start(shape.size(), 0);
  if (part[0] > 0) {
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, part.data(), nullptr);
    const hid_t memory = H5Screate_simple(static_cast<int>(part.size()), part.data(), nullptr);
    ASSERT_GE(H5Dwrite(data, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data()), 0);
    H5Sclose(memory);
  }
  H5Dclose(data);
  H5Sclose(space);
  H5Pclose(creation);
}

/// A file of showers in the 3DGAN layout, `chunk_rows` of them in a chunk (0: contiguous).
inline void write_showers(const std::filesystem::path& path, const ShowerBatch& batch,
                          std::int64_t chunk_rows) {
  const auto unsigned_of = [](std::int64_t n) { return static_cast<hsize_t>(n); };
  const hsize_t rows = unsigned_of(batch.size());
  const std::vector<hsize_t> shape = {rows, unsigned_of(batch.grid.nx), unsigned_of(batch.grid.ny),
                                      unsigned_of(batch.grid.nz)};
  Chunking how;
  if (chunk_rows > 0) {
    how = {.chunk = shape, .shuffle = true, .deflate = true};
    how.chunk[0] = unsigned_of(chunk_rows);
  }
  const hid_t file = H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  add_chunked(file, "ECAL", shape, batch.cells, how);
  add_chunked(file, "energy", {rows}, batch.energy, {});
  if (!batch.theta.empty()) add_chunked(file, "mtheta", {rows}, batch.theta, {});
  if (!batch.phi.empty()) add_chunked(file, "phi", {rows}, batch.phi, {});
  H5Fclose(file);
}

}  // namespace showergan::test
