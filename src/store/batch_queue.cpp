#include "store/batch_queue.hpp"

#include <utility>

namespace showergan {

BatchQueue::BatchQueue(std::size_t most, Maker make)
    : most_(most), make_(std::move(make)), thread_([this] { run(); }) {}

BatchQueue::~BatchQueue() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void BatchQueue::run() {
  try {
    while (!stop_) {
      std::optional<TrainingBatch> batch = make_(stop_);
      if (!batch) return;
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stop_ || ready_.size() < most_; });
      ready_.push_back(std::move(*batch));
      changed_.notify_all();
    }
  } catch (...) {
    const std::lock_guard lock(mutex_);
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

TrainingBatch BatchQueue::pop() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !ready_.empty() || failure_; });
  if (ready_.empty()) std::rethrow_exception(failure_);
  TrainingBatch batch = std::move(ready_.front());
  ready_.pop_front();
  changed_.notify_all();
  return batch;
}

}  // namespace showergan
