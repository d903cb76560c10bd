#include "physics/calochallenge/protocol.hpp"

#include <algorithm>
#include <vector>

namespace showergan::physics {
namespace {

bool all_layers_are(const Binning& binning, std::int64_t rings, std::int64_t sectors) {
  constexpr std::size_t kLayers = 45;
  return binning.layers.size() == kLayers &&
         std::ranges::all_of(binning.layers, [&](const BinningLayer& layer) {
           return layer.rings() == rings && layer.sectors == sectors;
         });
}

bool has_layers(const Binning& binning, const std::vector<int>& ids, std::int64_t voxels) {
  return binning.voxels() == voxels &&
         std::ranges::equal(binning.layers, ids, {}, &BinningLayer::id);
}

}  // namespace

DataSet data_set_of(const Binning& binning) {
  if (all_layers_are(binning, 9, 16)) return DataSet::set_2;
  if (all_layers_are(binning, 18, 50)) return DataSet::set_3;
  if (has_layers(binning, {0, 1, 2, 3, 12}, 368)) return DataSet::photons;
  if (has_layers(binning, {0, 1, 2, 3, 12, 13, 14}, 533)) return DataSet::pions;
  return DataSet::other;
}

std::string name_of(DataSet data_set) {
  switch (data_set) {
    case DataSet::photons:
      return "CaloChallenge data set 1 (photons)";
    case DataSet::pions:
      return "CaloChallenge data set 1 (pions)";
    case DataSet::set_2:
      return "CaloChallenge data set 2";
    case DataSet::set_3:
      return "CaloChallenge data set 3";
    case DataSet::other:
      break;
  }
  return "CaloChallenge layout";
}

Protocol protocol_of(const Binning& binning, std::optional<double> threshold) {
  constexpr double kGeant4Readout = 0.5e-3;  // MeV
  constexpr double kSamplingFraction = 0.033;
  constexpr double kSet1Least = 10;     // MeV
  constexpr double kOtherLeast = 1e-3;  // MeV
  Protocol protocol = {data_set_of(binning), kOtherLeast, kOtherLeast};
  switch (protocol.data_set) {
    case DataSet::photons:
    case DataSet::pions:
      protocol.threshold = 0;
      protocol.least_energy = kSet1Least;
      break;
    case DataSet::set_2:
    case DataSet::set_3:
      protocol.threshold = protocol.least_energy = kGeant4Readout / kSamplingFraction;
      break;
    case DataSet::other:
      break;
  }
  if (threshold) {
    protocol.threshold = *threshold;
    if (*threshold > 0) protocol.least_energy = *threshold;
  }
  return protocol;
}

}  // namespace showergan::physics
