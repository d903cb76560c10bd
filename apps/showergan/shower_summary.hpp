#pragma once

#include <array>
#include <cstdint>

#include "shower/shower_batch.hpp"
#include "store/shower_columns.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {

/// Lowest, highest and mean of some numbers.
class NumberRange {
 public:
  void add(double value);
  std::int64_t count() const noexcept { return count_; }
  double low() const noexcept { return low_; }
  double high() const noexcept { return high_; }
  double mean() const noexcept { return count_ > 0 ? sum_ / static_cast<double>(count_) : 0; }

 private:
  std::int64_t count_ = 0;
  double low_ = 0;
  double high_ = 0;
  double sum_ = 0;
};

/// What `inspect` tells of the showers of a file.
struct ShowerSummary {
  NumberRange energy;             ///< of the primary, GeV
  NumberRange image_energy;       ///< sum of the cells, GeV
  NumberRange sampling_fraction;  ///< sum of the cells over the energy of the primary
  NumberRange hottest_cell;       ///< of each shower, GeV
  NumberRange filled;             ///< fraction of cells that are not 0
  std::int64_t empty = 0;         ///< showers without energy
  /// Of shower_columns, in their order and units; no numbers where the file has no such column.
  std::array<NumberRange, shower_columns.size()> columns;

  void add(const ShowerBatch& batch);
};

/// Reads the whole file, in bounded memory, and with that checks every shower. Throws InputError
/// for one that is not physical, and Error if the user interrupts.
ShowerSummary summarise(ShowerReader& reader, bool quiet);

}  // namespace showergan::app
