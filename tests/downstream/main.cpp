// Makes two showers with the model given on the command line and looks whether they are plausible.
#include <cmath>
#include <cstdio>
#include <vector>

#include <showergan/error.hpp>
#include <showergan/generator.hpp>
#include <showergan/version.hpp>

namespace {

/// Energy in all cells in GeV; −1 if a cell is negative or not a number.
double total(const float* cells, std::int64_t count) {
  double sum = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    if (!(cells[i] >= 0) || std::isinf(cells[i])) return -1;
    sum += static_cast<double>(cells[i]);
  }
  return sum;
}

int run(const char* model) {
  showergan::Generator generator(model, {.threads = 1});
  const std::vector<showergan::Condition> conditions = {{.energy = 20}, {.energy = 200}};
  const std::int64_t cells = generator.cells();
  std::vector<float> showers(conditions.size() * static_cast<std::size_t>(cells));
  generator.generate(conditions, 1, 0, showers);
  const double low = total(showers.data(), cells);
  const double high = total(showers.data() + cells, cells);
  std::printf("showergan %s, model %s: %.3g GeV and %.3g GeV in the cells\n", SHOWERGAN_VERSION,
              generator.name().c_str(), low, high);
  return low > 0 && high > low ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    return run(argv[1]);
  } catch (const showergan::Error& error) {
    std::fprintf(stderr, "downstream: %s\n", error.what());
    return error.exit_status();
  }
}
