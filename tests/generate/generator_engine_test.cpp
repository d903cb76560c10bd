#include "generate/generator_engine.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "generate/small_models.hpp"
#include "support/error_text.hpp"

namespace showergan {
namespace {

class GeneratorEngineTest : public testing::Test {
 protected:
  static std::vector<Condition> conditions(std::int64_t count) {
    std::vector<Condition> result;
    for (std::int64_t i = 0; i < count; ++i) {
      result.push_back({10.0F + static_cast<float>(i), 0.01F * static_cast<float>(i), 0});
    }
    return result;
  }
  std::vector<float> room(std::int64_t count) const {
    return std::vector<float>(static_cast<std::size_t>(count * model_.cells()), -1.0F);
  }
  GeneratorEngine engine(Precision precision = Precision::f32, int threads = 2) const {
    nn::CompileOptions options;
    options.precision = has_instructions(precision) ? precision : Precision::f32;
    if (precision == Precision::int8) options.ranges = test::layered_ranges();
    return GeneratorEngine(model_, options, threads);
  }

  GeneratorModel model_ = test::through_file(test::layered_generator());
};

TEST_F(GeneratorEngineTest, HasItsOwnModeAndBatch) {
  nn::CompileOptions options;
  options.mode = nn::Mode::train_both;
  options.batch = 7;
  options.precision = Precision::f32;
  const GeneratorEngine engine(model_, options, 3);
  EXPECT_EQ(engine.threads(), 3);
  EXPECT_EQ(engine.plan().options().mode, nn::Mode::infer);
  EXPECT_EQ(engine.plan().options().batch, 1);
  EXPECT_TRUE(engine.lowered().find("conv2"));
  EXPECT_FALSE(engine.lowered().find("leaky2")) << "the passes have run";
}

TEST_F(GeneratorEngineTest, KeepsItsThreadsOnCpusOfTheirOwn) {
  const std::vector<int> allowed = allowed_cpus();
  const auto threads = static_cast<int>(allowed.size());
  GeneratorEngine pinned(model_, {}, threads, FirstLayers::composed, Pinning(threads));
  const std::int64_t count = 8 * threads;
  std::vector<std::vector<int>> cpus(static_cast<std::size_t>(count));
  std::vector<float> showers = room(count);
  const GeneratorEngine::FillNoise noise = pinned.drawn_noise(1, 0);
  const auto look = [&](std::int64_t shower, std::span<float> numbers) {
    cpus[static_cast<std::size_t>(shower)] = allowed_cpus();
    noise(shower, numbers);
  };
  pinned.run(conditions(count), look, showers);
  for (const std::vector<int>& of_thread : cpus) {
    ASSERT_EQ(of_thread.size(), 1u);
    EXPECT_TRUE(std::ranges::binary_search(allowed, of_thread[0]));
  }
  EXPECT_EQ(allowed_cpus(), allowed) << "the caller's thread was one of them";
  std::vector<float> expected = room(count);
  engine().run(conditions(count), noise, expected);
  EXPECT_EQ(showers, expected);
}

TEST_F(GeneratorEngineTest, RefusesRoomOfWrongSize) {
  GeneratorEngine engine = this->engine();
  std::vector<float> showers = room(2);
  const GeneratorEngine::FillNoise noise = engine.drawn_noise(1, 0);
  const auto error_of = [&](std::int64_t count) {
    return test::input_error([&] { engine.run(conditions(count), noise, showers); });
  };
  EXPECT_EQ(error_of(3), "room for 288 numbers, not for 3 showers of 144 cells");
  EXPECT_EQ(error_of(1), "room for 288 numbers, not for 1 showers of 144 cells");
  EXPECT_EQ(error_of(0), "room for 288 numbers, not for 0 showers of 144 cells");
  EXPECT_EQ(showers, room(2)) << "nothing was written";
  EXPECT_EQ(error_of(2), "no error");
  engine.run({}, noise, {});  // no shower is a valid request
}

TEST_F(GeneratorEngineTest, DrawsTheNoiseOfAShowerOfThatSeed) {
  const GeneratorModel model = test::through_file(test::small_generator());  // two inputs
  const GeneratorEngine engine(model, {}, 1);
  const GeneratorEngine::FillNoise fill = engine.drawn_noise(5, 100);
  for (const std::int64_t shower : {0, 3}) {
    std::vector<float> noise(static_cast<std::size_t>(model.noise_count));
    fill(shower, noise);
    std::vector<float> expected(noise.size());
    std::span<float> rest = expected;
    for (std::size_t i = 0; i < model.noise_inputs.size(); ++i) {
      const auto count = static_cast<std::size_t>(model.noise_inputs[i].count);
      CounterRandom(5, RandomPurpose::noise, static_cast<std::uint32_t>(i))
          .fill_normal(100 + static_cast<std::uint64_t>(shower), rest.first(count));
      rest = rest.subspan(count);
    }
    EXPECT_TRUE(rest.empty());
    EXPECT_EQ(noise, expected);
  }
}

TEST_F(GeneratorEngineTest, MakesTheShowersOfTheGenerator) {
  const test::TemporaryFolder folder;
  const std::string path = (folder / "layered.onnx").string();
  save_model(test::layered_generator(), path);
  Generator generator(path, {2});
  std::vector<float> expected = room(5);
  generator.generate(conditions(5), 9, 40, expected);
  GeneratorEngine engine = this->engine();
  std::vector<float> showers = room(5);
  engine.run(conditions(5), engine.drawn_noise(9, 40), showers);
  EXPECT_EQ(showers, expected);
}

TEST_F(GeneratorEngineTest, AShowerAloneIsTheSameAsInABatch) {
  const std::int64_t count = 7;
  const std::vector<Condition> all = conditions(count);
  for (const Precision precision : {Precision::f32, Precision::bf16, Precision::int8}) {
    SCOPED_TRACE(name_of(precision));
    GeneratorEngine engine = this->engine(precision);
    std::vector<float> together = room(count);
    engine.run(all, engine.drawn_noise(9, 40), together);
    EXPECT_TRUE(std::ranges::all_of(together, [](float cell) { return cell >= 0; }));
    for (std::int64_t i = 0; i < count; ++i) {
      const auto index = static_cast<std::size_t>(i);
      std::vector<float> alone = room(1);
      engine.run(std::span(all).subspan(index, 1),
                 engine.drawn_noise(9, 40 + static_cast<std::uint64_t>(i)), alone);
      EXPECT_TRUE(std::ranges::equal(
          alone, std::span(together).subspan(index * alone.size(), alone.size())))
          << i;
    }
  }
}

TEST_F(GeneratorEngineTest, OneThreadLeavesTheTensorsOfTheLastShower) {
  GeneratorEngine engine = this->engine(Precision::f32, 1);
  std::vector<float> shower = room(1);
  engine.run(conditions(1), engine.drawn_noise(1, 0), shower);
  std::vector<float> tensor = room(1);
  engine.plan().get_output("shower", tensor);
  EXPECT_EQ(tensor, shower);
}

}  // namespace
}  // namespace showergan
