#include "showergan/error.hpp"

#include "base/text.hpp"

namespace showergan {
namespace {

std::string compose(std::string_view problem, std::string_view where, std::string_view advice) {
  std::string text(problem);
  if (!where.empty()) text.append(" (").append(where).append(")");
  if (!advice.empty()) text.append("; ").append(advice);
  return one_line(std::move(text));
}

}  // namespace

Error::Error(std::string_view problem, std::string_view where, std::string_view advice)
    : std::runtime_error(compose(problem, where, advice)) {}

}  // namespace showergan
