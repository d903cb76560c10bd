#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "shower/shower_batch.hpp"

namespace showergan {

/// A material as a mixture of elements by mass.
struct Material {
  std::string name;
  double density = 0;                      ///< g/cm3
  std::map<std::string, double> elements;  ///< symbol → mass fraction; they add up to 1
  double radiation_length = 0;             ///< mm; 0 if not stated
  double birks = 0;  ///< Birks' constant of a scintillator, mm/MeV; 0 for none
};

/// One plate of a layer, in the order met by the particle.
struct Slab {
  std::string material;
  double thickness = 0;    ///< mm
  bool sensitive = false;  ///< whether its deposits are recorded
  bool absorber = false;   ///< whether it counts as the layer's absorber (METRICS: `response`)
};

struct Layer {
  std::vector<Slab> slabs;

  double thickness() const;           ///< mm
  double absorber_thickness() const;  ///< mm
};

/// A layered calorimeter: a grid of cells across z, and what the layers are made of
/// (detectors/*.toml).
struct Detector {
  std::string name;
  std::string description;
  Grid grid;
  double cell_x = 0;       ///< mm
  double cell_y = 0;       ///< mm
  double width_x = 10000;  ///< of the slabs, around the middle, mm
  double width_y = 10000;  ///< mm
  std::map<std::string, Material> materials;
  std::vector<Layer> layers;        ///< grid.nz of them
  std::vector<Slab> behind;         ///< what follows the last layer
  double readout_threshold = 1e-6;  ///< GeV; cells below are read as 0

  /// Absorber thickness in front of each layer over that of layer 0: the weights of `response`.
  std::vector<double> layer_weights() const;
};

/// A number that stands for what a Monte Carlo does with the detector: cells, slabs and materials,
/// not their names (64-bit FNV-1a).
std::uint64_t fingerprint(const Detector& detector);

/// Reads a description. Throws InputError that names file, line and key.
Detector load_detector(const std::filesystem::path& path);

/// A description by path, or by the name of a shipped one: looked for as `detectors/NAME.toml`
/// beside the executable's installation (see base/resources.hpp). Throws InputError listing the
/// known names.
Detector find_detector(const std::string& name_or_path);

}  // namespace showergan
