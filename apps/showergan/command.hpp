#pragma once

#include <CLI/CLI.hpp>

namespace showergan::app {

/// Each adds its subcommand to the application; the work is done in the subcommand's callback.
void add_bench(CLI::App& application);
void add_convert(CLI::App& application);
void add_generate(CLI::App& application);
void add_inspect(CLI::App& application);
void add_monitor(CLI::App& application);
void add_quantize(CLI::App& application);
void add_simulate(CLI::App& application);
void add_score(CLI::App& application);
void add_train(CLI::App& application);
void add_validate(CLI::App& application);

/// The same, to `showergan bench`.
void add_bench_layers(CLI::App& bench);
void add_bench_train(CLI::App& bench);

}  // namespace showergan::app
