#include "store/hdf5_lock.hpp"

#include "store/hdf5_handle.hpp"

namespace showergan {
namespace {

bool library_is_thread_safe() {
  hbool_t safe = false;
  return H5is_library_threadsafe(&safe) >= 0 && safe;
}

std::recursive_mutex& process_mutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

}  // namespace

Hdf5Lock::Hdf5Lock() {
  static const bool safe = library_is_thread_safe();
  if (!safe) lock_ = std::unique_lock(process_mutex());
  silence_hdf5();
}

Hdf5Lock::~Hdf5Lock() {
  H5Eclear2(H5E_DEFAULT);
}

}  // namespace showergan
