#include "showergan/generator.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "generate/small_models.hpp"
#include "nn/reference/interpreter.hpp"
#include "support/error_text.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

constexpr std::int64_t cells = 60;

class GeneratorTest : public testing::Test {
 protected:
  GeneratorTest() { save_model(test::small_generator(), path()); }
  std::filesystem::path path() const { return folder_.path() / "small.onnx"; }
  Generator generator(int threads) const { return Generator(path().string(), {threads}); }

  static std::vector<Condition> conditions(std::int64_t count) {
    std::vector<Condition> result;
    for (std::int64_t i = 0; i < count; ++i) {
      result.push_back({10.0F + static_cast<float>(i), 0.01F * static_cast<float>(i), 0});
    }
    return result;
  }
  static std::vector<float> room(std::int64_t count) {
    return std::vector<float>(static_cast<std::size_t>(count * cells), -1.0F);
  }

  test::TemporaryFolder folder_;
};

TEST_F(GeneratorTest, TellsWhatTheModelIs) {
  const Generator g = generator(2);
  EXPECT_EQ(g.name(), "small");
  EXPECT_EQ(g.detector(), "toy");
  EXPECT_EQ(g.grid(), (std::array<std::int64_t, 3>{5, 4, 3}));
  EXPECT_EQ(g.cells(), cells);
  EXPECT_EQ(g.threads(), 2);
  ASSERT_EQ(g.conditions().size(), 2u);
  EXPECT_EQ(g.conditions()[1].name, "theta");
  EXPECT_EQ(g.conditions()[0].high, 100);
  ASSERT_EQ(g.noise_inputs().size(), 2u);
  EXPECT_EQ(g.noise_count(), 67);
}

TEST_F(GeneratorTest, AShowerDependsOnSeedIndexAndConditionOnly) {
  const std::int64_t count = 23;
  const std::vector<Condition> all = conditions(count);
  std::vector<float> expected = room(count);
  generator(1).generate(all, 5, 100, expected);
  EXPECT_TRUE(std::all_of(expected.begin(), expected.end(), [](float e) { return e > 0; }));

  for (const int threads : {2, 3, 8}) {
    std::vector<float> showers = room(count);
    generator(threads).generate(all, 5, 100, showers);
    EXPECT_EQ(showers, expected) << threads << " threads";
  }
  Generator one = generator(2);
  for (const std::int64_t piece : {1, 2, 5, 7}) {  // the job, cut into calls
    std::vector<float> showers = room(count);
    for (std::int64_t first = 0; first < count; first += piece) {
      const std::int64_t here = std::min(piece, count - first);
      one.generate(
          std::span(all).subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(here)),
          5, 100 + static_cast<std::uint64_t>(first),
          std::span(showers).subspan(static_cast<std::size_t>(first * cells),
                                     static_cast<std::size_t>(here * cells)));
    }
    EXPECT_EQ(showers, expected) << "in pieces of " << piece;
  }
}

TEST_F(GeneratorTest, SeedsAndIndicesGiveDifferentShowers) {
  Generator g = generator(1);
  const std::vector<Condition> same(2, Condition{50, 0.5F, 0});
  std::vector<float> a = room(2);
  std::vector<float> b = room(2);
  g.generate(same, 1, 0, a);
  g.generate(same, 2, 0, b);
  EXPECT_NE(a, b);
  EXPECT_FALSE(std::equal(a.begin(), a.begin() + cells, a.begin() + cells));
}

TEST_F(GeneratorTest, GivenNoiseGivesWhatTheReferenceGives) {
  const Model model = test::small_generator();
  const std::int64_t count = 3;
  Generator g = generator(2);
  std::vector<float> noise(static_cast<std::size_t>(count * g.noise_count()));
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = std::sin(static_cast<float>(i));
  const std::vector<Condition> all = conditions(count);
  std::vector<float> showers = room(count);
  g.generate_from_noise(all, noise, showers);

  std::map<std::string, std::vector<double>> inputs;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto row = noise.begin() + i * 67;
    inputs["noise"].insert(inputs["noise"].end(), row, row + 7);
    inputs["noise_cells"].insert(inputs["noise_cells"].end(), row + 7, row + 67);
    inputs["condition"].push_back(static_cast<double>(all[static_cast<std::size_t>(i)].energy));
    inputs["condition"].push_back(static_cast<double>(all[static_cast<std::size_t>(i)].theta));
  }
  nn::reference::Interpreter reference(model.graph, count);
  nn::reference::DoubleParameters exact = nn::reference::to_double(model.parameters);
  reference.forward(inputs, exact);
  const std::vector<double>& expected = reference.output("shower");
  ASSERT_EQ(expected.size(), showers.size());
  for (std::size_t i = 0; i < showers.size(); ++i) EXPECT_NEAR(showers[i], expected[i], 1e-5);
}

TEST_F(GeneratorTest, WrongSizesAreRefused) {
  Generator g = generator(1);
  std::vector<float> showers = room(2);
  EXPECT_THROW(g.generate(conditions(3), 1, 0, showers), InputError);
  EXPECT_THROW(g.generate_from_noise(conditions(2), std::vector<float>(5), showers), InputError);
  g.generate({}, 1, 0, {});  // no shower is a valid request
}

TEST_F(GeneratorTest, OtherModelsAreRefused) {
  const std::string critic = (folder_.path() / "critic.onnx").string();
  save_model(test::small_discriminator(), critic);
  EXPECT_NE(test::input_error([&] { Generator g(critic); }).find("showergan score"),
            std::string::npos);

  Model unnamed = test::small_generator();
  unnamed.card.conditions.pop_back();
  const std::string path = (folder_.path() / "unnamed.onnx").string();
  save_model(unnamed, path);
  EXPECT_NE(test::input_error([&] { Generator g(path); }).find("1 conditions, its input takes 2"),
            std::string::npos);
  EXPECT_THROW(Generator("no-such-model"), InputError);
}

}  // namespace
}  // namespace showergan
