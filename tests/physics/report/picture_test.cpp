#include "physics/report/picture.hpp"

#include <gtest/gtest.h>

#include "physics/report/gnuplot.hpp"

namespace showergan::physics {
namespace {

PictureDrawer::Script script(const std::string& plot) {
  return [plot](const std::filesystem::path& output) {
    return "set terminal svg size 100,80\nset output '" + output.string() + "'\n" + plot + "\n";
  };
}

TEST(Picture, StandsInThePage) {
  EXPECT_EQ(picture_html({"image/png", "<png/>"}, "A \"title\"", 290),
            "<img alt=\"A &quot;title&quot;\" style=\"--least: 290px\" "
            "src=\"data:image/png;base64,PHBuZy8+\">");
}

TEST(Picture, IsDrawnAndNotDrawnAgainIfNothingChanged) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  PictureDrawer drawer;
  int asked = 0;
  const PictureDrawer::Script counted = [&](const std::filesystem::path& output) {
    ++asked;
    return script("plot x")(output);
  };
  const auto first = drawer.draw("a", FigureFormat::svg, counted);
  ASSERT_TRUE(first) << drawer.complaint();
  EXPECT_EQ(first->media_type, "image/svg+xml");
  EXPECT_NE(first->bytes.find("</svg>"), std::string::npos);
  EXPECT_EQ(asked, 2) << "to compare, and to draw";
  EXPECT_EQ(drawer.draw("a", FigureFormat::svg, counted)->bytes, first->bytes);
  EXPECT_EQ(asked, 3) << "to compare";
  EXPECT_NE(drawer.draw("a", FigureFormat::svg, script("plot x*x"))->bytes, first->bytes);
}

TEST(Picture, WhatGnuplotCannotDrawIsSaid) {
  if (!gnuplot_available()) GTEST_SKIP() << "gnuplot is not installed";
  PictureDrawer drawer;
  EXPECT_FALSE(drawer.draw("a", FigureFormat::svg, script("plot nonsense")));
  EXPECT_NE(drawer.complaint().find("nonsense"), std::string::npos) << drawer.complaint();
}

}  // namespace
}  // namespace showergan::physics
