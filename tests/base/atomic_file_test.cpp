#include "base/atomic_file.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "support/error_text.hpp"
#include "support/file_size_limit.hpp"
#include "support/temporary_folder.hpp"

namespace showergan {
namespace {

namespace fs = std::filesystem;
using test::failure;
using test::FileSizeLimit;
using test::input_error;
using test::TemporaryFolder;

std::string content_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(AtomicFile, AppearsOnlyWithCommit) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  {
    AtomicFile file(path);
    EXPECT_EQ(file.temporary().parent_path(), folder.path());
    EXPECT_FALSE(fs::exists(path));
    std::ofstream(file.temporary()) << "whole";
    file.commit();
    EXPECT_EQ(content_of(path), "whole");
  }
  EXPECT_EQ(content_of(path), "whole");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const TemporaryFolder folder;
  {
    const AtomicFile file(folder / "out.txt");
    std::ofstream(file.temporary()) << "half";
  }
  EXPECT_EQ(folder.entries(), 0);
}

TEST(AtomicFile, KeepsTheOldFileWithoutCommit) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  std::ofstream(path) << "old";
  {
    const AtomicFile file(path, true);
    std::ofstream(file.temporary()) << "half";
  }
  EXPECT_EQ(content_of(path), "old");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(AtomicFile, OverwritesOnlyWithForce) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  std::ofstream(path) << "old";
  EXPECT_EQ(input_error([&] { const AtomicFile file(path); }),
            "the output file '" + path.string() +
                "' already exists; choose another name or overwrite it with --force");
  write_file(path, "new", true);
  EXPECT_EQ(content_of(path), "new");
}

TEST(AtomicFile, DoesNotReplaceAFileThatAppearedMeanwhile) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  {
    AtomicFile file(path);
    std::ofstream(path) << "of somebody else";
    EXPECT_NE(input_error([&] { file.commit(); }).find("already exists"), std::string::npos);
  }
  EXPECT_EQ(content_of(path), "of somebody else");
  EXPECT_EQ(folder.entries(), 1);
}

TEST(AtomicFile, NamesAMissingFolder) {
  const TemporaryFolder folder;
  const fs::path path = folder / "none" / "out.txt";
  EXPECT_EQ(input_error([&] { const AtomicFile file(path); }),
            "cannot write '" + path.string() + "' (there is no folder '" +
                path.parent_path().string() + "'); create the folder first");
}

TEST(AtomicFile, RefusesAFolderAndADevice) {
  const TemporaryFolder folder;
  EXPECT_NE(input_error([&] { const AtomicFile file(folder.path()); }).find("is a folder"),
            std::string::npos);
  EXPECT_NE(input_error([&] { const AtomicFile file(folder.path() / ""); }).find("is a folder"),
            std::string::npos);
  EXPECT_NE(
      input_error([] { const AtomicFile file("/dev/null", true); }).find("is not a regular file"),
      std::string::npos);
}

TEST(AtomicFile, NamesMissingPermission) {
  if (geteuid() == 0) GTEST_SKIP() << "the superuser may write everywhere";
  const TemporaryFolder folder;
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const std::string text = input_error([&] { const AtomicFile file(folder / "out.txt"); });
  fs::permissions(folder.path(), fs::perms::owner_all);
  EXPECT_NE(text.find("Permission denied"), std::string::npos) << text;
}

TEST(AtomicFile, FollowsALink) {
  const TemporaryFolder folder;
  const fs::path target = folder / "target.txt";
  const fs::path link = folder / "link.txt";
  std::ofstream(target) << "old";
  fs::create_symlink(target, link);
  write_file(link, "new", true);
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(content_of(target), "new");
}

TEST(AtomicFile, IgnoresWhatAKilledProcessLeft) {
  const TemporaryFolder folder;
  std::string first;
  {
    const AtomicFile file(folder / "out.txt");
    first = file.temporary().string();
  }
  std::ofstream(first) << "left";
  write_file(folder / "out.txt", "new");
  EXPECT_EQ(content_of(folder / "out.txt"), "new");
  EXPECT_EQ(content_of(first), "left");
}

TEST(AtomicFile, CopiesAnotherFile) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  const std::string content(3'000'000, 'x');
  write_file(folder / "in.txt", content);
  fs::permissions(folder / "in.txt", fs::perms::owner_read);
  {
    AtomicFile file(path);
    file.copy_from(folder / "in.txt");
    std::ofstream(file.temporary(), std::ios::app) << "more";
    file.commit();
  }
  EXPECT_EQ(content_of(path), content + "more");
  AtomicFile file(path, true);
  EXPECT_EQ(input_error([&] { file.copy_from(folder / "none.txt"); }),
            "cannot read '" + (folder / "none.txt").string() + "' (No such file or directory)");
  const FileSizeLimit limit(1000);
  EXPECT_EQ(failure([&] { file.copy_from(folder / "in.txt"); }),
            "cannot write '" + path.string() +
                "' (File too large); free some space or choose another folder");
}

TEST(WriteFile, SaysThatTheDiskIsFull) {
  const TemporaryFolder folder;
  const fs::path path = folder / "out.txt";
  const FileSizeLimit limit(1000);
  EXPECT_EQ(failure([&] { write_file(path, std::string(5000, 'x')); }),
            "cannot write '" + path.string() +
                "' (File too large); free some space or choose another folder");
  EXPECT_EQ(folder.entries(), 0);
}

TEST(WriteFile, TakesARelativeName) {
  const TemporaryFolder folder;
  const fs::path before = fs::current_path();
  fs::current_path(folder.path());
  write_file("plain.txt", "text");
  fs::current_path(before);
  EXPECT_EQ(content_of(folder / "plain.txt"), "text");
}

}  // namespace
}  // namespace showergan
