#include "store/batch_queue.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "showergan/error.hpp"

#include "support/error_text.hpp"

namespace showergan {
namespace {

using namespace std::chrono_literals;

TrainingBatch numbered(std::int64_t number) {
  TrainingBatch batch;
  batch.number = number;
  return batch;
}

TEST(BatchQueueTest, GivesBatchesInTheirOrder) {
  std::int64_t made = 0;
  BatchQueue queue(2, [&](const std::atomic<bool>&) { return numbered(made++); });
  for (std::int64_t i = 0; i < 100; ++i) EXPECT_EQ(queue.pop().number, i);
}

TEST(BatchQueueTest, MakesOnlyAFewAhead) {
  std::atomic<std::int64_t> made = 0;
  BatchQueue queue(2, [&](const std::atomic<bool>&) { return numbered(made++); });
  queue.pop();
  std::this_thread::sleep_for(20ms);
  EXPECT_LE(made, 1 + 2 + 1);  // taken, ready, and the one that waits for its place
  EXPECT_GE(made, 1);
}

TEST(BatchQueueTest, ThrowsAtEveryCallAfterTheBatchesBefore) {
  std::int64_t made = 0;
  BatchQueue queue(2, [&](const std::atomic<bool>&) -> std::optional<TrainingBatch> {
    if (made == 3) throw InputError("the file is damaged");
    return numbered(made++);
  });
  for (std::int64_t i = 0; i < 3; ++i) EXPECT_EQ(queue.pop().number, i);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(test::input_error([&] { queue.pop(); }), "the file is damaged");
  }
}

TEST(BatchQueueTest, StopsWorkInProgress) {
  const auto begin = std::chrono::steady_clock::now();
  {
    std::atomic<bool> working = false;
    BatchQueue queue(2, [&](const std::atomic<bool>& stop) -> std::optional<TrainingBatch> {
      working = true;
      while (!stop) std::this_thread::sleep_for(1ms);
      return std::nullopt;
    });
    while (!working) std::this_thread::sleep_for(1ms);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 5s);
}

}  // namespace
}  // namespace showergan
