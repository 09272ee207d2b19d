#include "cli/serve/journal.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <vector>

namespace shinsa::cli {
namespace {

namespace fs = std::filesystem;

/// A folder that is gone with the test.
class JournalTest : public testing::Test {
 protected:
  JournalTest() {
    std::string name = (fs::temp_directory_path() / "shinsa-journal-XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~JournalTest() override { fs::remove_all(folder_); }

  static Result<std::string> empty(const std::optional<std::string>&) { return "{}"; }
  std::unique_ptr<Journal> open(bool durable = true) {
    auto journal = Journal::open(
        {folder_, durable, [this](const std::string& what) { warned_.push_back(what); }}, empty);
    EXPECT_TRUE(journal) << journal.error().text();
    return journal ? std::move(*journal) : nullptr;
  }
  static std::vector<std::string> lines_of(Journal& journal) {
    std::vector<std::string> lines;
    EXPECT_TRUE(journal.read([&](std::string_view line, std::size_t) -> Result<void> {
      lines.emplace_back(line);
      return {};
    }));
    return lines;
  }
  void add_raw(std::string_view bytes) const {
    std::ofstream(folder_ / "journal.jsonl", std::ios::app | std::ios::binary) << bytes;
  }

  fs::path folder_;
  std::vector<std::string> warned_;
};

using Lines = std::vector<std::string>;

TEST_F(JournalTest, KeepsWhatWasSyncedInItsOrder) {
  {
    const auto journal = open();
    EXPECT_FALSE(journal->was_there());
    journal->append("1");
    journal->append("2");
    ASSERT_TRUE(journal->sync());
    EXPECT_EQ(lines_of(*journal), (Lines{"1", "2"}));
  }

  const auto again = open();

  EXPECT_TRUE(again->was_there());
  EXPECT_EQ(again->first(), "{}");
  EXPECT_EQ(lines_of(*again), (Lines{"1", "2"}));
  EXPECT_EQ(warned_, Lines{});
}

TEST_F(JournalTest, DropsALastLineThatIsWrittenInPartAndSaysSo) {
  for (const char* torn : {"{\"at\":17", "{\"at\":17\n", "\n"}) {
    { open()->append("1"); }
    add_raw(torn);
    warned_.clear();

    const auto journal = open();

    EXPECT_EQ(lines_of(*journal), Lines{"1"}) << torn;
    ASSERT_EQ(warned_.size(), 1u) << torn;
    EXPECT_TRUE(warned_.front().starts_with("dropped the last line")) << warned_.front();
    ASSERT_TRUE(journal->reset());
  }
}

TEST_F(JournalTest, IsOneServicesAtATime) {
  const auto journal = open();

  const auto second = Journal::open({folder_}, empty);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().what, "another service has this folder");
}

TEST_F(JournalTest, AsksWhetherWhatItBeganWithCanGoOn) {
  open();
  std::optional<std::string> told;

  const auto again = Journal::open({folder_}, [&](const auto& kept) -> Result<std::string> {
    told = kept;
    return fail("it cannot");
  });

  EXPECT_EQ(told, "{}");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().what, "it cannot");
}

TEST_F(JournalTest, RefusesAFileThatIsNone) {
  add_raw("no line at all");

  const auto journal = Journal::open({folder_}, empty);

  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().what, "this is no journal of shinsa serve");
}

TEST_F(JournalTest, GoesOnFromASnapshotAlsoAfterARestart) {
  std::string name;
  {
    const auto journal = open(false);
    journal->append("1");  // not in the file yet: nothing waits for the disk
    name = journal->snapshot().value_or("none");
    journal->append("2");
  }
  const auto journal = open(false);
  ASSERT_EQ(lines_of(*journal), (Lines{"1", "2"}));

  ASSERT_TRUE(journal->restore(name));
  EXPECT_EQ(lines_of(*journal), Lines{"1"});
  EXPECT_EQ(journal->snapshot().value_or("none"), "2");

  ASSERT_TRUE(journal->reset());
  EXPECT_EQ(lines_of(*journal), Lines{});
  ASSERT_TRUE(journal->restore(name));
  EXPECT_EQ(lines_of(*journal), Lines{"1"});
}

TEST_F(JournalTest, KnowsNoSnapshotOfAnotherName) {
  const auto journal = open();

  for (const char* name : {"", "7", "../journal", "1/../1"})
    EXPECT_FALSE(journal->restore(name)) << name;
}

}  // namespace
}  // namespace shinsa::cli
