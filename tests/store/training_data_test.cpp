#include "store/training_data.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include <gtest/gtest.h>

#include "store/chunked_hdf5.hpp"
#include "store/named_arrays.hpp"
#include "store/sample_showers.hpp"
#include "store/square_symmetry.hpp"
#include "support/error_text.hpp"
#include "support/shared_data.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;

const Grid grid = {3, 3, 2};

/// What tells one shower of sample_showers() from another.
using Identity = float;

class TrainingDataTest : public ::testing::Test {
 protected:
  /// Three files of 103, 40 and 61 showers in chunks of 8, 5 and without chunks.
  TrainingDataTest() {
    options_.files = {folder_ / "a.h5", folder_ / "b.h5", folder_ / "c.h5"};
    test::write_showers(options_.files[0], test::sample_showers(grid, 0, 103), 8);
    test::write_showers(options_.files[1], test::sample_showers(grid, 103, 40), 5);
    test::write_showers(options_.files[2], test::sample_showers(grid, 143, 61), 7);
    options_.batch = 16;
    options_.validation = 0.2;
  }

  static constexpr std::int64_t showers_ = 204;

  static std::vector<TrainingBatch> epoch_of(TrainingData& data) {
    std::vector<TrainingBatch> batches;
    for (std::int64_t i = 0; i < data.batches_per_epoch(); ++i) batches.push_back(data.next());
    return batches;
  }

  static std::vector<Identity> identities(const std::vector<TrainingBatch>& batches) {
    std::vector<Identity> all;
    for (const TrainingBatch& batch : batches) {
      all.insert(all.end(), batch.showers.energy.begin(), batch.showers.energy.end());
    }
    return all;
  }

  static void expect_same(const TrainingBatch& a, const TrainingBatch& b) {
    EXPECT_EQ(a.epoch, b.epoch);
    EXPECT_EQ(a.number, b.number);
    EXPECT_EQ(a.global_size, b.global_size);
    EXPECT_EQ(a.index, b.index);
    EXPECT_EQ(a.showers.energy, b.showers.energy);
    EXPECT_EQ(a.showers.cells, b.showers.cells);
  }

  std::string error() const {
    return test::input_error([&] {
      TrainingData data(options_);
      for (std::int64_t i = 0; i < data.batches_per_epoch(); ++i) data.next();
    });
  }

  test::TemporaryFolder folder_;
  TrainingDataOptions options_;
};

TEST_F(TrainingDataTest, EveryShowerComesOnceInAnEpoch) {
  TrainingData data(options_);
  EXPECT_EQ(data.size() + data.validation_size(), showers_);
  EXPECT_EQ(data.grid(), grid);
  const ShowerBatch held_back = data.validation(0, data.validation_size());
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
    std::vector<Identity> seen = identities(epoch_of(data));
    EXPECT_EQ(static_cast<std::int64_t>(seen.size()), data.size());
    seen.insert(seen.end(), held_back.energy.begin(), held_back.energy.end());
    EXPECT_TRUE(std::is_permutation(seen.begin(), seen.end(), all.energy.begin()));
  }
}

TEST_F(TrainingDataTest, ShowersStayWhole) {
  TrainingData data(options_);
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  for (const TrainingBatch& batch : epoch_of(data)) {
    for (std::int64_t i = 0; i < batch.showers.size(); ++i) {
      const auto same = std::find(all.energy.begin(), all.energy.end(),
                                  batch.showers.energy[static_cast<std::size_t>(i)]);
      ASSERT_NE(same, all.energy.end());
      EXPECT_TRUE(
          std::ranges::equal(batch.showers.shower(i), all.shower(same - all.energy.begin())));
    }
  }
}

