#include "store/checkpoint_folder.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include "store/checkpoint_header.hpp"
#include "store/sample_checkpoint.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

using test::same;

Checkpoint of_step(std::int64_t step) {
  Checkpoint checkpoint = test::sample_checkpoint();
  checkpoint.counters["step"] = step;
  return checkpoint;
}

void damage(const std::filesystem::path& path) {
  std::string bytes = test::read_bytes(path);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  test::write_bytes(path, bytes);
}

/// The number of a process that has ended.
pid_t dead_process() {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
  return child;
}

class CheckpointFolderTest : public ::testing::Test {
 protected:
  std::filesystem::path path() const { return temporary_ / "run" / "checkpoints"; }
  std::filesystem::path file(const std::string& name) const { return path() / name; }

  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const std::filesystem::path& one : folder_.list()) {
      EXPECT_EQ(one.parent_path(), path());
      result.push_back(one.filename().string());
    }
    return result;
  }

  std::optional<Checkpoint> latest() {
    reports_.clear();
    return folder_.latest([&](const std::string& text) { reports_.push_back(text); });
  }

  test::TemporaryFolder temporary_;
  CheckpointFolder folder_{path(), 3};
  std::vector<std::string> reports_;
};

using Names = std::vector<std::string>;

TEST_F(CheckpointFolderTest, HasNothingAtFirst) {
  EXPECT_FALSE(latest());
  EXPECT_EQ(names(), Names{});
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(CheckpointFolderTest, KeepsTheLastOnes) {
  for (const int step : {0, 9, 10, 1200, 123456789}) folder_.save(step, of_step(step));
  EXPECT_EQ(names(), (Names{"step-00000010.h5", "step-00001200.h5", "step-123456789.h5"}));
  EXPECT_TRUE(same(*latest(), of_step(123456789)));
  EXPECT_EQ(reports_, Names{});
}

TEST_F(CheckpointFolderTest, KeepsTheBestBesideThem) {
  folder_.save_best(of_step(5));
  EXPECT_FALSE(latest());
  for (int step = 6; step < 12; ++step) folder_.save(step, of_step(step));
  EXPECT_TRUE(same(read_checkpoint(folder_.best()), of_step(5)));
  folder_.save_best(of_step(7));
  EXPECT_TRUE(same(read_checkpoint(file("best.h5")), of_step(7)));
  EXPECT_TRUE(same(*latest(), of_step(11)));
}

TEST_F(CheckpointFolderTest, PassesOverDamagedOnes) {
  for (const int step : {1, 2, 3}) folder_.save(step, of_step(step));
  damage(file("step-00000003.h5"));
  test::write_bytes(file("step-00000002.h5"), "");
  EXPECT_TRUE(same(*latest(), of_step(1)));
  EXPECT_EQ(reports_, (Names{"the checkpoint '" + file("step-00000003.h5").string() +
                                 "' is damaged and passed over (its checksum does not match)",
                             "the checkpoint '" + file("step-00000002.h5").string() +
                                 "' is damaged and passed over (it is cut off)"}));
}

TEST_F(CheckpointFolderTest, SaysThatAllAreDamaged) {
  for (const int step : {1, 2}) folder_.save(step, of_step(step));
  for (const std::filesystem::path& one : folder_.list()) damage(one);
  EXPECT_EQ(test::failure([&] { latest(); }),
            "every checkpoint in '" + path().string() +
                "' is damaged; best.h5 may be whole; otherwise train again in another folder");
  EXPECT_EQ(reports_.size(), 2U);
}

TEST_F(CheckpointFolderTest, DoesNotGoBackBehindANewerVersion) {
  for (const int step : {1, 2}) folder_.save(step, of_step(step));
  std::string bytes = test::read_bytes(file("step-00000002.h5"));
  seal_checkpoint(std::as_writable_bytes(std::span(bytes)), 99);
  test::write_bytes(file("step-00000002.h5"), bytes);
  EXPECT_NE(test::input_error([&] { latest(); }).find("newer version"), std::string::npos);
}

TEST_F(CheckpointFolderTest, ATrainingThatWentBackKeepsWhatItLeftBehind) {
  for (const int step : {100, 200, 300}) folder_.save(step, of_step(step));
  damage(file("step-00000300.h5"));
  EXPECT_TRUE(same(*latest(), of_step(200)));
  folder_.save(250, of_step(250));
  EXPECT_EQ(names(), (Names{"step-00000100.h5", "step-00000200.h5", "step-00000250.h5",
                            "step-00000300.h5"}));
  EXPECT_TRUE(same(*latest(), of_step(250)));
  folder_.save(300, of_step(300));
  EXPECT_EQ(names(), (Names{"step-00000200.h5", "step-00000250.h5", "step-00000300.h5"}));
  EXPECT_TRUE(same(*latest(), of_step(300)));
}

TEST_F(CheckpointFolderTest, AFullDiskLeavesTheEarlierOnes) {
  for (const int step : {1, 2, 3}) folder_.save(step, of_step(step));
  folder_.save_best(of_step(2));
  Checkpoint large = of_step(4);
  large.arrays["large"] = std::vector<float>(100'000, 1.0F);
  {
    const test::FileSizeLimit limit(20'000);
    EXPECT_NE(test::failure([&] { folder_.save(4, large); }).find("File too large"),
              std::string::npos);
    EXPECT_NE(test::failure([&] { folder_.save_best(large); }).find("File too large"),
              std::string::npos);
  }
  EXPECT_EQ(names(), (Names{"step-00000001.h5", "step-00000002.h5", "step-00000003.h5"}));
  for (const int step : {1, 2, 3}) {
    EXPECT_TRUE(
        same(read_checkpoint(folder_.list()[static_cast<std::size_t>(step - 1)]), of_step(step)));
  }
  EXPECT_TRUE(same(read_checkpoint(folder_.best()), of_step(2)));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path()), {}), 4);
}

TEST_F(CheckpointFolderTest, RemovesWhatDeadProcessesLeft) {
  folder_.save(1, of_step(1));
  const std::string dead = std::to_string(dead_process());
  const Names left = {".step-00000002.h5.part-" + dead + "-0", ".best.h5.part-" + dead + "-1",
                      ".step-00000002.h5.part-" + std::to_string(getpid()) + "-0"};
  const Names others = {".step-00000002.h5.part-" + std::to_string(getppid()) + "-0",
                        ".notes.part-" + dead + "-0", "step-x.h5", "step-.h5", "notes.txt"};
  for (const std::string& name : left) test::write_bytes(file(name), "x");
  for (const std::string& name : others) test::write_bytes(file(name), "x");
  folder_.save(2, of_step(2));
  for (const std::string& name : left) EXPECT_FALSE(std::filesystem::exists(file(name))) << name;
  for (const std::string& name : others) EXPECT_TRUE(std::filesystem::exists(file(name))) << name;
  EXPECT_EQ(names(), (Names{"step-00000001.h5", "step-00000002.h5"}));
}

TEST_F(CheckpointFolderTest, SaysThatTheFolderCannotBeMade) {
  test::write_bytes(temporary_ / "run", "a file");
  const std::string text = test::input_error([&] { folder_.save(1, of_step(1)); });
  EXPECT_EQ(text.find("cannot make the folder '" + path().string() + "' ("), 0U) << text;
}

}  // namespace
}  // namespace showergan
