/// Samples every process of the Monte Carlo, evaluates its formulas, and writes for each a gnuplot
/// script with the data in it, and the comparisons with published values in Markdown.
///
///   montecarlo_figures FOLDER [SAMPLES]

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "showergan/error.hpp"

#include "figures.hpp"

namespace {

using namespace showergan;
using namespace showergan::montecarlo::figures;

void write_all(const std::filesystem::path& folder, int samples) {
  std::filesystem::create_directories(folder);
  const std::filesystem::path table = folder / "comparison.md";
  std::ofstream out(table);
  for (const auto& result :
       {compton(samples), photoelectric(samples), pair_production(samples), ionisation(samples),
        loss_fluctuation(samples), bremsstrahlung(samples), multiple_scattering(samples),
        annihilation(samples)}) {
    write(result.figure, folder);
    for (const Comparison& comparison : result.comparisons) out << comparison.table();
  }
  out << production_cuts();
  out.flush();
  if (!out) throw Error("cannot write the table", table.string(), "choose a folder with room");
}

}  // namespace

int main(int argc, char** argv) {
  const int samples = argc > 2 ? std::atoi(argv[2]) : 1000000;
  if (argc < 2 || argc > 3 || samples < 1) {
    std::fprintf(stderr, "usage: montecarlo_figures FOLDER [SAMPLES]\n");
    return 2;
  }
  try {
    write_all(argv[1], samples);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "montecarlo_figures: %s\n", error.what());
    return 1;
  }
  return 0;
}