TEST_F(TrainingDataTest, CountsBatches) {
  TrainingData data(options_);
  const std::int64_t last = data.size() % options_.batch;
  ASSERT_NE(last, 0);
  EXPECT_EQ(data.batches_per_epoch(), data.size() / options_.batch + 1);
  std::uint64_t index = 0;
  for (std::int64_t epoch = 0; epoch < 2; ++epoch) {
    for (std::int64_t number = 0; number < data.batches_per_epoch(); ++number) {
      const TrainingBatch batch = data.next();
      EXPECT_EQ(batch.epoch, epoch);
      EXPECT_EQ(batch.number, number);
      EXPECT_EQ(batch.global_size, number + 1 == data.batches_per_epoch() ? last : options_.batch);
      EXPECT_EQ(batch.showers.size(), batch.global_size);
      for (const std::uint64_t i : batch.index) EXPECT_EQ(i, index++);
    }
  }
  EXPECT_GT(data.waited(), 0.0);
}

TEST_F(TrainingDataTest, RanksShareOneOrder) {
  TrainingData single(options_);
  std::map<std::uint64_t, Identity> expected;
  for (const TrainingBatch& batch : epoch_of(single)) {
    for (std::size_t i = 0; i < batch.index.size(); ++i) {
      expected[batch.index[i]] = batch.showers.energy[i];
    }
  }
  for (const std::int64_t ranks : {2, 3, 5}) {
    std::map<std::uint64_t, Identity> seen;
    std::vector<std::int64_t> sizes(static_cast<std::size_t>(single.batches_per_epoch()), 0);
    for (std::int64_t rank = 0; rank < ranks; ++rank) {
      TrainingDataOptions options = options_;
      options.ranks = ranks;
      options.rank = rank;
      TrainingData data(options);
      EXPECT_EQ(data.size(), single.size());
      for (const TrainingBatch& batch : epoch_of(data)) {
        sizes[static_cast<std::size_t>(batch.number)] += batch.showers.size();
        for (std::size_t i = 0; i < batch.index.size(); ++i) {
          EXPECT_TRUE(seen.emplace(batch.index[i], batch.showers.energy[i]).second);
          EXPECT_EQ(static_cast<std::int64_t>(batch.index[i]) / options.batch, batch.number);
        }
      }
    }
    EXPECT_EQ(seen, expected) << ranks;
    EXPECT_EQ(sizes.front(), options_.batch);
    EXPECT_EQ(sizes.back(), single.size() % options_.batch);
  }
}

TEST_F(TrainingDataTest, RanksDecodeDifferentShards) {
  std::set<Identity> chunks_of_rank[2];
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  for (std::int64_t rank = 0; rank < 2; ++rank) {
    TrainingDataOptions options = options_;
    options.files.resize(1);
    options.ranks = 2;
    options.rank = rank;
    TrainingData data(options);
    for (const Identity shower : identities(epoch_of(data))) {
      const auto row = std::find(all.energy.begin(), all.energy.end(), shower) - all.energy.begin();
      chunks_of_rank[rank].insert(static_cast<Identity>(row / 8));
    }
  }
  for (const Identity chunk : chunks_of_rank[0]) EXPECT_FALSE(chunks_of_rank[1].contains(chunk));
}

TEST_F(TrainingDataTest, TheOrderIsAFunctionOfSeedAndEpoch) {
  TrainingData data(options_);
  const auto first = identities(epoch_of(data));
  const auto second = identities(epoch_of(data));
  EXPECT_NE(first, second);
  options_.threads = 3;
  TrainingData same(options_);
  EXPECT_EQ(identities(epoch_of(same)), first);
  EXPECT_EQ(identities(epoch_of(same)), second);
  options_.batch = 7;
  TrainingData other_batch(options_);
  EXPECT_EQ(identities(epoch_of(other_batch)), first);
  options_.seed = 2;
  TrainingData other_seed(options_);
  EXPECT_NE(identities(epoch_of(other_seed)), first);
}

