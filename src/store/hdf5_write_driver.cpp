#include "store/hdf5_write_driver.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>

#include <fcntl.h>
#include <unistd.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif

namespace showergan {
namespace {

struct DriverInfo {
  int* error;
};

/// What HDF5 calls a file: its own part first.
struct File {
  H5FD_t base;
  int descriptor;
  int* error;
  haddr_t end_of_allocation;
  haddr_t end_of_file;
};

File* as_file(H5FD_t* file) {
  return reinterpret_cast<File*>(file);
}
const File* as_file(const H5FD_t* file) {
  return reinterpret_cast<const File*>(file);
}

void note(File* file) {
  if (*file->error == 0) *file->error = errno;
}

H5FD_t* open_file(const char* name, unsigned flags, hid_t access, haddr_t) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(access));
  if (info == nullptr) return nullptr;
  const int fresh = (flags & H5F_ACC_TRUNC) != 0 ? O_CREAT | O_TRUNC : 0;
  const int descriptor = open(name, O_RDWR | O_CLOEXEC | fresh, 0666);
  const off_t size = descriptor < 0 ? -1 : lseek(descriptor, 0, SEEK_END);
  if (size < 0) {
    *info->error = errno;
    if (descriptor >= 0) close(descriptor);
    return nullptr;
  }
  return reinterpret_cast<H5FD_t*>(
      new File{{}, descriptor, info->error, 0, static_cast<haddr_t>(size)});
}

herr_t close_file(H5FD_t* base) {
  File* file = as_file(base);
  if (close(file->descriptor) != 0) note(file);
  delete file;
  return 0;
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  if (flags != nullptr) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
             H5FD_FEAT_AGGREGATE_SMALLDATA;
  }
  return 0;
}

haddr_t get_end_of_allocation(const H5FD_t* file, H5FD_mem_t) {
  return as_file(file)->end_of_allocation;
}

herr_t set_end_of_allocation(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  as_file(file)->end_of_allocation = address;
  return 0;
}

haddr_t get_end_of_file(const H5FD_t* file, H5FD_mem_t) {
  return as_file(file)->end_of_file;
}

/// What lies beyond the end of the file reads as 0, as HDF5 expects.
herr_t read_bytes(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                  void* buffer) {
  const File* file = as_file(base);
  char* out = static_cast<char*>(buffer);
  while (size > 0) {
    const ssize_t got = pread(file->descriptor, out, size, static_cast<off_t>(address));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return -1;
    if (got == 0) break;
    out += got;
    address += static_cast<haddr_t>(got);
    size -= static_cast<std::size_t>(got);
  }
  std::memset(out, 0, size);
  return 0;
}

herr_t write_bytes(H5FD_t* base, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                   const void* buffer) {
  File* file = as_file(base);
  const char* in = static_cast<const char*>(buffer);
  file->end_of_file = std::max(file->end_of_file, address + size);
  while (size > 0 && *file->error == 0) {
    const ssize_t put = pwrite(file->descriptor, in, size, static_cast<off_t>(address));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      note(file);
      break;
    }
    in += put;
    address += static_cast<haddr_t>(put);
    size -= static_cast<std::size_t>(put);
  }
  return 0;
}

/// Brings the file to its allocated length.
herr_t truncate_file(H5FD_t* base, hid_t, hbool_t) {
  File* file = as_file(base);
  if (file->end_of_allocation == file->end_of_file) return 0;
  if (*file->error == 0 &&
      ftruncate(file->descriptor, static_cast<off_t>(file->end_of_allocation)) != 0) {
    note(file);
  }
  file->end_of_file = file->end_of_allocation;
  return 0;
}

H5FD_class_t describe_driver() {
  H5FD_class_t driver = {};
#if H5_VERSION_GE(1, 13, 2)
  driver.version = H5FD_CLASS_VERSION;
  driver.value = static_cast<H5FD_class_value_t>(512);  // the first one left to applications
#endif
  driver.name = "showergan";
  driver.maxaddr = (haddr_t{1} << 62) - 1;
  driver.fc_degree = H5F_CLOSE_STRONG;  // closing the file closes what is left open in it
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = open_file;
  driver.close = close_file;
  driver.query = query;
  driver.get_eoa = get_end_of_allocation;
  driver.set_eoa = set_end_of_allocation;
  driver.get_eof = get_end_of_file;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = truncate_file;
  const H5FD_mem_t types[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(types), std::end(types), std::begin(driver.fl_map));
  return driver;
}

}  // namespace

Hdf5Handle forgiving_file_access(int* error) {
  static const H5FD_class_t driver = describe_driver();
  static const hid_t id = H5FDregister(&driver);
  Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  const DriverInfo info{error};
  H5Pset_driver(access.get(), id, &info);
  return access;
}

}  // namespace showergan
