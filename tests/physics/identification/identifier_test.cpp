#include "physics/identification/identifier.hpp"

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "physics/classifier/roc.hpp"
#include "physics/identification/two_particles.hpp"

namespace showergan::physics {
namespace {

/// Showers of two particles for each purpose.
struct Particles {
  ShowerSet known(std::uint64_t seed, std::int64_t size) const {
    return test::measured(test::toy_showers(seed, test::toy_energies(seed, size)));
  }
  ShowerSet other(std::uint64_t seed, std::int64_t size) const {
    return test::measured(test::deeper_showers(seed, test::toy_energies(seed, size)));
  }
  ShowerSet known_training = known(1, 300);
  ShowerSet other_training = other(2, 300);
  ShowerSet known_validation = known(3, 80);
  ShowerSet other_validation = other(4, 80);
  ShowerSet known_test = known(5, 200);
  ShowerSet other_test = other(6, 200);

  Identifier train(const IdentificationOptions& options) const {
    return {{Sample(known_training), Sample(other_training)},
            {Sample(known_validation), Sample(other_validation)},
            "gamma",
            options};
  }
};

TEST(IdentifierTest, ScoresTheKnownParticleHigher) {
  const Particles particles;
  const Identifier identifier = particles.train({.seed = 1, .threads = 2});
  const std::vector<double> known = identifier.scores(Sample(particles.known_test));
  const std::vector<double> other = identifier.scores(Sample(particles.other_test));
  ASSERT_EQ(known.size(), 200u);
  EXPECT_GT(roc_area(known, other).value, 0.9);
}

TEST(IdentifierTest, GivesTheSameBitsWithAnyNumberOfThreadsAndInAnyCompany) {
  const Particles particles;
  const Identifier one = particles.train({.seed = 3, .threads = 1});
  const Identifier three = particles.train({.seed = 3, .threads = 3});
  const Identifier other = particles.train({.seed = 4, .threads = 1});
  const Sample all(particles.known_test);
  const Sample last(particles.known_test, {all.rows().back()});
  const std::vector<double> scores = one.scores(all);
  EXPECT_EQ(scores, three.scores(all));
  EXPECT_NE(scores, other.scores(all));
  EXPECT_EQ(one.scores(last).front(), scores.back());
}

TEST(IdentifierTest, NeedsSomethingToLearnFrom) {
  const Particles particles;
  const Sample none(particles.known_training, {});
  EXPECT_THROW(Identifier({Sample(particles.known_training), Sample(particles.other_training)},
                          {none, none}, "gamma", {}),
               InputError);
}

}  // namespace
}  // namespace showergan::physics
