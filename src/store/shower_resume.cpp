#include "store/shower_resume.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "store/shower_header.hpp"
#include "store/shower_reader.hpp"

namespace showergan {
namespace {

std::string text_of(const Grid& grid) {
  return fmt::format("{} x {} x {}", grid.nx, grid.ny, grid.nz);
}

const char* layout_name(bool calochallenge) {
  return calochallenge ? "CaloChallenge" : "3DGAN";
}

std::vector<std::string> differences(const ShowerReader& reader, const Grid& grid,
                                     const WriteOptions& options) {
  const bool calochallenge = reader.layout() == ShowerLayout::calochallenge;
  if (calochallenge != options.calochallenge) {  // most else follows from that
    return {fmt::format("layout is {}, not {}", layout_name(calochallenge),
                        layout_name(options.calochallenge))};
  }
  std::vector<std::string> found;
  if (reader.grid() != grid) {
    found.push_back(fmt::format("grid is {}, not {}", text_of(reader.grid()), text_of(grid)));
  } else if (calochallenge) {
    const Binning wanted = options.binning.value_or(cartesian_binning(grid));
    const Binning stored = read_binning(binning_path(reader.path()));
    if (binning_xml(stored) != binning_xml(wanted)) found.emplace_back("binning is another");
  }
  const std::vector<std::string> header =
      header_differences(reader.attributes(), shower_header(options));
  found.insert(found.end(), header.begin(), header.end());
  return found;
}

void read_all(const ShowerReader& reader, int threads) {
  const std::int64_t block = std::max<std::int64_t>(reader.chunk_rows(), 1) * threads;
  for (std::int64_t first = 0; first < reader.size(); first += block) {
    reader.read(first, std::min(block, reader.size() - first));
  }
}

}  // namespace

std::optional<std::int64_t> showers_to_resume(const std::filesystem::path& path, const Grid& grid,
                                              const WriteOptions& options) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return std::nullopt;
  const ShowerReader reader(path, {.threads = options.threads});
  const std::vector<std::string> found = differences(reader, grid, options);
  if (!found.empty()) {
    throw InputError(fmt::format("'{}' is not of this run and cannot be resumed", path.string()),
                     fmt::format("{}", fmt::join(found, "; ")),
                     "give the settings that it was begun with, or the name of another file");
  }
  read_all(reader, options.threads);
  return reader.size();
}

}  // namespace showergan