TEST_F(TrainingDataTest, SeekGivesWhatReadingOnGives) {
  options_.symmetries = true;
  options_.memory = 6000;  // a fraction of the showers
  TrainingData sequential(options_);
  std::vector<TrainingBatch> expected;
  for (int epoch = 0; epoch < 3; ++epoch) {
    for (TrainingBatch& batch : epoch_of(sequential)) expected.push_back(std::move(batch));
  }
  const std::int64_t per_epoch = sequential.batches_per_epoch();
  TrainingData data(options_);
  for (std::size_t i = expected.size() - 1; i-- > 0;) {
    data.seek(static_cast<std::int64_t>(i) / per_epoch, static_cast<std::int64_t>(i) % per_epoch);
    expect_same(data.next(), expected[i]);
    if (i % 3 == 0) expect_same(data.next(), expected[i + 1]);
  }
}

TEST_F(TrainingDataTest, StaysWithinItsMemory) {
  const std::int64_t all = showers_ * (grid.cells() + 1) * 4;
  for (const std::int64_t memory : {all / 20, all / 4}) {
    for (const int threads : {1, 4}) {
      options_.memory = memory;
      options_.threads = threads;
      TrainingData data(options_);
      for (int epoch = 0; epoch < 2; ++epoch) {
        EXPECT_EQ(static_cast<std::int64_t>(identities(epoch_of(data)).size()), data.size());
      }
      EXPECT_LE(data.memory_peak(), memory);
      EXPECT_GT(data.memory_peak(), memory / 3);
      EXPECT_GT(data.memory_bound(), memory);
    }
  }
}

TEST_F(TrainingDataTest, TheOrderDependsOnMemoryThroughTheLanesOnly) {
  TrainingData large(options_);
  options_.memory = std::int64_t{1} << 40;
  TrainingData huge(options_);
  EXPECT_EQ(identities(epoch_of(large)), identities(epoch_of(huge)));
  options_.memory = 2000;
  TrainingData small(options_);
  EXPECT_NE(identities(epoch_of(small)), identities(epoch_of(huge)));
}

TEST_F(TrainingDataTest, ValidationShowersAreInTheOrderOfTheFiles) {
  TrainingData data(options_);
  const std::int64_t n = data.validation_size();
  EXPECT_NEAR(static_cast<double>(n), 0.2 * showers_, 5 * std::sqrt(0.16 * showers_));
  const ShowerBatch whole = data.validation(0, n);
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  auto from = all.energy.begin();
  for (std::int64_t i = 0; i < n; ++i) {
    from = std::find(from, all.energy.end(), whole.energy[static_cast<std::size_t>(i)]);
    ASSERT_NE(from, all.energy.end());
    EXPECT_TRUE(std::ranges::equal(whole.shower(i), all.shower(from - all.energy.begin())));
  }
  options_.threads = 3;
  TrainingData threaded(options_);
  for (std::int64_t first = 0; first < n; first += 5) {
    const std::int64_t count = std::min<std::int64_t>(5, n - first);
    const ShowerBatch part = threaded.validation(first, count);
    ASSERT_EQ(part.size(), count);
    for (std::int64_t i = 0; i < count; ++i) {
      EXPECT_TRUE(std::ranges::equal(part.shower(i), whole.shower(first + i)));
    }
  }
  EXPECT_EQ(data.validation(3, 0).size(), 0);
}

TEST_F(TrainingDataTest, ValidationMayBeEmpty) {
  options_.validation = 0;
  TrainingData data(options_);
  EXPECT_EQ(data.size(), showers_);
  EXPECT_EQ(data.validation_size(), 0);
  EXPECT_EQ(data.validation(0, 0).size(), 0);
}

/// Energies of the showers whose cells of `threshold` or more have that sum or more.
std::vector<Identity> bright(const ShowerBatch& showers, double least_sum, float threshold = 0) {
  std::vector<Identity> energies;
  for (std::int64_t i = 0; i < showers.size(); ++i) {
    double sum = 0;
    for (const float cell : showers.shower(i)) sum += cell < threshold ? 0.0 : double{cell};
    if (sum >= least_sum) energies.push_back(showers.energy[static_cast<std::size_t>(i)]);
  }
  return energies;
}

