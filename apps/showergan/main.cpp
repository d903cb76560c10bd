#include <cstdio>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/interrupt.hpp"
#include "command.hpp"

namespace {

int fail(int status, const char* message) {
  std::fprintf(stderr, "showergan: %s\n", message);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace showergan;
  install_interrupt_handlers();
  CLI::App application("ShowerGAN: fast simulation of particle showers in calorimeters.",
                       "showergan");
  application.set_version_flag("--version", std::string("showergan ") + SHOWERGAN_VERSION);
  application.require_subcommand(1);
  application.get_formatter()->column_width(34);
  app::add_simulate(application);
  app::add_train(application);
  app::add_monitor(application);
  app::add_generate(application);
  app::add_validate(application);
  app::add_score(application);
  app::add_inspect(application);
  app::add_convert(application);
  app::add_quantize(application);
  app::add_bench(application);
  try {
    application.parse(argc, argv);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
      return fail(1, "cannot write to standard output");
    }
    return 0;
  } catch (const CLI::Success& request) {  // --help, --version
    return application.exit(request);
  } catch (const CLI::ParseError& error) {
    return fail(2, (std::string(error.what()) + "; see showergan --help").c_str());
  } catch (const Error& error) {
    return fail(error.exit_status(), error.what());
  } catch (const std::bad_alloc&) {
    return fail(1, "out of memory; use fewer threads");
  } catch (const std::exception& error) {
    return fail(1, error.what());
  }
}
