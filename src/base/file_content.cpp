#include "base/file_content.hpp"

#include <fstream>
#include <iterator>

namespace showergan {

std::string file_content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace showergan