TEST_F(TrainingDataTest, FaintShowersAreInNeitherPart) {
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  TrainingData whole(options_);
  EXPECT_EQ(whole.left_out(), 0);
  const std::vector<Identity> validation = whole.validation(0, whole.validation_size()).energy;
  for (const float threshold : {0.0F, 0.8F}) {
    for (const int threads : {1, 3}) {
      options_.least_sum = 2;
      options_.threshold = threshold;
      options_.threads = threads;
      const std::vector<Identity> expected = bright(all, 2, threshold);
      TrainingData data(options_);
      EXPECT_EQ(data.left_out(), showers_ - static_cast<std::int64_t>(expected.size()));
      EXPECT_GT(data.left_out(), 20);
      EXPECT_EQ(data.size() + data.validation_size() + data.left_out(), showers_);
      const ShowerBatch held_back = data.validation(0, data.validation_size());
      std::vector<Identity> of_validation = expected;
      std::erase_if(of_validation, [&](Identity shower) {
        return std::ranges::find(validation, shower) == validation.end();
      });
      EXPECT_EQ(held_back.energy, of_validation) << "the parts of the others stay";
      for (int epoch = 0; epoch < 2; ++epoch) {
        std::vector<Identity> seen = identities(epoch_of(data));
        EXPECT_EQ(static_cast<std::int64_t>(seen.size()), data.size());
        seen.insert(seen.end(), held_back.energy.begin(), held_back.energy.end());
        EXPECT_TRUE(
            std::is_permutation(seen.begin(), seen.end(), expected.begin(), expected.end()));
      }
    }
  }
}

TEST_F(TrainingDataTest, FaintShowersLeaveSeekingAndRanksAsTheyAre) {
  options_.least_sum = 2.5;
  options_.memory = 6000;
  TrainingData single(options_);
  std::vector<TrainingBatch> expected;
  for (int epoch = 0; epoch < 2; ++epoch) {
    for (TrainingBatch& batch : epoch_of(single)) expected.push_back(std::move(batch));
  }
  TrainingData data(options_);
  for (std::size_t i = expected.size(); i-- > 0;) {
    const auto place = static_cast<std::int64_t>(i);
    data.seek(place / single.batches_per_epoch(), place % single.batches_per_epoch());
    expect_same(data.next(), expected[i]);
  }
  std::vector<Identity> of_ranks;
  for (std::int64_t rank = 0; rank < 2; ++rank) {
    options_.ranks = 2;
    options_.rank = rank;
    TrainingData part(options_);
    const std::vector<Identity> seen = identities(epoch_of(part));
    of_ranks.insert(of_ranks.end(), seen.begin(), seen.end());
  }
  expected.resize(static_cast<std::size_t>(single.batches_per_epoch()));
  const std::vector<Identity> whole = identities(expected);
  EXPECT_TRUE(std::is_permutation(of_ranks.begin(), of_ranks.end(), whole.begin(), whole.end()));
}

TEST_F(TrainingDataTest, ALeastSumThatLeavesNothingIsRefused) {
  options_.least_sum = 1e6;
  EXPECT_EQ(error(),
            "no shower is left to train on (204 showers in all, 204 of them below 1e+06 GeV, a "
            "part of 0.2 for validation); give more showers, or a smaller least sum or validation "
            "part");
  options_.least_sum = -1;
  EXPECT_NE(error().find("the least sum of the training data is -1"), std::string::npos) << error();
  options_.least_sum = std::numeric_limits<double>::quiet_NaN();
  EXPECT_NE(error().find("the least sum of the training data is nan"), std::string::npos);
}

