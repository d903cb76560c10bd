#include "shower/condition.hpp"

#include <algorithm>
#include <iterator>

#include "showergan/error.hpp"

#include "base/contract.hpp"
#include "base/random.hpp"

namespace showergan {

namespace {

struct Member {
  const char* name;
  float Condition::*value;
};

/// The position is also the random stream of the condition: keep the order.
constexpr Member members[] = {
    {"energy", &Condition::energy}, {"theta", &Condition::theta}, {"phi", &Condition::phi}};

std::size_t find_member(const std::string& name) {
  for (std::size_t i = 0; i < std::size(members); ++i) {
    if (members[i].name == name) return i;
  }
  throw InputError("there is no condition '" + name + "'", "known: energy, theta, phi");
}

}  // namespace

float value_of(const Condition& condition, const std::string& name) {
  return condition.*members[find_member(name)].value;
}

void set_value(Condition& condition, const std::string& name, float value) {
  condition.*members[find_member(name)].value = value;
}

std::vector<float> uniform_condition(const std::string& name, std::uint64_t seed,
                                     std::uint64_t first_index, std::int64_t count, float low,
                                     float high) {
  SHOWERGAN_EXPECT(count >= 0 && low <= high);
  const CounterRandom random(seed, RandomPurpose::condition,
                             static_cast<std::uint32_t>(find_member(name)));
  std::vector<float> values(static_cast<std::size_t>(count));
  std::uint64_t index = first_index;
  for (float& value : values) {
    float uniform = 0;
    random.fill_uniform(index++, {&uniform, 1});
    value = std::min(high, low + (high - low) * uniform);  // rounding may step over the end
  }
  return values;
}

}  // namespace showergan
