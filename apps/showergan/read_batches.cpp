#include "read_batches.hpp"

#include <algorithm>

#include "showergan/error.hpp"

#include "base/interrupt.hpp"
#include "base/progress.hpp"
#include "measure_showers.hpp"

namespace showergan::app {

void read_batches(const ShowerReader& file, const std::string& name, bool quiet,
                  const std::function<void(const ShowerBatch&)>& use) {
  const std::int64_t batch = showers_at_once(file.grid());
  Progress progress(name, file.size(), quiet);
  for (std::int64_t first = 0; first < file.size(); first += batch) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    const std::int64_t count = std::min(batch, file.size() - first);
    use(file.read(first, count));
    progress.update(first + count);
  }
}

}  // namespace showergan::app