TEST_F(TrainingDataTest, ABadShowerIsFoundWhileSumsAreLookedAt) {
  ShowerBatch bad = test::sample_showers(grid, 0, 103);
  bad.cells[static_cast<std::size_t>(60 * grid.cells())] = -1;
  test::write_showers(options_.files[0], bad, 8);
  options_.least_sum = 1;
  const std::string text = test::input_error([&] { TrainingData data(options_); });
  EXPECT_NE(text.find("row 60, cell 0"), std::string::npos) << text;
}

TEST_F(TrainingDataTest, TransformsTrainingCellsOnly) {
  options_.threshold = 0.7F;
  options_.scale = 100;
  options_.power = 0.5F;
  TrainingData data(options_);
  const ShowerBatch all = test::sample_showers(grid, 0, showers_);
  const TrainingBatch batch = data.next();
  for (std::int64_t i = 0; i < batch.showers.size(); ++i) {
    const auto row = std::find(all.energy.begin(), all.energy.end(),
                               batch.showers.energy[static_cast<std::size_t>(i)]) -
                     all.energy.begin();
    const auto raw = all.shower(row);
    for (std::size_t c = 0; c < raw.size(); ++c) {
      EXPECT_FLOAT_EQ(batch.showers.shower(i)[c],
                      raw[c] < 0.7F ? 0.0F : std::sqrt(100.0F * raw[c]));
    }
  }
  for (const float cell : data.validation(0, data.validation_size()).cells) {
    EXPECT_TRUE(cell == 0 || (cell >= 0.7F && cell <= 1.0F));
  }
}

TEST_F(TrainingDataTest, SymmetriesAreDrawnForEachShowerAndEpoch) {
  TrainingData plain(options_);
  options_.symmetries = true;
  TrainingData turned(options_);
  std::set<unsigned> used;
  std::size_t unchanged[2] = {};
  for (std::size_t epoch = 0; epoch < 2; ++epoch) {
    for (std::int64_t b = 0; b < plain.batches_per_epoch(); ++b) {
      const TrainingBatch from = plain.next();
      const TrainingBatch to = turned.next();
      EXPECT_EQ(from.showers.energy, to.showers.energy);
      for (std::int64_t i = 0; i < from.showers.size(); ++i) {
        std::vector<float> image(static_cast<std::size_t>(grid.cells()));
        bool found = false;
        for (unsigned which = 0; which < square_symmetries; ++which) {
          apply_symmetry(which, grid, from.showers.shower(i), image);
          if (std::ranges::equal(image, to.showers.shower(i))) {
            if (!found) used.insert(which);
            if (!found && which == 0) ++unchanged[epoch];
            found = true;
          }
        }
        EXPECT_TRUE(found);
      }
    }
  }
  EXPECT_EQ(used.size(), 8U);
  EXPECT_LT(unchanged[0], static_cast<std::size_t>(plain.size()) / 3);
  const ShowerBatch validation = turned.validation(0, 5);
  EXPECT_EQ(validation.cells, plain.validation(0, 5).cells);
}

TEST_F(TrainingDataTest, GivesAngles) {
  test::write_showers(options_.files[0], test::sample_showers(grid, 0, 50, true), 8);
  options_.files.resize(1);
  TrainingData data(options_);
  EXPECT_TRUE(data.has_theta());
  EXPECT_TRUE(data.has_phi());
  const ShowerBatch all = test::sample_showers(grid, 0, 50, true);
  const TrainingBatch batch = data.next();
  ASSERT_EQ(batch.showers.theta.size(), 16U);
  const ShowerBatch held_back = data.validation(0, data.validation_size());
  for (const ShowerBatch* part : {&batch.showers, &held_back}) {
    for (std::size_t i = 0; i < part->energy.size(); ++i) {
      const auto row = static_cast<std::size_t>(
          std::find(all.energy.begin(), all.energy.end(), part->energy[i]) - all.energy.begin());
      EXPECT_EQ(part->theta[i], all.theta[row]);
      EXPECT_EQ(part->phi[i], all.phi[row]);
    }
  }
}

