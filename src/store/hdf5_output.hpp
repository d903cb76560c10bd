#pragma once

#include <filesystem>

#include "store/hdf5_handle.hpp"

namespace showergan {

/// An HDF5 file that is being written.
///
/// HDF5 cannot close a file that it could not flush: it keeps the file open and crashes when the
/// program ends. So a small file driver of ours notes the first failed write (a full disk) and
/// tells HDF5 that all is well; the failure is reported here, and HDF5 closes what is then to be
/// thrown away.
class Hdf5Output {
 public:
  enum class Mode {
    create,  ///< creates the file or empties it
    append   ///< opens a whole HDF5 file to change it
  };

  /// Opens `file`; `name` is what messages call it. Throws Error if it cannot.
  Hdf5Output(const std::filesystem::path& file, std::filesystem::path name,
             Mode mode = Mode::create);
  Hdf5Output(const Hdf5Output&) = delete;
  Hdf5Output& operator=(const Hdf5Output&) = delete;

  hid_t id() const noexcept { return file_.get(); }

  const std::filesystem::path& name() const noexcept { return name_; }

  /// Throws Error if HDF5 reported a failure or a write has failed so far.
  void check(bool success) const;

  /// Flushes and closes; throws as check().
  void close();

 private:
  std::filesystem::path name_;
  int error_ = 0;    ///< errno of the first failed write
  Hdf5Handle file_;  ///< after error_: the driver writes to that until the file is closed
};

}  // namespace showergan
