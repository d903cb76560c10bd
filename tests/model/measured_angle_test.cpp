#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "model/definition.hpp"
#include "nn/reference/interpreter.hpp"

/// The polar angle that the discriminator of the variable-angle model measures
/// (models/3dgan-angle).
namespace showergan {
namespace {

/// The part of a graph that an output needs.
nn::Graph part_for(const nn::Graph& whole, const std::vector<std::string>& outputs) {
  std::vector<bool> needed(whole.nodes().size(), false);
  for (const nn::Output& output : whole.outputs()) {
    for (const std::string& name : outputs) {
      if (name == output.name) needed[static_cast<std::size_t>(output.node)] = true;
    }
  }
  for (std::size_t i = needed.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const nn::NodeId input : whole.nodes()[i].inputs) {
      needed[static_cast<std::size_t>(input)] = true;
    }
  }
  nn::Graph part;
  std::vector<nn::NodeId> place(needed.size(), -1);
  for (std::size_t i = 0; i < needed.size(); ++i) {
    if (!needed[i]) continue;
    const nn::Node& node = whole.nodes()[i];
    std::vector<nn::NodeId> inputs;
    for (const nn::NodeId input : node.inputs) {
      inputs.push_back(place[static_cast<std::size_t>(input)]);
    }
    place[i] = part.add(node.name, node.operation, inputs);
  }
  for (const nn::Output& output : whole.outputs()) {
    const nn::NodeId node = place[static_cast<std::size_t>(output.node)];
    if (node >= 0) part.set_output(output.name, node);
  }
  return part;
}

class MeasuredAngle : public testing::Test {
 protected:
  MeasuredAngle()
      : graph_(part_for(*find_definition("3dgan-angle").discriminator, {"angle", "ecal"})) {}

  /// Energy at a point of a layer, in cells: shared by the four cells around it so that the
  /// barycentre is there.
  void put(double x, double y, std::size_t z, double energy) {
    const double i = std::floor(x - 0.5);
    const double j = std::floor(y - 0.5);
    const double fx = x - 0.5 - i;
    const double fy = y - 0.5 - j;
    cell(i, j, z) += energy * (1 - fx) * (1 - fy);
    cell(i + 1, j, z) += energy * fx * (1 - fy);
    cell(i, j + 1, z) += energy * (1 - fx) * fy;
    cell(i + 1, j + 1, z) += energy * fx * fy;
  }

  /// Angle and sum of the image, and the largest gradient of the angle.
  void measure() {
    nn::reference::Interpreter interpreter(graph_, 1);
    nn::reference::DoubleParameters none;
    interpreter.forward({{"image", image_}}, none);
    angle_ = interpreter.output("angle")[0];
    sum_ = interpreter.output("ecal")[0];
    interpreter.backward({{"angle", {1}}}, none);
    gradient_ = interpreter.gradient(*graph_.find("image"));
  }

  bool gradient_is_finite() const {
    for (const double g : gradient_) {
      if (!std::isfinite(g)) return false;
    }
    return true;
  }

  nn::Graph graph_;
  std::vector<double> image_ = std::vector<double>(51 * 51 * 25, 0);
  std::vector<double> gradient_;
  double angle_ = 0;
  double sum_ = 0;

 private:
  double& cell(double i, double j, std::size_t z) {
    return image_[(static_cast<std::size_t>(i) * 51 + static_cast<std::size_t>(j)) * 25 + z];
  }
};

TEST_F(MeasuredAngle, HasNoParameters) {
  EXPECT_EQ(graph_.parameter_count(), 0);
}

/// A straight track in the (y, z) plane. The middle layer is empty, as others might be.
TEST_F(MeasuredAngle, FollowsAStraightTrack) {
  for (const double slope : {-0.4, 0.0, 0.3}) {
    image_.assign(image_.size(), 0);
    for (std::size_t z = 0; z < 25; ++z) {
      if (z == 12) continue;
      put(25.5, 25.5 + slope * (static_cast<double>(z) - 12), z, 0.01);
    }
    measure();
    EXPECT_NEAR(angle_, std::numbers::pi / 2 - std::atan(slope), 1e-6) << slope;
    EXPECT_NEAR(sum_, 0.24, 1e-12);
    EXPECT_TRUE(gradient_is_finite());
  }
}

/// Along x a track leans in the other plane: the distance counts it, the slope does not.
TEST_F(MeasuredAngle, LeaningAlongXLengthensTheDistance) {
  for (std::size_t z = 0; z < 25; ++z) {
    const double along = static_cast<double>(z) - 12;
    if (z != 12) put(25.5 + 0.5 * along, 25.5 + 0.3 * along, z, 0.01);
  }
  measure();
  EXPECT_NEAR(angle_, std::numbers::pi / 2 - std::atan(0.3 / std::sqrt(1 + 0.25)), 1e-6);
}

/// Layers count with their depth, whatever their energy.
TEST_F(MeasuredAngle, DeepLayersWeighMore) {
  put(25.5, 25.5, 3, 1);
  put(25.5, 26.5, 9, 3);
  measure();
  const double z = (3.5 + 3 * 9.5) / 4;
  const double y = 25.5 + 0.75;
  const double first = std::numbers::pi / 2 - std::atan((y - 25.5) / (z - 3.5));
  const double second = std::numbers::pi / 2 - std::atan((26.5 - y) / (9.5 - z));
  EXPECT_NEAR(angle_, (first * 3.5 + second * 9.5) / (3.5 + 9.5), 1e-6);
}

TEST_F(MeasuredAngle, AnImageWithoutEnergyHasNone) {
  measure();
  EXPECT_EQ(angle_, 100);
  EXPECT_EQ(sum_, 0);
  EXPECT_TRUE(gradient_is_finite());
}

}  // namespace
}  // namespace showergan
