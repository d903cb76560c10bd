#pragma once

#include "store/hdf5_handle.hpp"

namespace showergan {

/// File access for H5Fcreate and H5Fopen with the driver that notes the errno of the first failed
/// write in `error` and lets HDF5 go on (see Hdf5Output). `error` must outlive the file.
Hdf5Handle forgiving_file_access(int* error);

}  // namespace showergan
