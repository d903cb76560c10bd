#include "store/shower_layout.hpp"

namespace showergan {

std::string_view name_of(ShowerLayout layout) noexcept {
  switch (layout) {
    case ShowerLayout::fixed_angle:
      return "3DGAN, fixed angle";
    case ShowerLayout::variable_angle:
      return "3DGAN, variable angle";
    case ShowerLayout::calochallenge:
      return "CaloChallenge";
  }
  return "unknown";
}

}  // namespace showergan
