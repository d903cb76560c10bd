#include "store/shower_columns.hpp"

#include "store/shower_check.hpp"

namespace showergan {

const char* unit_name(ColumnKind kind) noexcept {
  switch (kind) {
    case ColumnKind::angle:
      return "rad";
    case ColumnKind::position:
      return "mm";
    case ColumnKind::energy:
      return "GeV";
  }
  return "";
}

void check_column(ColumnKind kind, std::span<const float> values, const std::string& where,
                  std::int64_t first_row) {
  switch (kind) {
    case ColumnKind::angle:
      return check_angles(values, where, first_row);
    case ColumnKind::position:
      return check_positions(values, where, first_row);
    case ColumnKind::energy:
      return check_escaped(values, where, first_row);
  }
}

}  // namespace showergan
