#include "model/catalogue/catalogue.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "model/catalogue/ids.hpp"

namespace shinsa {
namespace {

/// Has at least one of the syllables that no Japanese sentence does without (U+3040 to U+307F).
bool is_japanese(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == '\xe3' && text[i + 1] == '\x81') return true;
  return false;
}

TEST(CatalogueTest, HasEveryClauseAndReadingOfTheFivePages) {
  std::map<std::string_view, int> clause_count, reading_count;
  for (const Clause& one : clauses()) ++clause_count[one.system];
  for (const Reading& one : readings()) ++reading_count[one.system];
  EXPECT_EQ(clause_count["jpdirect-reissue"], 50);
  EXPECT_EQ(clause_count["sakura-reissue"], 37);
  EXPECT_EQ(clause_count["jpdirect-acme"], 59);
  EXPECT_EQ(clause_count["nttcom-biz"], 51);
  EXPECT_EQ(clause_count["dedicated-renewal"], 36);
  EXPECT_EQ(reading_count["jpdirect-reissue"], 22);
  EXPECT_EQ(reading_count["sakura-reissue"], 13);
  EXPECT_EQ(reading_count["jpdirect-acme"], 22);
  EXPECT_EQ(reading_count["nttcom-biz"], 15);
  EXPECT_EQ(reading_count["dedicated-renewal"], 12);
  EXPECT_EQ(pages().size(), 5u);
}

TEST(CatalogueTest, SaysEveryClauseInBothLanguages) {
  for (const Clause& one : clauses()) {
    EXPECT_FALSE(one.statement_en.empty()) << one.id;
    EXPECT_TRUE(is_japanese(statement_in(one, "ja"))) << one.id;
    EXPECT_EQ(is_japanese(one.observable_ja), !one.observable_en.empty()) << one.id;
    EXPECT_EQ(one.lines.empty(), one.system.empty()) << one.id;
    EXPECT_EQ(one.source.empty(), !one.system.empty())
        << one.id << ": what no page states says where it comes from";
  }
}

TEST(CatalogueTest, SaysEveryReadingInBothLanguages) {
  for (const Reading& one : readings()) {
    EXPECT_FALSE(one.issue_en.empty()) << one.id;
    EXPECT_TRUE(is_japanese(one.issue_ja)) << one.id;
    for (const Alternative& alternative : one.alternatives) {
      EXPECT_FALSE(alternative.says_en.empty()) << one.id;
      EXPECT_TRUE(is_japanese(alternative.says_ja)) << one.id << "=" << alternative.name;
    }
  }
}

TEST(CatalogueTest, OwnsTheMailsOfTheReissuePage) {
  EXPECT_EQ((kLabel<"JPR-35", "subject">),
            "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [{cn}]");
  EXPECT_EQ((kLabel<"JPR-35", "sender">), "info@jprs.jp");
  EXPECT_EQ((kLabel<"JPR-35", "sender_name">), "JPRS 自動返信アドレス");
  EXPECT_EQ((kLabel<"JPR-38", "subject">), "組織認証型(OV)サーバー証明書発行手続きのご案内 [{cn}]");
  EXPECT_EQ((kLabel<"JPR-43", "subject">), "SSLサーバー証明書発行完了のご連絡");
  EXPECT_EQ(tables::kNumbers[(kNumber<"JPR-42", "years">)].number, 2);
}

TEST(CatalogueTest, OwnsTheMailsButtonsAndListOfTheAcmePage) {
  EXPECT_EQ((kLabel<"ACM-33", "subject">),
            "【JPDirect】サーバー証明書(ACME)利用FQDN情報登録申請受理及びご請求のご連絡");
  EXPECT_EQ((kLabel<"ACM-35", "subject">),
            "【JPDirect】サーバー証明書(ACME)利用FQDN情報登録完了のご連絡");
  EXPECT_EQ((kLabel<"ACM-36", "list">), "今後有効になるサーバー証明書(ACME対応版)利用FQDN一覧");
  EXPECT_EQ((kLabel<"ACM-28", "button">), "次へ(購入手続き)");
  EXPECT_EQ((kLabel<"ACM-42", "path">), "/.well-known/acme-challenge/");
  EXPECT_EQ(tables::kNumbers[(kNumber<"ACM-18", "days">)].number, 14);
  EXPECT_EQ(tables::kNumbers[(kNumber<"ACM-44", "days">)].number, 25);
  EXPECT_EQ(tables::kNumbers[(kNumber<"ACM-47", "redirects">)].number, 10);
}

TEST(CatalogueTest, FindsAtRunTimeWhatItFindsAtCompileTime) {
  EXPECT_EQ(find_clause("JPR-21"), kClause<"JPR-21">);
  EXPECT_EQ(clause(kClause<"JPR-21">).lines, "59");
  EXPECT_FALSE(find_clause("JPR-51"));
  EXPECT_FALSE(find_clause(""));
  EXPECT_EQ(readings()[(ReadingChoice<"JPR-Q5", "refuse">::reading)].alternatives[1].name,
            "refuse");
  EXPECT_EQ(find_reading("JPR-Q5")->alternatives[0].name, "hold-or-refuse");
}

/// Runs make_tables.py over one file. @return its exit code and what it said.
std::pair<int, std::string> make(const std::string& yaml) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("shinsa-catalogue-test-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "x.yaml") << yaml;
  const std::string command = "/usr/bin/python3 " SHINSA_SOURCE_DIR
                              "/model/catalogue/make_tables.py --out " +
                              (folder / "out").string() + " " + (folder / "x.yaml").string() +
                              " 2> " + (folder / "said").string();
  const int code = std::system(command.c_str());
  std::ifstream file(folder / "said");
  const std::string said(std::istreambuf_iterator<char>(file), {});
  std::filesystem::remove_all(folder);
  return {WEXITSTATUS(code), said};
}

TEST(MakeTablesTest, RefusesWhatIsNotOfTheCataloguesForm) {
  const std::string both = "  statement_en: s\n  statement_ja: t\n";
  const std::string head = "prefix: X\nclauses:\n- id: X-01\n  kind: rule\n" + both;
  const std::string reading = "readings:\n- id: X-Q1\n  kind: k\n  issue: i\n  issue_ja: j\n";
  struct Line {
    std::string yaml, said;
  };
  for (const Line& line : std::vector<Line>{
           {head + "- id: X-01\n  kind: rule\n" + both, "x.yaml:7: the id X-01 stands twice"},
           {"system: x\n" + head + "- id: X-03\n  kind: rule\n" + both,
            "x.yaml:8: the id is X-03, here stands X-02"},
           {head + "- id: X-12\n  kind: rule\n" + both + "- id: X-11\n  kind: rule\n" + both,
            "x.yaml:11: the id is X-11, here stands X-13"},
           {head + "- id: X-00\n  kind: rule\n" + both,
            "x.yaml:7: the id is X-00, here stands X-02"},
           {head + "  kind: rule\n", "x.yaml:7: the key 'kind' stands twice"},
           {head + "  statment_ja: t\n", "unknown key 'statment_ja'"},
           {head + "- id: X-02\n  kind: law\n" + both, "x.yaml:7: no kind 'law'"},
           {head + "- id: X-02\n  kind: rule\n", "'statement_en' is missing"},
           {head + "  observable: o\n", "'observable' wants 'observable_ja'"},
           {head + "- id: X-02\n  kind: rule\n  statement_en: s\n", "'statement_ja' is missing"},
           {head + "  values: [{key: Days, number: 2}]\n", "snake_case"},
           {head + "  values: [{key: a, number: 2}, {key: a, number: 3}]\n",
            "a value key stands twice"},
           {head + reading, "X-Q1 has no alternatives"},
           {head + reading + "  alternatives: [{name: Not Kebab, says: s, says_ja: t}]\n",
            "is not kebab-case"},
           {head + reading + "  alternatives: [{name: a, says: s}]\n",
            "an alternative is {name, says, says_ja}"},
           {"prefix: [\n", "x.yaml:"}}) {
    const auto [code, said] = make(line.yaml);
    EXPECT_EQ(code, 1) << line.said;
    EXPECT_NE(said.find(line.said), std::string::npos) << said;
  }
  EXPECT_EQ(make(head).first, 0);
  EXPECT_EQ(make(head + "- id: X-30\n  kind: rule\n" + both).first, 0);  // of no page: it may jump
}

}  // namespace
}  // namespace shinsa