TEST_F(TrainingDataTest, SymmetriesNeedASquareAndPerpendicularParticles) {
  options_.symmetries = true;
  options_.files.resize(1);
  const std::string file = options_.files[0].string();
  test::write_showers(file, test::sample_showers(grid, 0, 20, true), 8);
  EXPECT_EQ(error(), "the symmetries hold only for perpendicular particles (" + file +
                         " has a data set of angles); switch the symmetries off");
  test::write_showers(file, test::sample_showers({3, 2, 3}, 0, 20), 8);
  EXPECT_EQ(error(), "the symmetries need as many cells along x as along y (" + file +
                         " has 3 x 2 x 3 cells with the axes x, y, z); switch the symmetries off");
}

TEST_F(TrainingDataTest, NamesTheRowOfABadShower) {
  ShowerBatch bad = test::sample_showers(grid, 103, 40);
  bad.cells[static_cast<std::size_t>(21 * grid.cells() + 4)] =
      std::numeric_limits<float>::quiet_NaN();
  test::write_showers(options_.files[1], bad, 5);
  const std::string where = options_.files[1].string();
  EXPECT_EQ(error(), "the energy of a cell is nan (" + where +
                         ", data set ECAL, row 21, cell 4); cell energies must be finite and not "
                         "negative");
  bad = test::sample_showers(grid, 103, 40);
  bad.energy[17] = 0;
  test::write_showers(options_.files[1], bad, 5);
  EXPECT_EQ(error(), "the energy of a primary is 0 (" + where +
                         ", data set energy, row 17); primary energies must be finite and greater "
                         "than 0");
}

TEST_F(TrainingDataTest, AnErrorComesAtEveryCallUntilSeek) {
  ShowerBatch bad = test::sample_showers(grid, 0, 103);
  bad.cells[static_cast<std::size_t>(60 * grid.cells())] = -1;
  test::write_showers(options_.files[0], bad, 8);
  options_.files.resize(1);
  options_.memory = 700;  // one lane: the bad chunk is not met at once
  options_.batch = 4;
  TrainingData data(options_);
  std::int64_t before = 0;
  const auto read = [&] {
    for (;; ++before) data.next();
  };
  const std::string text = test::input_error(read);
  EXPECT_NE(text.find("row 60, cell 0"), std::string::npos) << text;
  EXPECT_EQ(test::input_error([&] { data.next(); }), text);
  ASSERT_GT(before, 0);
  data.seek(0, 0);
  EXPECT_EQ(data.next().number, 0);
}

TEST_F(TrainingDataTest, RefusesWhatItCannotServe) {
  options_.ranks = 40;
  EXPECT_EQ(error(),
            "40 processes are too many for these showers (30 shards are read at a time: 30 in the "
            "files, 512.0 MiB of memory); take fewer processes, more memory, or files in smaller "
            "chunks (showergan convert)");
  options_.ranks = 1;
  options_.memory = 500;
  EXPECT_EQ(error(), "the memory for training data, 0.0 MiB, is too little (" +
                         options_.files[0].string() +
                         " stores 8 showers together, 0.0 MiB); allow more, or rewrite the file in "
                         "smaller chunks with showergan convert");
  options_.memory = 1 << 20;
  options_.validation = 0.999999;
  EXPECT_EQ(error(),
            "no shower is left to train on (204 showers in all, a part of 0.999999 for "
            "validation); give more showers or a smaller validation part");
  options_.validation = 1;
  EXPECT_EQ(error(),
            "the validation part of the training data is 1; give a number from 0 to less than 1");
  options_.validation = 0.1;
  options_.batch = 0;
  EXPECT_EQ(error(), "the batch of the training data is 0; give 1 or more");
  options_.batch = 1;
  options_.power = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(error(), "the power of the training data is nan; give a number greater than 0");
}

