#include "store/hdf5_output.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "store/hdf5_write_driver.hpp"

namespace showergan {

Hdf5Output::Hdf5Output(const std::filesystem::path& file, std::filesystem::path name, Mode mode)
    : name_(std::move(name)) {
  silence_hdf5();
  const Hdf5Handle access = forgiving_file_access(&error_);
  const hid_t id = mode == Mode::create
                       ? H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access.get())
                       : H5Fopen(file.c_str(), H5F_ACC_RDWR, access.get());
  file_ = {id, H5Fclose};
  check(static_cast<bool>(file_));
}

void Hdf5Output::check(bool success) const {
  if (success && error_ == 0) return;
  const bool full = error_ == ENOSPC || error_ == EDQUOT || error_ == EFBIG;
  throw Error(fmt::format("cannot write '{}'", name_.string()),
              error_ == 0 ? "HDF5 reports a failure" : std::strerror(error_),
              full ? "free some space or choose another folder" : "");
}

void Hdf5Output::close() {
  check(file_.close());
}

}  // namespace showergan
