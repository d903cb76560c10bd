#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "showergan/error.hpp"

#include "store/binning.hpp"

namespace showergan {
namespace {

constexpr std::string_view blank = " \t\r\n";

struct Tag {
  std::string name;  ///< "/Bin" for an end tag
  std::map<std::string, std::string> attributes;
  std::int64_t line = 0;
};

/// The tags of an XML document one after the other; comments, declarations and text between tags
/// are skipped. As much of XML as the binning files use.
class TagReader {
 public:
  TagReader(std::string text, std::string file) : text_(std::move(text)), file_(std::move(file)) {}

  [[noreturn]] void fail(std::int64_t line, const std::string& problem,
                         const std::string& advice = {}) const {
    throw InputError(problem, fmt::format("{}, line {}", file_, line), advice);
  }

  /// False at the end.
  bool next(Tag& tag) {
    for (;;) {
      position_ = text_.find('<', position_);
      if (position_ == std::string::npos) return false;
      if (text_.compare(position_, 4, "<!--") == 0) {
        skip_past("-->");
      } else if (text_.compare(position_, 2, "<?") == 0) {
        skip_past("?>");
      } else if (text_.compare(position_, 2, "<!") == 0) {
        skip_past(">");
      } else {
        tag = read_tag();
        return true;
      }
    }
  }

  std::int64_t line() const {
    const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(position_, text_.size()));
    return 1 + std::count(text_.begin(), end, '\n');
  }

 private:
  void skip_past(std::string_view mark) {
    const std::int64_t start = line();
    position_ = text_.find(mark, position_);
    if (position_ == std::string::npos) fail(start, "the XML is cut off");
    position_ += mark.size();
  }

  Tag read_tag() {
    Tag tag;
    tag.line = line();
    ++position_;  // '<'
    tag.name = read_name("/");
    for (;;) {
      position_ = std::min(text_.find_first_not_of(blank, position_), text_.size());
      if (position_ == text_.size()) fail(tag.line, "the XML is cut off");
      if (text_[position_] == '>' || text_.compare(position_, 2, "/>") == 0) break;
      const std::string key = read_name("");
      tag.attributes[key] = read_value(tag, key);
    }
    position_ = text_.find('>', position_) + 1;
    return tag;
  }

  std::string read_name(std::string_view also) {
    const std::size_t start = position_;
    while (position_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[position_])) != 0 ||
            std::string_view("_-.:").find(text_[position_]) != std::string_view::npos ||
            (position_ == start && also.find(text_[position_]) != std::string_view::npos))) {
      ++position_;
    }
    if (position_ == start) fail(line(), "the file is not the XML of a binning");
    return text_.substr(start, position_ - start);
  }

  std::string read_value(const Tag& tag, const std::string& key) {
    const std::size_t equals = text_.find_first_not_of(blank, position_);
    const std::size_t open = equals == std::string::npos
                                 ? std::string::npos
                                 : text_.find_first_not_of(blank, equals + 1);
    if (open == std::string::npos || text_[equals] != '=' ||
        (text_[open] != '"' && text_[open] != '\'')) {
      fail(line(), fmt::format("{} of <{}> has no value in quotes", key, tag.name));
    }
    const std::size_t close = text_.find(text_[open], open + 1);
    if (close == std::string::npos) fail(line(), "the XML is cut off");
    position_ = close + 1;
    return text_.substr(open + 1, close - open - 1);
  }

  std::string text_;
  std::string file_;
  std::size_t position_ = 0;
};

template <typename Number>
Number parse(std::string_view text, const TagReader& reader, const Tag& tag,
             const std::string& key) {
  const std::size_t first = std::min(text.find_first_not_of(blank), text.size());
  text.remove_prefix(first);
  text = text.substr(0, text.find_last_not_of(blank) + 1);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    reader.fail(tag.line, fmt::format("{} has '{}', which is not a number", key, text));
  }
  return value;
}

const std::string& attribute(const TagReader& reader, const Tag& tag, const std::string& key) {
  const auto found = tag.attributes.find(key);
  if (found == tag.attributes.end()) {
    reader.fail(tag.line, fmt::format("<{}> has no {}", tag.name, key));
  }
  return found->second;
}

BinningLayer read_layer(const TagReader& reader, const Tag& tag) {
  constexpr std::int64_t most = 100000;
  BinningLayer layer;
  layer.id = parse<int>(attribute(reader, tag, "id"), reader, tag, "id");
  const std::string sectors = attribute(reader, tag, "n_bin_alpha");
  layer.sectors = parse<std::int64_t>(sectors, reader, tag, "n_bin_alpha");
  if (layer.sectors < 1 || layer.sectors > most) {
    reader.fail(tag.line, fmt::format("n_bin_alpha is {}", layer.sectors));
  }
  std::istringstream edges(attribute(reader, tag, "r_edges"));
  for (std::string edge; std::getline(edges, edge, ',');) {
    layer.r_edges.push_back(parse<double>(edge, reader, tag, "r_edges"));
  }
  if (edges.str().ends_with(',')) reader.fail(tag.line, "r_edges end with a comma");
  if (layer.r_edges.empty()) reader.fail(tag.line, "r_edges is empty");
  if (!std::all_of(layer.r_edges.begin(), layer.r_edges.end(),
                   [](double edge) { return std::isfinite(edge) && edge >= 0; })) {
    reader.fail(tag.line, "r_edges are not all finite and positive");
  }
  if (!std::is_sorted(layer.r_edges.begin(), layer.r_edges.end(), std::less_equal<>())) {
    reader.fail(tag.line, "r_edges do not increase");
  }
  return layer;
}

/// Whether a <Bin> is that of the particle of this name or pid.
bool is_of(const Tag& tag, const std::string& particle) {
  const auto says = [&](const char* key) {
    const auto found = tag.attributes.find(key);
    return found != tag.attributes.end() && found->second == particle;
  };
  return says("name") || says("pid");
}

std::string read_text(const std::filesystem::path& path) {
  std::error_code ignored;
  std::ifstream stream(path);
  if (!stream || std::filesystem::is_directory(path, ignored)) {
    throw InputError("cannot read the binning '" + path.string() + "'");
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

}  // namespace

Binning read_binning(const std::filesystem::path& path, const std::string& particle) {
  TagReader reader(read_text(path), path.string());
  Binning binning;
  int particles = 0;
  bool wanted = particle.empty();
  int open = 0;
  for (Tag tag; reader.next(tag);) {
    if (tag.name == "Bin" || tag.name == "Bins") ++open;
    if (tag.name == "/Bin" || tag.name == "/Bins") --open;
    if (tag.name == "Bin") {
      if (!particle.empty()) wanted = is_of(tag, particle);
      if (!wanted) continue;
      if (++particles > 1) {
        reader.fail(tag.line, "the binning describes more than one particle",
                    "keep one <Bin> in the file");
      }
      const auto name = tag.attributes.find("name");
      if (name != tag.attributes.end()) binning.particle = name->second;
    } else if (tag.name == "Layer" && wanted) {
      BinningLayer layer = read_layer(reader, tag);
      if (layer.rings() > 0) binning.layers.push_back(std::move(layer));
    }
  }
  if (open > 0) reader.fail(reader.line(), "the XML is cut off");
  if (particles == 0 && !particle.empty()) {
    throw InputError(fmt::format("the binning describes no particle '{}'", particle), path.string(),
                     "give the name or the pid of one of its <Bin>");
  }
  if (binning.layers.empty()) {
    throw InputError("the binning describes no layer with voxels", path.string(),
                     "give the binning XML of the CaloChallenge data set");
  }
  return binning;
}

}  // namespace showergan
