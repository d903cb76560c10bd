#include "physics/report/limits.hpp"

#include <cmath>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "showergan/error.hpp"

namespace showergan::physics {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, const toml::node& node, const std::string& problem,
                       const std::string& advice) {
  throw InputError(problem, fmt::format("{}:{}", path.string(), node.source().begin.line), advice);
}

double number(const fs::path& path, const toml::node& node, const std::string& name) {
  const auto value = node.value<double>();
  if (value && std::isfinite(*value) && *value >= 0) return *value;
  fail(path, node, "the limit of '" + name + "' is not a number of at least 0",
       "write METRIC = 0.1, METRIC = { value = 0.1 } or METRIC = { min = 0.9 }");
}

Limit table_limit(const fs::path& path, const toml::table& table, const std::string& name) {
  Limit limit = {name};
  for (const auto& [key, node] : table) {
    const std::string_view word = key.str();
    const double value = number(path, node, name);
    if (word == "excess") {
      limit.excess = value;
    } else if (word == "min") {
      limit.lowest = value;
    } else if ((word == "value" || word == "max") && !limit.highest) {
      limit.highest = value;
    } else if (word == "value" || word == "max") {
      fail(path, node, "'" + name + "' has both value and max, which are the same",
           "leave one of them out");
    } else {
      fail(path, node, fmt::format("'{}' of '{}' is no kind of limit", word, name),
           "use excess, value (or max), or min");
    }
  }
  if (table.empty()) {
    fail(path, table, "the table of '" + name + "' holds no limit", "give excess, value or min");
  }
  return limit;
}

toml::table parse(const fs::path& path) {
  if (!fs::is_regular_file(path)) {
    throw InputError("cannot read the limits '" + path.string() + "'", "there is no such file",
                     "check the path given to --require");
  }
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw InputError("the limits are no TOML: " + std::string(error.description()),
                     fmt::format("{}:{}", path.string(), error.source().begin.line),
                     "names with brackets stand in quotes: \"separation[m1_x]\" = 0.1");
  }
}

}  // namespace

std::vector<Limit> read_limits(const fs::path& path) {
  const toml::table table = parse(path);
  std::vector<Limit> limits;
  for (const auto& [key, node] : table) {
    const std::string name(key.str());
    if (node.is_table()) {
      limits.push_back(table_limit(path, *node.as_table(), name));
    } else {
      limits.push_back({name, number(path, node, name)});
    }
  }
  if (limits.empty()) {
    throw InputError("the file of limits holds no limit", path.string(),
                     "write METRIC = 0.1, one a line");
  }
  return limits;
}

}  // namespace showergan::physics
