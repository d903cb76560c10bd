#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace showergan {

/// The text with every control character replaced by a space: messages may quote file names and
/// data, and whatever those hold, a message stays one line.
std::string one_line(std::string text);

/// The one of `names` that `name` is a misspelling of, most likely; empty if none is similar.
/// Counts characters to be inserted, deleted, replaced or swapped with the next (optimal string
/// alignment); at most a third of the longer text may differ.
std::string_view most_similar(std::string_view name, const std::vector<std::string_view>& names);

}  // namespace showergan
