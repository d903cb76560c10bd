#include "simulation_mesh.hpp"

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "store/binning.hpp"

namespace showergan::app {

Binning read_mesh(const std::filesystem::path& binning, const std::string& particle,
                  const Detector& detector) {
  Binning mesh = read_binning(binning, particle);
  const std::int64_t layers = mesh.grid().nz;
  if (layers != detector.grid.nz) {
    throw InputError(
        fmt::format("the binning has {} layers with voxels, but the detector {} has {}", layers,
                    detector.name, detector.grid.nz),
        binning.string(), "give a binning and a detector with the same layers");
  }
  return mesh;
}

}  // namespace showergan::app
