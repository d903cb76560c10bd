#include "physics/report/html.hpp"

#include <gtest/gtest.h>

namespace showergan::physics {
namespace {

TEST(Html, EscapesMarkup) {
  EXPECT_EQ(html_text("<script>alert('a & \"b\"')</script>"),
            "&lt;script&gt;alert(&#39;a &amp; &quot;b&quot;&#39;)&lt;/script&gt;");
  EXPECT_EQ(html_text("a\nb"), "a b");
}

TEST(Html, IsAlwaysUtf8) {
  EXPECT_EQ(html_text("σ₆₈ ± 1"), "σ₆₈ ± 1");
  EXPECT_EQ(html_text("a\xff"), "a\xef\xbf\xbd");
  EXPECT_EQ(html_text("\xc3"), "\xef\xbf\xbd");  // cut short
  EXPECT_EQ(html_text("\xe2\x82<"), "\xef\xbf\xbd\xef\xbf\xbd&lt;");
  EXPECT_EQ(html_text("\xf0\x9f\x98\x80"), "\xf0\x9f\x98\x80");
}

TEST(Html, BuildsElementsAndRows) {
  EXPECT_EQ(html_element("p", "x"), "<p>x</p>");
  EXPECT_EQ(html_element("p", "x", "class=a"), "<p class=a>x</p>");
  EXPECT_EQ(html_row({"a", "b"}), "<tr><td>a</td><td>b</td></tr>\n");
  EXPECT_EQ(html_row({"a"}, "th"), "<tr><th>a</th></tr>\n");
}

}  // namespace
}  // namespace showergan::physics
