#include "store/raw_chunks.hpp"

#include <algorithm>
#include <atomic>

#include "base/contract.hpp"
#include "base/threads.hpp"
#include "store/hdf5_lock.hpp"

namespace showergan {
namespace {

bool is_float32(hid_t data_set) {
  const Hdf5Handle type(H5Dget_type(data_set), H5Tclose);
  return H5Tequal(type.get(), H5T_IEEE_F32LE) > 0 && H5Tequal(H5T_NATIVE_FLOAT, H5T_IEEE_F32LE) > 0;
}

/// Absent if we cannot decode what these filters make.
std::optional<ChunkCoding> coding_of(hid_t creation) {
  std::vector<H5Z_filter_t> filters;
  for (int i = 0; i < H5Pget_nfilters(creation); ++i) {
    unsigned flags = 0;
    unsigned configuration = 0;
    std::size_t values = 0;
    filters.push_back(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr,
                                     0, nullptr, &configuration));
  }
  if (filters.empty()) return ChunkCoding::plain;
  if (filters == std::vector{H5Z_FILTER_DEFLATE}) return ChunkCoding::deflated;
  if (filters == std::vector{H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE}) {
    return ChunkCoding::shuffled_deflated;
  }
  return std::nullopt;
}

/// Whether chunks that reach beyond the end of the data set are stored as all others.
bool filters_all_chunks(hid_t creation) {
  unsigned options = 0;
  return H5Pget_chunk_opts(creation, &options) >= 0 && options == 0;
}

hsize_t chunks_along(hsize_t extent, hsize_t chunk) {
  return (extent + chunk - 1) / chunk;
}

}  // namespace

std::optional<RawChunks> RawChunks::find(hid_t data_set) {
  const Hdf5Handle creation(H5Dget_create_plist(data_set), H5Pclose);
  if (!creation || H5Pget_layout(creation.get()) != H5D_CHUNKED) return std::nullopt;
  const auto coding = coding_of(creation.get());
  if (!coding || !is_float32(data_set) || !filters_all_chunks(creation.get())) return std::nullopt;
  RawChunks chunks;
  chunks.coding_ = *coding;
  chunks.chunk_.resize(H5S_MAX_RANK);
  const int rank = H5Pget_chunk(creation.get(), H5S_MAX_RANK, chunks.chunk_.data());
  if (rank < 1) return std::nullopt;
  chunks.chunk_.resize(static_cast<std::size_t>(rank));
  chunks.shape_.resize(static_cast<std::size_t>(rank));
  const Hdf5Handle space(H5Dget_space(data_set), H5Sclose);
  H5Sget_simple_extent_dims(space.get(), chunks.shape_.data(), nullptr);
  for (const hsize_t n : chunks.chunk_) chunks.chunk_size_ *= n;
  for (std::size_t axis = 1; axis < chunks.shape_.size(); ++axis) {
    chunks.row_size_ *= chunks.shape_[axis];
  }
  return chunks;
}

std::vector<std::int64_t> RawChunks::read(hid_t data_set, std::int64_t first, std::int64_t count,
                                          std::span<float> out, int threads) const {
  SHOWERGAN_EXPECT(first % rows() == 0 && out.size() == row_size_ * static_cast<hsize_t>(count));
  hsize_t per_slab = 1;  // chunks side by side in rows() rows
  for (std::size_t axis = 1; axis < shape_.size(); ++axis) {
    per_slab *= chunks_along(shape_[axis], chunk_[axis]);
  }
  const hsize_t slabs = chunks_along(static_cast<hsize_t>(count), chunk_[0]);
  const std::size_t slab_size = chunk_[0] * row_size_;
  std::vector<std::atomic<bool>> refused(slabs);
  std::vector<Workspace> workspaces(static_cast<std::size_t>(threads));
  parallel_for(
      threads, static_cast<std::int64_t>(slabs * per_slab), [&](std::int64_t index, int thread) {
        const hsize_t slab = static_cast<hsize_t>(index) / per_slab;
        if (refused[slab]) return;
        Workspace& work = workspaces[static_cast<std::size_t>(thread)];
        const std::vector<hsize_t> at = origin(static_cast<hsize_t>(first) + slab * chunk_[0],
                                               static_cast<hsize_t>(index) % per_slab);
        const std::size_t begin = slab * slab_size;
        const std::span<float> rows_of_slab =
            out.subspan(begin, std::min(slab_size, out.size() - begin));
        if (!fetch(data_set, at, work) || !decode(at, work, rows_of_slab)) {
          refused[slab] = true;
        }
      });
  std::vector<std::int64_t> left;
  for (hsize_t slab = 0; slab < slabs; ++slab) {
    if (refused[slab]) left.push_back(first + static_cast<std::int64_t>(slab) * rows());
  }
  return left;
}

