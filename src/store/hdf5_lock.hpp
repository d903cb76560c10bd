#pragma once

#include <mutex>

namespace showergan {

/// Held by a thread while it calls HDF5, in every function through which one enters this module.
///
/// An HDF5 library that is thread-safe has a lock of its own; for any other this is the lock, one
/// for the process (a thread may take it again). In both cases HDF5's printing of its error stack
/// is switched off, which a thread-safe library remembers for each thread. Release it before
/// waiting for another thread that calls HDF5.
class Hdf5Lock {
 public:
  Hdf5Lock();
  ~Hdf5Lock();
  Hdf5Lock(const Hdf5Lock&) = delete;
  Hdf5Lock& operator=(const Hdf5Lock&) = delete;

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

}  // namespace showergan
