#include "gan/run_folder.hpp"

#include <fstream>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "base/process_identity.hpp"
#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan::gan {
namespace {

namespace fs = std::filesystem;
using test::input_error;

class RunFolderTest : public testing::Test {
 protected:
  std::string log() const {
    std::ostringstream text;
    text << std::ifstream(path_ / "train.log").rdbuf();
    return text.str();
  }

  test::TemporaryFolder folder_;
  fs::path path_ = folder_ / "runs/first";
};

TEST_F(RunFolderTest, MakesTheFolderAndKnowsWhatLiesWhere) {
  const RunFolder run(path_, false);
  EXPECT_EQ(run.path(), path_);
  EXPECT_EQ(run.recipe(), path_ / "recipe.toml");
  EXPECT_EQ(run.history(), path_ / "history.jsonl");
  EXPECT_EQ(run.checkpoints(), path_ / "checkpoints");
  EXPECT_EQ(run.generator(), path_ / "generator.onnx");
  EXPECT_EQ(run.last(), path_ / "last.onnx");
  EXPECT_EQ(run.samples(), path_ / "samples");
  EXPECT_TRUE(fs::is_directory(run.checkpoints()));
  EXPECT_TRUE(fs::exists(path_ / "train.log"));
}

TEST_F(RunFolderTest, EachFileOfATrainingMakesItOne) {
  for (const char* name :
       {"recipe.toml", "history.jsonl", "checkpoints", "generator.onnx", "last.onnx"}) {
    fs::remove_all(path_);
    fs::create_directories(path_);
    std::ofstream(path_ / "notes.txt") << "a file of somebody else's does not matter";
    if (std::string(name) != "checkpoints") {
      std::ofstream(path_ / name) << "x";
    } else {
      fs::create_directory(path_ / name);
    }
    EXPECT_EQ(input_error([&] { RunFolder(path_, false); }),
              "'" + path_.string() + "' already holds a training (there is '" + name +
                  "'); go on with it with --resume, or give another folder with -o");
    EXPECT_NO_THROW(RunFolder(path_, true)) << "the lock was let go";
  }
}

TEST_F(RunFolderTest, IsForOneProcess) {
  {
    const RunFolder first(path_, false);
    EXPECT_EQ(input_error([&] { RunFolder(path_, true); }),
              "another process trains in '" + path_.string() +
                  "'; wait for it, or give another folder with -o");
  }
  EXPECT_NO_THROW(RunFolder(path_, true));
}

TEST_F(RunFolderTest, TheLockSaysWhoHoldsIt) {
  const auto lock = [&] {
    std::ostringstream text;
    text << std::ifstream(path_ / RunFolder::lock_name).rdbuf();
    return text.str();
  };
  {
    const RunFolder run(path_, false);
    const auto holder = parse_process_identity(lock());
    ASSERT_TRUE(holder) << lock();
    EXPECT_EQ(*holder, own_identity());
    EXPECT_THROW(RunFolder(path_, true), InputError);
    EXPECT_EQ(parse_process_identity(lock()), holder) << "who is refused does not sign";
  }
  EXPECT_EQ(lock(), "") << "nobody";
}

TEST_F(RunFolderTest, RemovesWhatAKilledProcessLeft) {
  fs::create_directories(path_);
  fs::create_directories(path_ / "samples");
  const fs::path leftover = path_ / ".last.onnx.part-123-0";
  const fs::path sample = path_ / "samples" / ".epoch-00001.h5.part-123-0";
  for (const fs::path& file : {leftover, sample, path_ / ".hidden", path_ / "a.part-1"}) {
    std::ofstream(file) << "x";
  }
  const RunFolder run(path_, true);
  EXPECT_FALSE(fs::exists(leftover));
  EXPECT_FALSE(fs::exists(sample));
  EXPECT_TRUE(fs::exists(path_ / ".hidden"));
  EXPECT_TRUE(fs::exists(path_ / "a.part-1"));
}

TEST_F(RunFolderTest, WhatIsInTheWayIsNamed) {
  std::ofstream(folder_ / "file") << "x";
  for (const char* name : {"file", "file/run"}) {
    const std::string text = input_error([&] { RunFolder(folder_ / name, false); });
    EXPECT_TRUE(text.starts_with("cannot make the folder '" + (folder_ / name).string() + "' ("))
        << text;
    EXPECT_TRUE(text.ends_with("); give another one with -o")) << text;
  }
  fs::create_directories(path_);
  std::ofstream(path_ / "checkpoints") << "x";
  EXPECT_NE(input_error([&] { RunFolder(path_, true); }).find("cannot write into the folder"),
            std::string::npos);
  fs::remove(path_ / "checkpoints");
  fs::remove(path_ / "train.log");
  fs::create_directory(path_ / "train.log");
  EXPECT_EQ(input_error([&] { RunFolder(path_, true); }),
            "cannot write into the folder '" + path_.string() +
                "' (train.log or checkpoints is in the way); give another one with -o");
  fs::create_directory(path_ / ".lock.d");
  fs::remove(path_ / ".lock");
  fs::rename(path_ / ".lock.d", path_ / ".lock");
  EXPECT_NE(input_error([&] { RunFolder(path_, true); }).find("cannot write into the folder"),
            std::string::npos);
}

TEST_F(RunFolderTest, SaysToTheLogAndToStandardError) {
  testing::internal::CaptureStderr();
  {
    RunFolder run(path_, false);
    run.say("first");
    run.say("second", true);
    run.warn("third");
  }
  RunFolder(path_, true).say("fourth", true);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "first\nshowergan: warning: third\n");
  const std::string time = R"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ  )";
  const std::regex expected(time + "first\n" + time + "second\n" + time + "warning: third\n" +
                            time + "fourth\n");
  EXPECT_TRUE(std::regex_match(log(), expected)) << log();
}

TEST_F(RunFolderTest, AFullDiskIsAnErrorThatSaysHowToGoOn) {
  RunFolder run(path_, false);
  const test::FileSizeLimit limit(16);
  EXPECT_EQ(test::failure([&] { run.say("a line that does not fit", true); }),
            "cannot write '" + (path_ / "train.log").string() +
                "' (is the disk full?); make room and go on with --resume");
}

}  // namespace
}  // namespace showergan::gan
