#include "cli/japanese.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/suggest.hpp"
#include "properties/laws/law.hpp"
#include "sim/conduct/ways.hpp"
#include "sim/fault.hpp"

namespace shinsa::cli {
namespace {

bool is_in_the_table(std::string_view english) {
  return std::ranges::count(phrases(), english, &Phrase::english) == 1;
}

TEST(JapaneseTableTest, HasEveryPhraseOnce) {
  std::set<std::string_view> seen;

  for (const Phrase& phrase : phrases())
    EXPECT_TRUE(seen.insert(phrase.english).second) << phrase.english;
}

TEST(JapaneseTableTest, FillsEveryHoleOfTheJapanese) {
  for (const Phrase& phrase : phrases()) {
    std::string message(phrase.english);
    for (auto at = message.find("{}"); at != std::string::npos; at = message.find("{}", at + 1))
      message.replace(at, 2, "X7");

    const std::string text = japanese(message);

    const auto holes = [](std::string_view in, std::string_view what) {
      std::size_t count = 0;
      for (auto at = in.find(what); at != std::string_view::npos; at = in.find(what, at + 1))
        ++count;
      return count;
    };
    EXPECT_EQ(holes(text, "X7"), holes(message, "X7")) << phrase.english;
  }
}

TEST(JapaneseTableTest, HasEveryEventFieldFaultAndChoice) {
  for (const EventType& type : kEventTypes) {
    EXPECT_TRUE(is_in_the_table(type.says)) << type.name;
    for (std::size_t f = 0; f < type.field_count(); ++f)
      EXPECT_TRUE(is_in_the_table(type.fields[f].says)) << type.name << " " << type.fields[f].name;
  }
  for (const sim::FaultKind& kind : sim::fault_kinds())
    EXPECT_TRUE(is_in_the_table(kind.says)) << kind.says;
  for (const sim::OfSystem& of : sim::all_ways())
    for (const sim::Choice& choice : sim::choices_of(of.system))
      EXPECT_TRUE(is_in_the_table(choice.says)) << choice.says;
}

TEST(JapaneseTableTest, HasEveryWordOfTheLists) {
  for (const EventType& type : kEventTypes) {
    EXPECT_TRUE(is_in_the_table(to_text(type.sort)));
    EXPECT_TRUE(is_in_the_table(to_text(type.actor)));
    for (std::size_t f = 0; f < type.field_count(); ++f)
      EXPECT_TRUE(is_in_the_table(to_text(type.fields[f].kind)));
  }
  for (const Reading& reading : readings())
    EXPECT_TRUE(is_in_the_table(reading.kind)) << reading.id;
  for (auto kind : {properties::LawKind::always, properties::LawKind::eventually,
                    properties::LawKind::sometimes})
    EXPECT_TRUE(is_in_the_table(properties::to_text(kind)));
}

TEST(JapaneseTest, KeepsThePlaceAndPartsWhatFromRemedy) {
  const Error error{"there is no clause 'JPR-99'", "a/b.yaml:4:12", "see: shinsa list clauses"};

  EXPECT_EQ(japanese(error.text()),
            "a/b.yaml:4:12: 条項「JPR-99」はありません。参照: shinsa list clauses");
}

TEST(JapaneseTest, TurnsTheGuessIntoAParenthesis) {
  constexpr std::string_view kKnown[] = {"steps"};
  const Error error{"a story has no key 'stepz'" + did_you_mean("stepz", kKnown), "x.yaml:4:1", {}};

  EXPECT_EQ(japanese(error.text()),
            "x.yaml:4:1: シナリオにキー「stepz」はありません（もしかして「steps」）");
}

TEST(JapaneseTest, TranslatesAMessageWithinAMessage) {
  const auto fault = sim::parse_fault("mail:spam@window=2026/2");
  ASSERT_FALSE(fault);

  EXPECT_EQ(
      japanese(fault.error().text()),
      "fault: 「mail:spam@window=2026/2」は障害の指定ではありません: "
      "「2026」は日時ではありません: RFC "
      "3339の形式ではありません。2026-11-21T10:00:00+09:00の形で書いてください。mail:spam@nth="
      "2の形で書いてください（参照: shinsa list faults）");
}

TEST(JapaneseTest, LeavesWhatAUserWroteAsItIs) {
  EXPECT_EQ(japanese("x.yaml:1:1: there is no block 'a list, add it' in given.yaml"),
            "x.yaml:1:1: given.yamlにブロック「a list, add it」はありません");
}

TEST(JapaneseTest, LeavesAnUnknownMessageInEnglish) {
  EXPECT_EQ(japanese("x: the moon is full, wait"), "x: the moon is full, wait");
  EXPECT_EQ(japanese(""), "");
}

TEST(JapaneseTest, IsNotSlowedByAHostileMessage) {
  std::string hostile;
  while (hostile.size() < 4000) hostile += ": a, is required";
  const auto began = std::chrono::steady_clock::now();

  (void)japanese(hostile);

  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

TEST(JapaneseTest, SpeaksTheLanguageChosen) {
  speak("ja");
  EXPECT_EQ(said("cannot be read"), "読み込めません");
  speak("en");
  EXPECT_EQ(said("cannot be read"), "cannot be read");
}

}  // namespace
}  // namespace shinsa::cli
