#include "base/resources.hpp"

#include <algorithm>
#include <cstdlib>
#include <set>

#include "showergan/error.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

/// Where shipped files may be, the best first.
std::vector<fs::path> roots() {
  std::vector<fs::path> result;
  if (const char* data = std::getenv("SHOWERGAN_DATA"); data != nullptr && *data != '\0') {
    result.emplace_back(data);
  }
  std::error_code error;
  const fs::path executable = fs::read_symlink("/proc/self/exe", error);
  if (!error) result.push_back((executable.parent_path() / SHOWERGAN_SHARE_DIR).lexically_normal());
  result.emplace_back(SHOWERGAN_SOURCE_DIR);
  result.emplace_back(SHOWERGAN_INSTALL_SHARE_DIR);  // for executables that link the library
  return result;
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool contains(const std::vector<std::string>& list, const std::string& element) {
  return std::find(list.begin(), list.end(), element) != list.end();
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "none" : text;
}

}  // namespace

fs::path find_resource(const std::string& folder, const std::string& name_or_path,
                       const std::vector<std::string>& extensions) {
  if (is_file(name_or_path)) return name_or_path;
  if (name_or_path.find('/') != std::string::npos) {
    throw InputError("there is no file '" + name_or_path + "'");
  }
  const bool complete = contains(extensions, fs::path(name_or_path).extension().string());
  for (const fs::path& root : roots()) {
    if (complete && is_file(root / folder / name_or_path)) return root / folder / name_or_path;
    for (const std::string& extension : extensions) {
      const fs::path path = root / folder / (name_or_path + extension);
      if (is_file(path)) return path;
    }
  }
  throw InputError("nothing is called '" + name_or_path + "' in " + folder,
                   "known: " + joined(resource_names(folder, extensions)),
                   "give one of these names or the path of a file");
}

std::vector<std::string> resource_names(const std::string& folder,
                                        const std::vector<std::string>& extensions) {
  std::set<std::string> names;
  for (const fs::path& root : roots()) {
    std::error_code error;
    for (const fs::directory_entry& entry : fs::directory_iterator(root / folder, error)) {
      const fs::path& path = entry.path();
      if (is_file(path) && contains(extensions, path.extension().string())) {
        names.insert(path.stem().string());
      }
    }
  }
  return {names.begin(), names.end()};
}

}  // namespace showergan
