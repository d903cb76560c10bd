#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace showergan {

/// A file shipped with ShowerGAN, such as `models/3dgan.toml` or `detectors/clic-ecal.toml`.
///
/// `name_or_path` is taken as a path if such a file exists or if it holds a '/'; otherwise the file
/// `folder`/NAME`extension` is looked for in $SHOWERGAN_DATA, in the installed share directory
/// (relative to the executable), in the source tree that the build came from, and in the share
/// directory of the prefix that the build was configured with. Throws InputError that lists the
/// known names.
std::filesystem::path find_resource(const std::string& folder, const std::string& name_or_path,
                                    const std::vector<std::string>& extensions);

/// Names (without extension) of the shipped files of a folder, sorted.
std::vector<std::string> resource_names(const std::string& folder,
                                        const std::vector<std::string>& extensions);

}  // namespace showergan
