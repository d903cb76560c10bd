#include "generate/generator_engine.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

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

/// A generator whose noise and condition are used before and behind the composed layer `conv`, and
/// which has one more layer that can be composed, `side`.
Model branched_generator() {
  using namespace nn;
  Model model;
  Graph& graph = model.graph;
  const NodeId noise = graph.add("noise", Input{{7}});
  const NodeId cells = graph.add("noise_cells", Input{{1, 5, 4, 3}});
  const NodeId condition = graph.add("condition", Input{{2}});
  const NodeId all = graph.add("all", Concatenate{0}, {noise, condition});
  const Conv3d conv{2, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})};
  NodeId x = graph.add("dense", Dense{120}, {all});
  x = graph.add("image", Reshape{{2, 5, 4, 3}}, {x});
  x = graph.add("conv", conv, {x});
  NodeId side = graph.add("side_dense", Dense{120}, {all});
  side = graph.add("side_image", Reshape{{2, 5, 4, 3}}, {side});
  side = graph.add("side", conv, {side});
  x = graph.add("both", Arithmetic{BinaryFunction::add}, {x, side});
  x = graph.add("leaky", Activation{Function::leaky_relu, 0.3}, {x});
  x = graph.add("with_noise", Concatenate{0}, {x, cells});
  x = graph.add("last", Conv3d{1, {3, 3, 3}, {1, 1, 1}, same_padding({3, 3, 3})}, {x});
  NodeId again = graph.add("again_dense", Dense{60}, {all});
  again = graph.add("again_image", Reshape{{5, 4, 3}}, {again});
  x = graph.add("flat", Reshape{{5, 4, 3}}, {x});
  x = graph.add("sum", Arithmetic{BinaryFunction::add}, {x, again});
  graph.set_output("shower", graph.add("positive", Activation{Function::softplus}, {x}));
  model.parameters = initial_parameters(graph, 13);
  model.card.name = "branched";
  model.card.detector = "toy";
  model.card.conditions = {{"energy", 1, 100}, {"theta", 0, 1}};
  return model;
}

nn::CompileOptions options_for(Precision precision) {
  nn::CompileOptions options;
  options.precision = available_precision(precision);
  return options;
}

std::vector<Condition> some_conditions(std::int64_t count) {
  std::vector<Condition> result;
  for (std::int64_t i = 0; i < count; ++i) {
    result.push_back({0.1F + 0.01F * static_cast<float>(i), 0.01F * static_cast<float>(i), 0});
  }
  return result;
}

std::vector<float> showers_of(const GeneratorModel& model, GeneratorEngine& engine,
                              std::int64_t count) {
  std::vector<float> showers(static_cast<std::size_t>(count * model.cells()), -1.0F);
  engine.run(some_conditions(count), engine.drawn_noise(9, 40), showers);
  return showers;
}

bool has_composed_layers(const GeneratorModel& model, FirstLayers first_layers) {
  return GeneratorEngine(model, {}, 1, first_layers).head() != nullptr;
}

/// Engines that compute their first layers, of these models, for groups of showers.
class ComposedEngine : public testing::Test {
 protected:
  static std::vector<GeneratorModel> models() {
    std::vector<GeneratorModel> result;
    for (const Model& model :
         {test::layered_generator(), test::small_generator(), branched_generator()}) {
      result.push_back(test::through_file(model));
    }
    return result;
  }
};

TEST_F(ComposedEngine, CutsTheNetworkBehindTheComposedLayer) {
  const GeneratorModel model = test::through_file(test::layered_generator());
  const GeneratorEngine engine(model, {}, 2);
  ASSERT_NE(engine.head(), nullptr);
  EXPECT_EQ(engine.head()->lowered().outputs().at(0).name, "conv0");
  EXPECT_FALSE(engine.lowered().find("dense"));
  const std::optional<nn::NodeId> seam = engine.lowered().find("conv0");
  ASSERT_TRUE(seam);
  EXPECT_TRUE(std::holds_alternative<nn::Input>(engine.lowered().node(*seam).operation));
}

TEST_F(ComposedEngine, LeavesLayersSeparateIfAsked) {
  for (const GeneratorModel& model : models()) {
    EXPECT_TRUE(has_composed_layers(model, FirstLayers::composed)) << model.card.name;
    EXPECT_FALSE(has_composed_layers(model, FirstLayers::separate)) << model.card.name;
  }
}