TEST_F(TrainingDataTest, OtherThreadsMayWriteFilesMeanwhile) {
  options_.memory = 3000;
  TrainingData data(options_);
  TrainingData quiet(options_);
  const std::vector<Identity> expected = identities(epoch_of(quiet));
  std::vector<TrainingBatch> batches;
  const NamedArrays arrays = {{"a", {{1000}, std::vector<float>(1000, 1.0F)}}};
  for (std::int64_t i = 0; i < data.batches_per_epoch(); ++i) {
    batches.push_back(data.next());
    write_named_arrays(folder_ / "weights.h5", arrays, {}, true);
    data.validation(0, 3);
  }
  EXPECT_EQ(identities(batches), expected);
}

TEST_F(TrainingDataTest, EndsWhereverItIs) {
  for (int i = 0; i < 20; ++i) {
    TrainingData data(options_);
    for (int batch = 0; batch < i % 4; ++batch) data.next();
    if (i % 5 == 0) data.seek(1, 2);
  }
}

/// The Geant4 showers of the shared data.
class Geant4TrainingTest : public ::testing::Test {
 protected:
  fs::path path_ = test::shared_data("geant4/showers-train.h5");
};

TEST_F(Geant4TrainingTest, GivesEachOfThemOnceInBoundedMemory) {
  SHOWERGAN_NEEDS_FILE(path_);
  TrainingDataOptions options;
  options.files = {path_};
  options.memory = std::int64_t{64} << 20;  // a fifth of what they need
  options.threads = 2;
  TrainingData data(options);
  EXPECT_EQ(data.size() + data.validation_size(), 5000);
  EXPECT_NEAR(static_cast<double>(data.validation_size()), 500, 106);
  std::set<Identity> seen;
  double energy = 0;
  double cells = 0;
  for (std::int64_t i = 0; i < data.batches_per_epoch(); ++i) {
    const TrainingBatch batch = data.next();
    seen.insert(batch.showers.energy.begin(), batch.showers.energy.end());
    energy = std::accumulate(batch.showers.energy.begin(), batch.showers.energy.end(), energy);
    cells = std::accumulate(batch.showers.cells.begin(), batch.showers.cells.end(), cells);
  }
  EXPECT_GE(static_cast<std::int64_t>(seen.size()), data.size() - 5);  // energies may coincide
  EXPECT_NEAR(cells / energy, 0.018, 0.001);                           // sampling fraction
  EXPECT_LE(data.memory_peak(), options.memory);
}

TEST_F(Geant4TrainingTest, ADamagedChunkIsAnErrorWhenItsTurnComes) {
  SHOWERGAN_NEEDS_FILE(path_);
  const test::TemporaryFolder folder;
  TrainingDataOptions options;
  options.files = {folder / "copy.h5"};
  fs::copy_file(path_, options.files[0]);
  fs::permissions(options.files[0], fs::perms::owner_write, fs::perm_options::add);
  {
    std::fstream file(options.files[0], std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(fs::file_size(options.files[0]) / 2));
    file << std::string(4096, '\xff');
  }
  options.memory = std::int64_t{32} << 20;
  TrainingData data(options);
  const std::string text = test::input_error([&] {
    for (std::int64_t i = 0; i < data.batches_per_epoch(); ++i) data.next();
  });
  EXPECT_EQ(text.find("cannot read the data, the file is damaged (" + options.files[0].string() +
                      ", data set ECAL, rows "),
            0U)
      << text;
}

TEST_F(Geant4TrainingTest, ATruncatedFileIsRefused) {
  SHOWERGAN_NEEDS_FILE(path_);
  const test::TemporaryFolder folder;
  const fs::path copy = folder / "copy.h5";
  fs::copy_file(path_, copy);
  fs::permissions(copy, fs::perms::owner_write, fs::perm_options::add);
  fs::resize_file(copy, fs::file_size(copy) / 2);
  TrainingDataOptions options;
  options.files = {path_, copy};
  EXPECT_EQ(test::input_error([&] { TrainingData data(options); }),
            "the HDF5 file '" + copy.string() + "' is truncated or damaged; make or copy it again");
}

}  // namespace
}  // namespace showergan
