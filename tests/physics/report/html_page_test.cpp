#include "physics/report/html_page.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(HtmlPage, IsAWholePageWithItsStyle) {
  const std::string page = html_page("A &amp; B", "<p>text</p>");
  EXPECT_TRUE(page.starts_with("<!DOCTYPE html>\n"));
  EXPECT_NE(page.find("<meta charset=\"utf-8\">"), std::string::npos);
  EXPECT_NE(page.find("<title>A &amp; B</title>\n<style>"), std::string::npos);
  EXPECT_NE(page.find("<body>\n<p>text</p>\n</body>"), std::string::npos);
  EXPECT_EQ(page.find("http-equiv"), std::string::npos);
}

TEST(HtmlPage, AsksToBeLoadedAgain) {
  EXPECT_NE(html_page("t", "b", 30).find("<meta http-equiv=\"refresh\" content=\"30\">"),
            std::string::npos);
}

}  // namespace
}  // namespace showergan::physics