TEST_F(ComposedEngine, AShowerIsTheSameInAnyRequestOnAnyThreads) {
  for (const GeneratorModel& model : models()) {
    for (const Precision precision : {Precision::f32, Precision::bf16}) {
      GeneratorEngine one(model, options_for(precision), 1);
      const std::vector<float> expected = showers_of(model, one, 140);
      for (const int threads : {1, 2, 3}) {
        GeneratorEngine engine(model, options_for(precision), threads);
        // Large and small by turns, so that small groups find what large ones left.
        for (const std::int64_t count : {140, 1, 65, 2, 64, 33, 32, 31, 63}) {
          const std::vector<float> found = showers_of(model, engine, count);
          EXPECT_TRUE(std::ranges::equal(found, std::span(expected).first(found.size())))
              << count << " showers of " << model.card.name << " in " << name_of(precision)
              << " on " << threads << " threads";
        }
      }
    }
  }
}

TEST_F(ComposedEngine, DiffersFromSeparateLayersByRounding) {
  for (const GeneratorModel& model : models()) {
    for (const Precision precision : {Precision::f32, Precision::bf16}) {
      SCOPED_TRACE(model.card.name + " in " + std::string(name_of(precision)));
      GeneratorEngine composed(model, options_for(precision), 2);
      GeneratorEngine separate(model, {}, 2, FirstLayers::separate);
      const double tolerance = options_for(precision).precision == Precision::f32 ? 1e-5 : 3e-2;
      EXPECT_LT(test::relative_l2(showers_of(model, composed, 35), showers_of(model, separate, 35)),
                tolerance);
    }
  }
}

TEST_F(ComposedEngine, NoiseOfTheBodyIsThatOfItsShower) {
  const GeneratorModel model = test::through_file(branched_generator());
  GeneratorEngine engine(model, {}, 2);
  ASSERT_TRUE(engine.lowered().find("noise_cells"));
  ASSERT_FALSE(engine.head()->lowered().find("noise_cells"));
  const std::vector<float> before = showers_of(model, engine, 5);
  const GeneratorEngine::FillNoise drawn = engine.drawn_noise(9, 40);
  const auto other_cells = [&](std::int64_t shower, std::span<float> noise) {
    drawn(shower, noise);
    if (shower == 3) noise[7] += 1;  // the first of the second input
  };
  std::vector<float> after(before.size());
  engine.run(some_conditions(5), other_cells, after);
  const auto cells = static_cast<std::size_t>(model.cells());
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(std::ranges::equal(std::span(after).subspan(i * cells, cells),
                                 std::span(before).subspan(i * cells, cells)),
              i != 3)
        << i;
  }
}

/// In bf16 as in float32, what no other convolution follows multiplies float32.
TEST_F(ComposedEngine, AComposedLayerThatIsTheLastStaysInFloat32) {
  const GeneratorModel model = test::through_file(test::small_generator());
  GeneratorEngine f32(model, options_for(Precision::f32), 2);
  GeneratorEngine bf16(model, options_for(Precision::bf16), 2);
  EXPECT_EQ(showers_of(model, bf16, 5), showers_of(model, f32, 5));
}

class QuantizedComposedEngine : public ComposedEngine {
 protected:
  void SetUp() override {
    if (!has_instructions(Precision::int8)) {
      GTEST_SKIP() << "this processor has no instructions for int8";
    }
  }
  static std::vector<float> showers_with(const GeneratorModel& model,
                                         const std::map<std::string, nn::InputRange>& ranges) {
    nn::CompileOptions options = options_for(Precision::int8);
    options.ranges = ranges;
    GeneratorEngine engine(model, options, 2);
    return showers_of(model, engine, 5);
  }
};

TEST_F(QuantizedComposedEngine, RangesOfComposedConvolutionsAreLeftOut) {
  const GeneratorModel model = test::through_file(test::layered_generator());
  std::map<std::string, nn::InputRange> ranges = test::layered_ranges();
  const std::vector<float> expected = showers_with(model, ranges);
  ranges["conv0"] = {0.5F, {}};
  EXPECT_EQ(showers_with(model, ranges), expected);
}

TEST_F(QuantizedComposedEngine, OnlyTheFirstConvolutionIsComposed) {
  const GeneratorModel model = test::through_file(branched_generator());
  const nn::InputRange half{0.5F, {}};
  EXPECT_EQ(showers_with(model, {{"conv", half}}), showers_with(model, {}));
  EXPECT_NE(showers_with(model, {{"side", half}}), showers_with(model, {}));
  EXPECT_EQ(showers_with(model, {{"conv", half}, {"side", half}}),
            showers_with(model, {{"side", half}}));
}

TEST_F(QuantizedComposedEngine, RangesOfComposedConvolutionsMustFitAllTheSame) {
  const GeneratorModel model = test::through_file(test::layered_generator());
  EXPECT_EQ(test::input_error([&] {
              showers_with(model, {{"conv0", {1, std::vector<float>(5, 1.0F)}}});
            }),
            "the calibration for int8 does not fit the layer 'conv0' (5 channels instead of 4); "
            "make it again with showergan quantize");
}

}  // namespace
}  // namespace showergan
