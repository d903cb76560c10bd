#pragma once

#include <cstdint>

/// Names that the reader and the writer of shower files share.
namespace showergan::shower_format {

/// Root attribute `format_version` of files that we write; goes up when an older program would
/// misread a newer file.
inline constexpr std::uint64_t version = 1;

inline constexpr char version_attribute[] = "format_version";
inline constexpr char units_attribute[] = "units";
inline constexpr char axes_attribute[] = "axes";  ///< what the three indices of an image are
inline constexpr char detector_attribute[] = "detector";
inline constexpr char source_attribute[] = "source";
inline constexpr char seed_attribute[] = "seed";
inline constexpr char time_attribute[] = "ms_per_shower";  ///< to make one, on so many …
inline constexpr char threads_attribute[] = "threads";
inline constexpr char unit_attribute[] = "unit";  ///< of a data set

inline constexpr char ecal[] = "ECAL";
inline constexpr char energy[] = "energy";
inline constexpr char target[] = "target";
inline constexpr char theta[] = "theta";
inline constexpr char measured_theta[] = "mtheta";
inline constexpr char eta[] = "eta";
inline constexpr char phi[] = "phi";
inline constexpr char impact_x[] = "impact_x";
inline constexpr char impact_y[] = "impact_y";
inline constexpr char escaped[] = "escaped";
inline constexpr char showers[] = "showers";
inline constexpr char incident_energies[] = "incident_energies";

}  // namespace showergan::shower_format
