#pragma once

#include <optional>
#include <string>

#include "physics/calochallenge/compared_voxels.hpp"

namespace showergan::physics {

/// A sentence on the observables of which more of the candidate's showers than of the reference's,
/// by 1 % and by four times the statistical error, lie outside the range of the histogram, where
/// the protocol does not see them; none if there are no such.
std::optional<std::string> outside_ranges(const ComparedVoxels& sets);

}  // namespace showergan::physics
