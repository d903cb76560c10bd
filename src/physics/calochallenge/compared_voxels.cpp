#include "physics/calochallenge/compared_voxels.hpp"

#include "physics/row_order.hpp"

namespace showergan::physics {
namespace {

std::vector<double> energies(const VoxelSet& set, const ComparedVoxels::Rows& rows) {
  std::vector<double> values;
  for (const std::int64_t row : rows) values.push_back(set.energy()[static_cast<std::size_t>(row)]);
  return values;
}

}  // namespace

ComparedVoxels::ComparedVoxels(const VoxelSet& first, const VoxelSet& second)
    : reference(first),
      candidate(second),
      reference_rows(rows_by_energy(first.energy())),
      candidate_rows(rows_by_energy(second.energy())),
      reference_halves(dealt(reference_rows)),
      spectra(compare_energies(energies(first, reference_rows), energies(second, candidate_rows))) {
}

}  // namespace showergan::physics
