#include "model/model_card.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

ModelCard full_card() {
  ModelCard card;
  card.name = "a";
  card.description = "b";
  card.detector = "clic-ecal";
  card.conditions = {{"energy", 10, 500}, {"theta", 1.0472, 2.0944}};
  card.training_data = "Geant4 …";
  card.version = "1";
  card.quantization = {{"conv3d_1", {0.85f, {1, 0.3f, 1e-3f}}}, {"conv \"2\"", {1, {}}}};
  card.facts = R"({"epochs":30})";
  return card;
}

void expect_equal(const ModelCard& a, const ModelCard& b) {
  EXPECT_EQ(a.name, b.name);
  EXPECT_EQ(a.description, b.description);
  EXPECT_EQ(a.detector, b.detector);
  EXPECT_EQ(a.training_data, b.training_data);
  EXPECT_EQ(a.version, b.version);
  EXPECT_EQ(a.quantization, b.quantization);
  EXPECT_EQ(a.facts, b.facts);
  ASSERT_EQ(a.conditions.size(), b.conditions.size());
  for (std::size_t i = 0; i < a.conditions.size(); ++i) {
    EXPECT_EQ(a.conditions[i].name, b.conditions[i].name);
    EXPECT_EQ(a.conditions[i].low, b.conditions[i].low);
    EXPECT_EQ(a.conditions[i].high, b.conditions[i].high);
  }
}

TEST(ModelCardTest, SurvivesMetadata) {
  expect_equal(card_from_metadata(card_to_metadata(full_card())), full_card());
  expect_equal(card_from_metadata(card_to_metadata({})), {});
  expect_equal(card_from_metadata({}), {});
}

TEST(ModelCardTest, ACardWithoutCalibrationHasNoEntryForIt) {
  EXPECT_TRUE(card_to_metadata(full_card()).contains("quantization"));
  ModelCard card = full_card();
  card.quantization.clear();
  EXPECT_FALSE(card_to_metadata(card).contains("quantization"));
}

TEST(ModelCardTest, RangesThatAreNotPositiveAreRefused) {
  for (const char* range :
       {R"("part": 0, "channels": [])", R"("part": -1, "channels": [1])",
        R"("part": 1e60, "channels": [])", R"("part": 1, "channels": [1, 0])",
        R"("part": 1, "channels": [-0.5, 1])", R"("part": 1, "channels": [1e60])"}) {
    EXPECT_EQ(
        test::input_error([&] {
          card_from_metadata({{"quantization", std::string(R"({"conv3d_1": {)") + range + "}}"}});
        }),
        "the range of the quantised layer 'conv3d_1' is not positive")
        << range;
  }
}

TEST(ModelCardTest, DamagedMetadataIsRefused) {
  for (const char* conditions : {"[", "{}x", R"([{"name": "energy"}])", "[3]"}) {
    EXPECT_EQ(test::input_error([&] {
                card_from_metadata({{"conditions", conditions}});
              }),
              "the model card's conditions, quantization or facts are no valid JSON")
        << conditions;
  }
  for (const char* layers :
       {"[", "{}x", R"({"conv": 3})", R"({"conv": {"part": 1}})", R"({"conv": {"channels": [1]}})",
        R"({"conv": {"part": "1", "channels": []}})",
        R"({"conv": {"part": 1, "channels": ["1"]}})"}) {
    EXPECT_EQ(test::input_error([&] {
                card_from_metadata({{"quantization", layers}});
              }),
              "the model card's conditions, quantization or facts are no valid JSON")
        << layers;
  }
  for (const char* layers : {"3", "null", R"([{"part": 1, "channels": []}])"}) {
    EXPECT_EQ(test::input_error([&] {
                card_from_metadata({{"quantization", layers}});
              }),
              "the model card's quantization is no JSON object")
        << layers;
  }
  EXPECT_EQ(test::input_error([] {
              card_from_metadata({{"facts", "[1]"}});
            }),
            "the model card's facts are no JSON object");
}

class CardFileTest : public testing::Test {
 protected:
  void merge(ModelCard& card, const std::string& json) {
    std::ofstream(path_) << json;
    merge_card_file(card, path_);
  }
  std::string error_of(const std::string& json) {
    return test::input_error([&] {
      ModelCard card = full_card();
      merge(card, json);
    });
  }
  test::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "card.json";
};

TEST_F(CardFileTest, TextsAndRangesReplaceAndTheRestBecomesFacts) {
  ModelCard card = full_card();
  merge(card, R"({"name": "new", "training_data": "mine", "conditions": {"energy": [50, 100]},
                  "epochs": 31, "cost": {"hours": 2}, "detector": "as built"})");
  ModelCard expected = full_card();
  expected.name = "new";
  expected.training_data = "mine";
  expected.conditions[0] = {"energy", 50, 100};
  expected.facts = R"({"epochs":31,"cost":{"hours":2},"detector":"as built"})";
  expect_equal(card, expected);
}

TEST_F(CardFileTest, WrongFilesAreNamed) {
  const std::string place = " (" + path_.string() + ")";
  EXPECT_EQ(error_of("[1, 2]"), "a card is a JSON object" + place);
  EXPECT_EQ(error_of(R"({"conditions": {"phi": [0, 1]}})"),
            "the model has no condition 'phi'" + place);
  EXPECT_EQ(error_of(R"({"conditions": {"energy": [2, 1]}})"),
            "the range of 'energy' is not [low, high]" + place);
  for (const char* json : {"", "{", R"({"name": 3})", R"({"conditions": {"energy": 3}})"}) {
    EXPECT_EQ(error_of(json).find("the card is not understood: "), 0u) << json;
  }
  ModelCard card;
  EXPECT_EQ(
      test::input_error([&] { merge_card_file(card, folder_ / "none.json"); }),
      "cannot read the card (" + (folder_ / "none.json").string() + "); check the file's name");
}

}  // namespace
}  // namespace showergan
