#include "base/pinning.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <sched.h>

#include "showergan/error.hpp"

#include "base/contract.hpp"

namespace showergan {
namespace {

/// A set of the CPUs 0 … capacity − 1, as the system wants it.
class CpuSet {
 public:
  explicit CpuSet(int capacity)
      : words_((static_cast<std::size_t>(capacity) + 8 * sizeof(Word) - 1) / (8 * sizeof(Word))) {}

  int capacity() const { return static_cast<int>(8 * sizeof(Word) * words_.size()); }
  void add(int cpu) { words_[word_of(cpu)] |= bit_of(cpu); }
  bool has(int cpu) const { return (words_[word_of(cpu)] & bit_of(cpu)) != 0; }

  std::size_t bytes() const { return words_.size() * sizeof(Word); }
  cpu_set_t* data() { return reinterpret_cast<cpu_set_t*>(words_.data()); }

 private:
  using Word = unsigned long;  // the system's own, see sched_setaffinity(2)
  static std::size_t word_of(int cpu) { return static_cast<std::size_t>(cpu) / (8 * sizeof(Word)); }
  static Word bit_of(int cpu) {
    return Word{1} << (static_cast<std::size_t>(cpu) % (8 * sizeof(Word)));
  }

  std::vector<Word> words_;
};

/// Binds the calling thread to these CPUs, in ascending order; false, with errno, if the system
/// refuses.
bool bind_to(const std::vector<int>& cpus) {
  CpuSet set(std::max(CPU_SETSIZE, cpus.back() + 1));
  for (const int cpu : cpus) set.add(cpu);
  return sched_setaffinity(0, set.bytes(), set.data()) == 0;
}

}  // namespace

std::vector<int> allowed_cpus() {
  // The kernel refuses a set smaller than its own; machines of more than 1024 CPUs need more.
  for (int capacity = CPU_SETSIZE; capacity <= (1 << 20); capacity *= 2) {
    CpuSet set(capacity);
    if (sched_getaffinity(0, set.bytes(), set.data()) != 0) continue;
    std::vector<int> cpus;
    for (int cpu = 0; cpu < set.capacity(); ++cpu) {
      if (set.has(cpu)) cpus.push_back(cpu);
    }
    return cpus;
  }
  return {};
}

Pinning::Pinning(int threads) : cpus_(allowed_cpus()) {
  SHOWERGAN_EXPECT(threads >= 1);
  const int allowed = static_cast<int>(cpus_.size());
  if (threads > allowed) {
    throw InputError(fmt::format("{} threads cannot be pinned to {} CPU{}", threads, allowed,
                                 allowed == 1 ? "" : "s"),
                     "this process may use no more", "ask for fewer threads, or do not pin them");
  }
  cpus_.resize(static_cast<std::size_t>(threads));
}

PinnedThread::PinnedThread(const Pinning& pinning, int thread) {
  if (pinning.cpus_.empty()) return;
  before_ = allowed_cpus();
  const int cpu = pinning.cpus_.at(static_cast<std::size_t>(thread));
  if (before_.empty() || !bind_to({cpu})) {
    throw Error(fmt::format("thread {} could not be pinned to CPU {}", thread, cpu),
                std::generic_category().message(errno), "do not pin threads here");
  }
}

PinnedThread::~PinnedThread() {
  // Nothing can be done where it fails: the CPUs were taken from the process meanwhile.
  if (!before_.empty()) bind_to(before_);
}

}  // namespace showergan
