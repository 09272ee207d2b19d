#include "properties/corpus.hpp"

#include <gtest/gtest.h>

namespace shinsa::properties {
namespace {

const std::string kLine =
    R"({"system":"jpdirect-reissue","seed":"7","run":12,"requests":20,"why":["refusal JPR-21"]})"
    "\n";

std::string with(const std::string& from, const std::string& to) {
  std::string line = kLine;
  return line.replace(line.find(from), from.size(), to);
}

TEST(CorpusTest, ReadsWhatItWrites) {
  const InterestingRun run{{18446744073709551615u, 12, 5}, {"refusal JPR-21", "law \"x\""}};
  const auto lines = read_corpus("\n" + corpus_line("jpdirect-acme", run), "c.jsonl");

  ASSERT_TRUE(lines) << lines.error().text();
  ASSERT_EQ(lines->size(), 1u);
  EXPECT_EQ(lines->front().system, "jpdirect-acme");
  EXPECT_EQ(lines->front().id, run.id);
  EXPECT_EQ(lines->front().why, run.why);
  EXPECT_EQ(lines->front().line, 2u);
}

TEST(CorpusTest, SaysWhichLineIsWrongAndWhy) {
  const std::pair<std::string, std::string> wrong[]{
      {"{\n", "c.jsonl:2: a line of a corpus is a JSON object, take the line out of the file"},
      {"[1]\n", "c.jsonl:2: a line of a corpus is a JSON object, take the line out of the file"},
      {with(R"("system":"jpdirect-reissue",)", ""),
       "c.jsonl:2: a line of a corpus says 'system' as a text"},
      {with(R"("7")", "7"),
       "c.jsonl:2: a line of a corpus says 'seed' as a number in quotation marks"},
      {with(R"("7")", R"("7x")"),
       "c.jsonl:2: a line of a corpus says 'seed' as a number in quotation marks"},
      {with("12", "-1"), "c.jsonl:2: a line of a corpus says 'run' as a number"},
      {with("20", "0"),
       "c.jsonl:2: a line of a corpus says 'requests' as a number from 1 to 10000"},
      {with(R"(["refusal JPR-21"])", "[1]"),
       "c.jsonl:2: a line of a corpus says 'why' as a list of texts"},
  };
  for (const auto& [line, says] : wrong) {
    const auto lines = read_corpus(kLine + line, "c.jsonl");
    ASSERT_FALSE(lines) << line;
    EXPECT_EQ(lines.error().text(), says);
  }
  const auto unknown = read_corpus(with("reissue", "reisue"), "c.jsonl");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().where, "c.jsonl:1");
}

TEST(CorpusTest, NamesWhatALineNoLongerShows) {
  CampaignOptions options;
  options.seed = 7;
  options.runs = 250;
  const auto result = run_campaign(options);
  std::string text = kLine;  // of no campaign: JPR-21 may be, this row is not
  text.replace(text.find("refusal JPR-21"), 14, "row Nothing: A + B (row 1)");
  for (const InterestingRun& run : result->interesting)
    text += corpus_line("jpdirect-reissue", run);
  text += with("jpdirect-reissue", "sakura-reissue");  // another system's: not looked at
  const auto lines = read_corpus(text, "c.jsonl");
  ASSERT_TRUE(lines) << lines.error().text();

  const auto stale = stale_lines(options, *lines, "c.jsonl");

  ASSERT_TRUE(stale) << stale.error().text();
  EXPECT_EQ(*stale, std::vector<std::string>{
                        "c.jsonl:1: the run no longer shows 'row Nothing: A + B (row 1)', take the "
                        "line out of the file"});
}

}  // namespace
}  // namespace shinsa::properties
