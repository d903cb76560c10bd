#include "model/read_file.hpp"

#include <fstream>

#include <fmt/format.h>

#include "showergan/error.hpp"

namespace showergan {

std::string read_file(const std::filesystem::path& path, std::string_view what) {
  std::string bytes;
  std::ifstream file(path, std::ios::binary);
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (file && !unknown) {
    bytes.resize(size);
    file.read(bytes.data(), static_cast<std::streamsize>(size));
  }
  if (unknown || !file) {
    throw InputError(fmt::format("cannot read the {}", what), path.string(),
                     "check the file's name");
  }
  return bytes;
}

}  // namespace showergan
