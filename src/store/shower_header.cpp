#include "store/shower_header.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "store/hdf5_attribute.hpp"
#include "store/shower_format.hpp"

namespace showergan {
namespace {

namespace format = shower_format;

std::string text_of(const std::variant<std::string, std::uint64_t>& value) {
  const auto to_text = [](const auto& v) { return fmt::format("{}", v); };
  return std::visit(to_text, value);
}

/// The value of that name as text, or "unknown".
std::string value_of(const std::string& name,
                     const std::vector<std::pair<std::string, std::string>>& attributes) {
  const auto found = std::ranges::find(attributes, name, [](const auto& a) { return a.first; });
  return found == attributes.end() ? "unknown" : found->second;
}

}  // namespace

ShowerHeader shower_header(const WriteOptions& options) {
  ShowerHeader header = {
      {format::version_attribute, format::version},
      {format::units_attribute, options.calochallenge ? "MeV, mm, rad" : "GeV, mm, rad"},
      {format::axes_attribute, options.axes}};
  const Provenance& provenance = options.provenance;
  if (!provenance.detector.empty()) {
    header.emplace_back(format::detector_attribute, provenance.detector);
  }
  if (!provenance.source.empty()) header.emplace_back(format::source_attribute, provenance.source);
  if (provenance.seed) header.emplace_back(format::seed_attribute, *provenance.seed);
  return header;
}

void write_header(const Hdf5Output& output, const ShowerHeader& header) {
  for (const auto& [name, value] : header) {
    const auto write = [&output, &key = name](const auto& v) {
      return write_attribute(output.id(), key, v);
    };
    output.check(std::visit(write, value));
  }
}

std::vector<std::string> header_differences(
    const std::vector<std::pair<std::string, std::string>>& attributes,
    const ShowerHeader& header) {
  std::vector<std::pair<std::string, std::string>> wanted;
  for (const auto& [name, value] : header) wanted.emplace_back(name, text_of(value));
  std::vector<std::string> differences;
  for (const std::string name :
       {format::version_attribute, format::units_attribute, format::axes_attribute,
        format::detector_attribute, format::source_attribute, format::seed_attribute}) {
    const std::string there = value_of(name, attributes);
    const std::string here = value_of(name, wanted);
    if (there != here) differences.push_back(fmt::format("{} is {}, not {}", name, there, here));
  }
  return differences;
}

}  // namespace showergan
