#include "base/thread_team.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "showergan/error.hpp"

#include "base/contract.hpp"

namespace showergan {
namespace {

/// Thrown in members that wait for one that has failed; never leaves the team.
struct Abandoned {};

}  // namespace

class ThreadTeam::Implementation {
 public:
  Implementation(int threads, Pinning pinning)
      : pinning_(std::move(pinning)), parts_(static_cast<std::size_t>(threads)) {
    try {
      for (int member = 1; member < threads; ++member) {
        threads_.emplace_back([this, member] { serve(member); });
      }
    } catch (const std::system_error&) {
      stop();
      throw Error("the system does not give so many threads", {}, "ask for fewer");
    }
  }
  ~Implementation() { stop(); }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  int size() const { return static_cast<int>(parts_.size()); }

  void run(int members, const std::function<void(int)>& work) {
    SHOWERGAN_EXPECT(members >= 1 && members <= size());
    {
      const std::lock_guard lock(mutex_);
      work_ = &work;
      members_ = members;
      running_ = members;
      waiting_ = 0;
      failure_ = nullptr;
      ++job_;
    }
    changed_.notify_all();
    work_on(0);
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return running_ == 0; });
    if (failure_) std::rethrow_exception(failure_);
  }

  void sum(int member, std::span<double> values) {
    if (members_ == 1) return;
    // A copy, because a member that fails takes its values with it.
    parts_[static_cast<std::size_t>(member)].assign(values.begin(), values.end());
    wait_for_all();
    std::vector<double> total(values.size(), 0.0);
    for (int m = 0; m < members_; ++m) {
      const std::vector<double>& part = parts_[static_cast<std::size_t>(m)];
      SHOWERGAN_EXPECT(part.size() == total.size());
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += part[i];
    }
    wait_for_all();  // everybody has read everybody's part
    std::ranges::copy(total, values.begin());
  }

 private:
  void serve(int member) {
    std::uint64_t done = 0;
    while (true) {
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || job_ != done; });
        if (stopping_) return;
        done = job_;
        if (member >= members_) continue;
      }
      work_on(member);
    }
  }

  void work_on(int member) {
    std::exception_ptr failure;
    try {
      const PinnedThread pinned(pinning_, member);
      (*work_)(member);
    } catch (const Abandoned&) {
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    if (failure && !failure_) failure_ = failure;
    --running_;
    changed_.notify_all();
  }

  void wait_for_all() {
    std::unique_lock lock(mutex_);
    const std::uint64_t meeting = meeting_;
    if (++waiting_ == members_) {
      waiting_ = 0;
      ++meeting_;
      lock.unlock();
      changed_.notify_all();
      return;
    }
    changed_.wait(lock, [&] { return meeting_ != meeting || failure_; });
    if (meeting_ == meeting) throw Abandoned();
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  const Pinning pinning_;
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void(int)>* work_ = nullptr;
  std::uint64_t job_ = 0;      ///< number of runs so far
  std::uint64_t meeting_ = 0;  ///< number of times that all members have met
  int members_ = 0;            ///< of the present run
  int running_ = 0;            ///< members that have not finished it
  int waiting_ = 0;            ///< members that wait for the others
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::vector<std::vector<double>> parts_;  ///< what the members have brought to a meeting
  std::vector<std::thread> threads_;
};

ThreadTeam::ThreadTeam(int threads, Pinning pinning) {
  SHOWERGAN_EXPECT(threads >= 1);
  implementation_ = std::make_unique<Implementation>(threads, std::move(pinning));
}
ThreadTeam::~ThreadTeam() = default;

int ThreadTeam::size() const noexcept {
  return implementation_->size();
}

void ThreadTeam::run(int members, const std::function<void(int)>& work) {
  implementation_->run(members, work);
}

void ThreadTeam::sum(int member, std::span<double> values) {
  implementation_->sum(member, values);
}

}  // namespace showergan
