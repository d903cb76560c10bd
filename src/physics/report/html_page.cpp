#include "physics/report/html_page.hpp"

#include <fmt/format.h>

#include "physics/report/page_style.hpp"

namespace showergan::physics {

std::string html_page(std::string_view title, std::string_view body, int refresh) {
  const std::string again =
      refresh > 0 ? fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">\n", refresh) : "";
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{}"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n{}\n</body>\n</html>\n",
      again, title, kPageStyle, body);
}

}  // namespace showergan::physics
