#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <hdf5.h>

namespace showergan::test {

/// Writes HDF5 files of any kind, as other programs might: any number type, any attribute.
class RawHdf5 {
 public:
  explicit RawHdf5(const std::filesystem::path& path)
      : file_(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT)) {}
  ~RawHdf5() { H5Fclose(file_); }
  RawHdf5(const RawHdf5&) = delete;
  RawHdf5& operator=(const RawHdf5&) = delete;

  hid_t id() const { return file_; }

  /// Numbers stored as `type`, such as H5T_STD_I16LE; `unit` becomes an attribute.
  void add(const std::string& name, const std::vector<hsize_t>& shape,
           const std::vector<double>& values, hid_t type = H5T_IEEE_F32LE,
           const std::string& unit = "") {
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t data =
        H5Dcreate2(file_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (!values.empty()) {
      ASSERT_GE(H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    }
    if (!unit.empty()) fixed_text(data, "unit", unit);
    H5Dclose(data);
    H5Sclose(space);
  }

  /// A text of fixed length, as Fortran and older Python programs write it.
  static void fixed_text(hid_t object, const std::string& name, const std::string& text) {
    const hid_t type = H5Tcopy(H5T_C_S1);
    H5Tset_size(type, text.size());
    H5Tset_strpad(type, H5T_STR_NULLPAD);
    attribute(object, name, type, type, text.data(), {});
    H5Tclose(type);
  }

  static void attribute(hid_t object, const std::string& name, hid_t stored, hid_t native,
                        const void* values, const std::vector<hsize_t>& shape) {
    const hid_t space =
        shape.empty() ? H5Screate(H5S_SCALAR)
                      : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t id = H5Acreate2(object, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT);
    ASSERT_GE(H5Awrite(id, native, values), 0);
    H5Aclose(id);
    H5Sclose(space);
  }

 private:
  hid_t file_;
};

}  // namespace showergan::test
