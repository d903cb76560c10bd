#include "store/hdf5_attribute.hpp"

#include <cstring>

#include <fmt/format.h>

namespace showergan {
namespace {

std::vector<std::string> read_fixed_texts(hid_t attribute, hid_t type, std::size_t count) {
  const std::size_t size = H5Tget_size(type);
  std::vector<char> buffer(size * count);
  std::vector<std::string> texts;
  if (H5Aread(attribute, type, buffer.data()) < 0) return texts;
  for (std::size_t i = 0; i < count; ++i) {
    const char* text = buffer.data() + i * size;
    texts.emplace_back(text, strnlen(text, size));
  }
  return texts;
}

std::vector<std::string> read_variable_texts(hid_t attribute, hid_t type, hid_t space,
                                             std::size_t count) {
  std::vector<char*> pointers(count, nullptr);
  std::vector<std::string> texts;
  if (H5Aread(attribute, type, pointers.data()) < 0) return texts;
  for (const char* text : pointers) texts.emplace_back(text == nullptr ? "" : text);
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
  return texts;
}

template <typename Number>
std::vector<std::string> read_numbers(hid_t attribute, hid_t type, std::size_t count) {
  std::vector<Number> numbers(count);
  std::vector<std::string> texts;
  if (H5Aread(attribute, type, numbers.data()) < 0) return texts;
  for (const Number number : numbers) texts.push_back(fmt::format("{}", number));
  return texts;
}

std::vector<std::string> read_elements(hid_t attribute) {
  const Hdf5Handle type(H5Aget_type(attribute), H5Tclose);
  const Hdf5Handle space(H5Aget_space(attribute), H5Sclose);
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  if (points <= 0) return {};
  const auto count = static_cast<std::size_t>(points);
  switch (H5Tget_class(type.get())) {
    case H5T_STRING:
      return H5Tis_variable_str(type.get()) > 0
                 ? read_variable_texts(attribute, type.get(), space.get(), count)
                 : read_fixed_texts(attribute, type.get(), count);
    case H5T_INTEGER:
      return H5Tget_sign(type.get()) == H5T_SGN_NONE
                 ? read_numbers<unsigned long long>(attribute, H5T_NATIVE_ULLONG, count)
                 : read_numbers<long long>(attribute, H5T_NATIVE_LLONG, count);
    case H5T_FLOAT:
      return read_numbers<double>(attribute, H5T_NATIVE_DOUBLE, count);
    default:
      return {};
  }
}

bool write(hid_t object, const std::string& name, hid_t stored, hid_t native, const void* value) {
  const Hdf5Handle space(H5Screate(H5S_SCALAR), H5Sclose);
  const Hdf5Handle attribute(
      H5Acreate2(object, name.c_str(), stored, space.get(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  return attribute && H5Awrite(attribute.get(), native, value) >= 0;
}

}  // namespace

std::optional<std::string> text_attribute(hid_t object, const std::string& name) {
  if (H5Aexists(object, name.c_str()) <= 0) return std::nullopt;
  const Hdf5Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT), H5Aclose);
  if (!attribute) return std::nullopt;
  const std::vector<std::string> elements = read_elements(attribute.get());
  if (elements.empty()) return std::nullopt;
  return fmt::format("{}", fmt::join(elements, ", "));
}

std::vector<std::pair<std::string, std::string>> text_attributes(hid_t object) {
  std::vector<std::string> names;
  const auto collect = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, nullptr, collect, &names);
  std::vector<std::pair<std::string, std::string>> attributes;
  for (const std::string& name : names) {
    if (auto text = text_attribute(object, name)) attributes.emplace_back(name, std::move(*text));
  }
  return attributes;
}

bool write_attribute(hid_t object, const std::string& name, const std::string& text) {
  const Hdf5Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  const char* pointer = text.c_str();
  return write(object, name, type.get(), type.get(), static_cast<const void*>(&pointer));
}

bool write_attribute(hid_t object, const std::string& name, std::uint64_t value) {
  return write(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, &value);
}

}  // namespace showergan
