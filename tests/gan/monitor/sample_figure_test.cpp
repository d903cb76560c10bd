#include "gan/monitor/sample_figure.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "store/shower_writer.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::gan {
namespace {

using Epochs = std::vector<std::int64_t>;

void write(const std::filesystem::path& path, float cell, Grid grid = {2, 2, 3}) {
  ShowerBatch batch;
  batch.grid = grid;
  batch.energy = {50, 250};
  batch.cells.assign(static_cast<std::size_t>(2 * grid.cells()), 0);
  batch.cells[0] = batch.shower(1)[4] = cell;
  WriteOptions options;
  options.force = true;
  ShowerWriter writer(path, grid, options);
  writer.write(batch);
  writer.finish();
}

std::vector<std::string> titles(const physics::ShowerFigure& figure) {
  std::vector<std::string> texts;
  for (const auto& picture : figure.pictures) texts.push_back(picture.title);
  return texts;
}

TEST(SampleFigure, EpochsThatAreShownCrowdAtTheStart) {
  EXPECT_EQ(shown_epochs({}, 6, std::nullopt), Epochs());
  EXPECT_EQ(shown_epochs({3, 5}, 6, std::nullopt), Epochs({3, 5}));
  Epochs many;
  for (std::int64_t epoch = 1; epoch <= 100; ++epoch) many.push_back(epoch);
  EXPECT_EQ(shown_epochs(many, 6, std::nullopt), Epochs({1, 3, 6, 16, 40, 100}));
  EXPECT_EQ(shown_epochs(many, 6, 50), Epochs({1, 3, 6, 16, 40, 50, 100}));
  EXPECT_EQ(shown_epochs(many, 6, 16), Epochs({1, 3, 6, 16, 40, 100}));
  EXPECT_EQ(shown_epochs(many, 6, 101), Epochs({1, 3, 6, 16, 40, 100})) << "no sample of it";
}

TEST(SampleFigure, IsTheMonteCarloAboveTheEpochs) {
  const test::TemporaryFolder folder;
  EXPECT_FALSE(sample_figure(folder / "none", std::nullopt));
  write(folder / "monte-carlo.h5", 0.5f);
  EXPECT_FALSE(sample_figure(folder.path(), std::nullopt)) << "no epoch yet";
  write(folder / "epoch-00001.h5", 0.25f);
  write(folder / "epoch-00002.h5", 1e-4f);
  const auto figure = sample_figure(folder.path(), 2);
  ASSERT_TRUE(figure);
  EXPECT_EQ(figure->columns, 2U);
  EXPECT_EQ(figure->grid, (Grid{2, 2, 3}));
  EXPECT_EQ(titles(*figure),
            (std::vector<std::string>{"Monte Carlo, 50 GeV", "Monte Carlo, 250 GeV",
                                      "epoch 1, 50 GeV", "epoch 1, 250 GeV",
                                      "epoch 2, the best, 50 GeV", "epoch 2, the best, 250 GeV"}));
  ASSERT_EQ(figure->pictures[3].cells.size(), 1U);
  EXPECT_EQ(figure->pictures[3].cells[0].z, 1);
  EXPECT_EQ(figure->pictures[3].cells[0].y, 1);
  EXPECT_TRUE(figure->pictures[4].cells.empty()) << "below what is drawn";
}

TEST(SampleFigure, FilesThatCannotBeReadAreLeftOut) {
  const test::TemporaryFolder folder;
  std::ofstream(folder / "monte-carlo.h5") << "x";
  std::ofstream(folder / "epoch-00001.h5") << "x";
  EXPECT_FALSE(sample_figure(folder.path(), std::nullopt));
  write(folder / "epoch-00002.h5", 1);
  write(folder / "epoch-00003.h5", 1, {3, 2, 2});  // of another detector
  const auto figure = sample_figure(folder.path(), std::nullopt);
  ASSERT_TRUE(figure);
  EXPECT_EQ(titles(*figure), (std::vector<std::string>{"epoch 2, 50 GeV", "epoch 2, 250 GeV"}));
}

}  // namespace
}  // namespace showergan::gan
