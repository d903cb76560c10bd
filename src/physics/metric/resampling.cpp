#include "physics/metric/resampling.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/interrupt.hpp"
#include "base/random.hpp"
#include "base/threads.hpp"
#include "physics/statistics.hpp"

namespace showergan::physics {
namespace {

/// Whole numbers below a limit, one after the other.
class Draws {
 public:
  Draws(std::uint64_t seed, std::uint64_t stream)
      : random_(seed, RandomPurpose::resampling), stream_(stream) {}

  std::size_t below(std::size_t limit) {
    if (used_ == words_.size()) {
      words_ = random_.words(stream_, draw_++);
      used_ = 0;
    }
    // Of 32 bits, so that one number is favoured by limit/2³² at most.
    return static_cast<std::size_t>((std::uint64_t{words_[used_++]} * limit) >> 32);
  }

 private:
  CounterRandom random_;
  std::uint64_t stream_;
  std::uint32_t draw_ = 0;
  std::array<std::uint32_t, 4> words_ = {};
  std::size_t used_ = 4;
};

}  // namespace

std::vector<std::size_t> draw_with_replacement(std::uint64_t seed, std::uint64_t stream,
                                               std::size_t size, std::size_t count) {
  Draws draws(seed, stream);
  std::vector<std::size_t> numbers(count);
  for (std::size_t& number : numbers) number = draws.below(size);
  return numbers;
}

std::vector<std::size_t> draw_without_replacement(std::uint64_t seed, std::uint64_t stream,
                                                  std::size_t size, std::size_t count) {
  SHOWERGAN_EXPECT(count <= size);
  Draws draws(seed, stream);
  std::vector<std::size_t> numbers(size);
  std::iota(numbers.begin(), numbers.end(), std::size_t{0});
  for (std::size_t i = 0; i < count; ++i) std::swap(numbers[i], numbers[i + draws.below(size - i)]);
  numbers.resize(count);
  return numbers;
}

Sample bootstrap(const Sample& sample, const EnergyBins& bins, std::uint64_t stream) {
  const std::vector<Sample> split = bins.split(sample);
  std::vector<std::int64_t> drawn;
  for (std::size_t bin = 0; bin < split.size(); ++bin) {
    const auto members = split[bin].rows();
    const std::uint64_t own = stream * split.size() + bin;
    std::vector<std::size_t> places =
        draw_with_replacement(kResamplingSeed, own, members.size(), members.size());
    std::ranges::sort(places);  // a sample is in order of energy
    for (const std::size_t place : places) drawn.push_back(members[place]);
  }
  // The rows that are in bins lie side by side.
  std::vector<std::int64_t> rows(sample.rows().begin(), sample.rows().end());
  const auto first = std::ranges::find_if(rows, [&](std::int64_t row) {
    return bins.index(sample.set().energy()[static_cast<std::size_t>(row)]).has_value();
  });
  std::ranges::copy(drawn, first);
  return {sample.set(), std::move(rows)};
}

std::optional<double> spread_of_resamplings(
    const std::function<std::optional<double>(std::uint64_t)>& statistic, int threads) {
  std::vector<std::optional<double>> results(kResamplings);
  parallel_for(threads, kResamplings, [&](std::int64_t i, int) {
    if (interrupted()) throw Error("interrupted", "", "nothing was written");
    results[static_cast<std::size_t>(i)] = statistic(static_cast<std::uint64_t>(i));
  });
  std::vector<double> values;
  for (const auto& result : results) {
    if (!result) return std::nullopt;
    values.push_back(*result);
  }
  return standard_deviation(values);
}

double subsampling_scale(double m, double pool, double n) {
  SHOWERGAN_EXPECT(m < pool);
  return std::sqrt((1 / n) / (1 / m - 1 / pool));
}

}  // namespace showergan::physics
