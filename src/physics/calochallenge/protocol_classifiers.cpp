#include "physics/calochallenge/protocol_classifiers.hpp"

#include <algorithm>
#include <utility>

#include "base/units.hpp"
#include "physics/calochallenge/protocol_features.hpp"
#include "physics/classifier/classifiers.hpp"
#include "physics/classifier/network.hpp"
#include "physics/row_order.hpp"

namespace showergan::physics {
namespace {

constexpr std::int64_t kUnits = 512;
constexpr int kLayers = 3;

training::SupervisedRecipe recipe() {
  training::SupervisedRecipe recipe;
  recipe.loss = "logistic";
  recipe.rate = 2e-4;
  recipe.batch = 1000;
  recipe.part = 125;
  recipe.epochs = 50;
  return recipe;
}

FeatureTable table_of(const VoxelSet& set, std::span<const std::int64_t> rows) {
  const FeatureMatrix features = protocol_features(set, rows);
  FeatureTable table;
  table.width = features.columns();
  for (std::size_t i = 0; i < features.rows(); ++i) {
    for (const double value : features.row(i)) table.values.push_back(static_cast<float>(value));
  }
  return table;
}

ImageSelection selection_of(const VoxelSet& set, std::vector<std::int64_t> rows) {
  ImageSelection selection = {
      std::move(rows), {}, set.size(), set.binning().grid(), set.protocol().threshold * units::MeV};
  for (const std::int64_t row : selection.rows) {
    selection.energy.push_back(set.energy()[static_cast<std::size_t>(row)] * units::MeV);
  }
  return selection;
}

bool regular(const Binning& binning) {
  return std::ranges::all_of(binning.layers, [&](const BinningLayer& layer) {
    return layer.r_edges == binning.layers.front().r_edges &&
           layer.sectors == binning.layers.front().sectors;
  });
}

}  // namespace

ClassifierResult protocol_auc_high(const ComparedVoxels& sets, const ClassifierOptions& options) {
  const std::int64_t size = std::min(sets.reference.size(), sets.candidate.size());
  if (size < kLeastShowers) return too_few_showers("auc_high", size);
  const auto r = thinned(sets.reference_rows, size);
  const auto c = thinned(sets.candidate_rows, size);
  const TwoTables tables(table_of(sets.reference, r), table_of(sets.candidate, c));
  const auto width = static_cast<std::int64_t>(protocol_features(sets.reference, {}).columns());
  return with_rows(train_classifier("auc_high", feature_network(width, kUnits, kLayers), tables,
                                    recipe(), options),
                   r, c);
}

ClassifierResult protocol_auc_low(const CompactImages& reference, const CompactImages& candidate,
                                  const ClassifierOptions& options) {
  if (reference.size() < kLeastShowers) return too_few_showers("auc_low", reference.size());
  const TwoCellSets cells(reference, candidate);
  const std::int64_t width = reference.grid().cells() + 1;
  return with_rows(train_classifier("auc_low", feature_network(width, kUnits, kLayers), cells,
                                    recipe(), options),
                   reference.rows(), candidate.rows());
}

ClassifierResult protocol_auc_cnn(const VoxelSet& set, const CompactImages& reference,
                                  const CompactImages& candidate,
                                  const ClassifierOptions& options) {
  if (regular(set.binning())) return auc_cnn(reference, candidate, options);
  ClassifierResult result;
  result.name = "auc_cnn";
  result.showers = reference.size();
  result.reason = "layers are cut differently, so that voxels have no common neighbours";
  return result;
}

std::pair<ImageSelection, ImageSelection> selected_images(const ComparedVoxels& sets,
                                                          std::int64_t most) {
  const std::int64_t size = std::min({sets.reference.size(), sets.candidate.size(), most});
  return {selection_of(sets.reference, thinned(sets.reference_rows, size)),
          selection_of(sets.candidate, thinned(sets.candidate_rows, size))};
}

}  // namespace showergan::physics
