#include "base/atomic_file.hpp"
#include "measure_showers.hpp"
#include "physics/summary/summary.hpp"
#include "validate_modes.hpp"

namespace showergan::app {

void summarize_file(const ValidateOptions& options) {
  // Opened first: a name that cannot be written is found before the long work.
  const AtomicFile check(options.summary, options.force);
  ShowerReader file(options.reference, {.threads = options.threads});
  const MeasuringDetector detector = choose_detector({&file}, options.detector);
  const physics::ShowerSet set = measure(file, detector.geometry, options.threads, options.quiet);
  std::string source = options.source;
  if (source.empty()) source = file.provenance().source;
  if (source.empty()) source = options.reference.filename().string();
  write_file(options.summary,
             physics::summarize_monte_carlo(set, source, detector.name, options.ms_per_shower),
             options.force);
}

}  // namespace showergan::app
