#include "convert_showers.hpp"

#include <algorithm>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/log.hpp"
#include "base/progress.hpp"
#include "base/threads.hpp"
#include "store/shower_writer.hpp"

namespace showergan::app {
namespace {

/// The voxels of the output: those given, or those of a CaloChallenge input.
std::optional<Binning> output_binning(const ConvertShowersOptions& options,
                                      const ShowerReader& reader) {
  if (!options.calochallenge) return std::nullopt;
  if (!options.reading.binning.empty()) return read_binning(options.reading.binning);
  if (reader.layout() == ShowerLayout::calochallenge) {
    return read_binning(binning_path(reader.path()));
  }
  warn(
      "without --binning there is one voxel for each cell: layers keep their meaning, radii and "
      "angles in the output have none");
  return std::nullopt;
}

}  // namespace

void convert_showers(const ConvertShowersOptions& options) {
  constexpr std::int64_t showers_at_once = 64;
  ShowerReader reader(options.in, options.reading);
  WriteOptions writing;
  writing.provenance = reader.provenance();
  writing.calochallenge = options.calochallenge;
  writing.binning = output_binning(options, reader);
  writing.axes = reader.axes();
  writing.force = options.force;
  writing.threads = available_cores();
  writing.expected = reader.size();
  ShowerWriter writer(options.out, reader.grid(), writing);
  Progress progress("showers", reader.size(), options.quiet);
  for (std::int64_t first = 0; first < reader.size(); first += showers_at_once) {
    if (interrupted()) throw Error("interrupted", {}, "nothing was written");
    writer.write(reader.read(first, std::min(showers_at_once, reader.size() - first)));
    progress.update(writer.written());
  }
  writer.finish();
}

}  // namespace showergan::app
