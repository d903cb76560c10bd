#include "generate/discriminator.hpp"

#include <numeric>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "generate/small_models.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

class DiscriminatorTest : public testing::Test {
 protected:
  DiscriminatorTest() { save_model(test::small_discriminator(), path()); }
  std::string path() const { return (folder_.path() / "critic.onnx").string(); }
  test::TemporaryFolder folder_;
};

TEST_F(DiscriminatorTest, ScoresWhateverTheThreadsAndTheLastBatch) {
  std::vector<float> showers(7 * 60);
  std::iota(showers.begin(), showers.end(), 0.0F);
  const auto one = Discriminator(path(), 1).score(showers);
  const auto three = Discriminator(path(), 3).score(showers);
  ASSERT_EQ(one.size(), 2u);
  EXPECT_EQ(one[0].name, "generation");
  EXPECT_EQ(one[0].shape, (std::vector<std::int64_t>{2}));
  EXPECT_EQ(one[0].values.size(), 14u);
  EXPECT_EQ(one[0].values, three[0].values);
  EXPECT_EQ(one[1].name, "ecal");
  for (std::size_t i = 0; i < 7; ++i) {
    const float sum =
        std::accumulate(showers.begin() + static_cast<std::ptrdiff_t>(60 * i),
                        showers.begin() + static_cast<std::ptrdiff_t>(60 * (i + 1)), 0.0F);
    EXPECT_FLOAT_EQ(one[1].values[i], sum);
  }
}

TEST_F(DiscriminatorTest, RefusesGeneratorsAndPartsOfShowers) {
  const std::string generator = (folder_.path() / "generator.onnx").string();
  save_model(test::small_generator(), generator);
  EXPECT_THROW(Discriminator{generator}, InputError);
  EXPECT_THROW(Discriminator(path()).score(std::vector<float>(61)), InputError);
}

}  // namespace
}  // namespace showergan
