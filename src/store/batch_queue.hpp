#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "store/training_data.hpp"

namespace showergan {

/// Batches that a thread of its own makes ahead of their use.
class BatchQueue {
 public:
  /// Makes the next batch; gives up with nothing soon after `stop` has become true.
  using Maker = std::function<std::optional<TrainingBatch>(const std::atomic<bool>& stop)>;

  /// Keeps up to `most` batches ready.
  BatchQueue(std::size_t most, Maker make);
  /// Stops the thread; does not wait for batches that are not needed any more.
  ~BatchQueue();
  BatchQueue(const BatchQueue&) = delete;
  BatchQueue& operator=(const BatchQueue&) = delete;

  /// The next batch, waiting for it if need be. What `make` has thrown is thrown here, after the
  /// batches made before it, at every call.
  TrainingBatch pop();

 private:
  void run();

  std::size_t most_;
  Maker make_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<TrainingBatch> ready_;
  std::exception_ptr failure_;
  std::atomic<bool> stop_ = false;
  std::thread thread_;  ///< the last member: it uses the others
};

}  // namespace showergan