/// Where chunk `number` of those side by side in the rows from `first_row` on begins.
std::vector<hsize_t> RawChunks::origin(hsize_t first_row, hsize_t number) const {
  std::vector<hsize_t> at(shape_.size(), first_row);
  for (std::size_t axis = shape_.size() - 1; axis > 0; --axis) {
    const hsize_t along = chunks_along(shape_[axis], chunk_[axis]);
    at[axis] = number % along * chunk_[axis];
    number /= along;
  }
  return at;
}

/// Whether the chunk is made of whole rows that are all in the data set.
bool RawChunks::whole(const std::vector<hsize_t>& origin) const {
  return origin[0] + chunk_[0] <= shape_[0] &&
         std::equal(chunk_.begin() + 1, chunk_.end(), shape_.begin() + 1);
}

bool RawChunks::fetch(hid_t data_set, const std::vector<hsize_t>& origin, Workspace& work) const {
  const Hdf5Lock lock;
  hsize_t size = 0;
  if (H5Dget_chunk_storage_size(data_set, origin.data(), &size) < 0 || size == 0) return false;
  if (size > 2 * chunk_size_ * sizeof(float) + 4096) return false;  // nonsense of a damaged file
  work.stored.resize(size);
  std::uint32_t left_out = 0;
  return H5Dread_chunk(data_set, H5P_DEFAULT, origin.data(), &left_out, work.stored.data()) >= 0 &&
         left_out == 0;
}

bool RawChunks::decode(const std::vector<hsize_t>& origin, Workspace& work,
                       std::span<float> slab) const {
  if (whole(origin)) return work.decoder.decode(work.stored, coding_, slab);
  work.numbers.resize(chunk_size_);
  if (!work.decoder.decode(work.stored, coding_, work.numbers)) return false;
  scatter(work.numbers, origin, slab);
  return true;
}

/// Copies those numbers of a chunk that are in the data set to their places in the rows.
void RawChunks::scatter(std::span<const float> chunk, const std::vector<hsize_t>& origin,
                        std::span<float> slab) const {
  const std::size_t last = shape_.size() - 1;
  const std::size_t line = std::min(chunk_[last], shape_[last] - origin[last]);
  for (std::size_t from = 0; from < chunk.size(); from += chunk_[last]) {
    std::size_t rest = from / chunk_[last];
    std::size_t to = last == 0 ? 0 : origin[last];
    std::size_t stride = last == 0 ? 1 : shape_[last];
    bool inside = true;
    for (std::size_t axis = last; axis-- > 0;) {
      const std::size_t index = rest % chunk_[axis];
      rest /= chunk_[axis];
      inside = inside && origin[axis] + index < shape_[axis];
      to += (axis == 0 ? index : origin[axis] + index) * stride;
      stride *= shape_[axis];
    }
    if (inside)
      std::copy_n(chunk.begin() + static_cast<std::ptrdiff_t>(from), line,
                  slab.begin() + static_cast<std::ptrdiff_t>(to));
  }
}

}  // namespace showergan
