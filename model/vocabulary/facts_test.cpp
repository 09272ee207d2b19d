#include "model/vocabulary/facts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "model/vocabulary/events.hpp"
#include "model/vocabulary/suggest.hpp"

namespace shinsa {
namespace {

TEST(FactsTest, GivesOneIdToOneContent) {
  Facts facts;
  EXPECT_EQ(facts.intern("a"), facts.intern("a"));
  EXPECT_NE(facts.intern("a"), facts.intern("b"));
  EXPECT_EQ(facts.intern(""), TextId{});
  EXPECT_EQ(facts.find("c"), TextId{});
  EXPECT_EQ(facts.find("b"), facts.intern("b"));
}

TEST(FactsTest, InternsWhatWasExpectedWhereverItGrewMeanwhile) {
  Facts facts;
  const TextId known = facts.intern("customer/1");
  const auto expected = facts.expect("customer/1"), of_another = facts.expect("customer/2");
  for (int i = 0; i < 5'000; ++i) facts.intern("text " + std::to_string(i));

  EXPECT_EQ(facts.intern(expected), known);
  const TextId another = facts.intern(of_another);
  EXPECT_EQ(facts.text(another), "customer/2");
  EXPECT_EQ(facts.intern("customer/2"), another);
  EXPECT_EQ(facts.intern(facts.expect("")), TextId{});
}

TEST(FactsTest, KeepsViewsValidAsItGrows) {
  Facts facts;
  const std::string_view first = facts.text(facts.intern("the first text"));
  const TextId items[] = {facts.intern("x"), facts.intern("y")};
  const auto list = facts.list(facts.intern_list(items));
  for (int i = 0; i < 100'000; ++i) facts.intern("text " + std::to_string(i));
  EXPECT_EQ(first, "the first text");
  EXPECT_EQ(facts.text(list[1]), "y");
}

TEST(FactsTest, KeepsRecordsInTheirPlaceAsItGrows) {
  Facts facts;
  const auto price = [&facts](std::int64_t amount) {
    return RecordBuilder(facts, kType<"fact.price">).set("amount", amount).build();
  };
  const Record& first = facts.record(price(1));
  const Record* const place = &first;
  for (std::int64_t amount = 2; amount < 10'000; ++amount) price(amount);

  EXPECT_EQ(&facts.record(price(1)), place);
  EXPECT_EQ(field_of(first, "amount").number(), 1);
}

TEST(FactsTest, RemembersLowerCaseAndReadForms) {
  Facts facts;
  EXPECT_EQ(facts.text(facts.lower(facts.intern("WWW.Example.JP"))), "www.example.jp");
  EXPECT_EQ(facts.text(facts.as_read(facts.intern("（DV）"))), "(DV)");
  EXPECT_EQ(facts.lower(TextId{}), TextId{});
  EXPECT_EQ(facts.text(facts.a_label(facts.intern("WWW.例え.JP"))), "www.xn--r8jz45g.jp");
  EXPECT_EQ(facts.a_label(facts.intern("no host")), TextId{});
}

TEST(FactsTest, IsAsNewOnceItIsCleared) {
  const auto fill = [](Facts& facts, const std::string& what) {
    for (int i = 0; i < 1000; ++i) {
      const TextId item = facts.intern(what + std::to_string(i));
      facts.intern_list({&item, 1});
      (void)RecordBuilder(facts, kType<"mail.sent">).set("to", item).build();
    }
    const TextId last = facts.intern("Last");
    return std::tuple{last, facts.lower(last), facts.digest(last)};
  };
  Facts used, fresh;
  fill(used, "of the run before ");
  used.clear();

  EXPECT_EQ(used.find("of the run before 1"), TextId{});
  EXPECT_EQ(fill(used, "now "), fill(fresh, "now "));
  EXPECT_EQ(used.text(TextId{}), "");
  EXPECT_TRUE(used.record(RecordId{}).fields.empty());
  EXPECT_EQ(used.digest(RecordId{1}), fresh.digest(RecordId{1}));
}

RC_GTEST_PROP(FactsTest, DigestsDoNotDependOnTheOrderOfInterning,
              (std::vector<std::string> texts)) {
  Facts forward, backward;
  std::vector<Digest> there, back;
  for (const auto& text : texts) there.push_back(forward.digest(forward.intern(text)));
  for (auto text = texts.rbegin(); text != texts.rend(); ++text)
    back.push_back(backward.digest(backward.intern(*text)));
  std::reverse(back.begin(), back.end());
  RC_ASSERT(there == back);
}

TEST(FactsTest, RecordsOfEqualContentHaveEqualDigestsInEveryStore) {
  const auto digest = [](bool noise) {
    Facts facts;
    if (noise) facts.intern("noise");
    RecordBuilder record(facts, kType<"mail.sent">);
    const TextId item = facts.intern("certificate");
    record.set("to", "a@example.jp")
        .set("from", "b@example.jp")
        .set("subject", "件名")
        .set("attachments", facts.intern_list({&item, 1}));
    return facts.digest(record.build());
  };
  EXPECT_EQ(digest(false), digest(true));
}

TEST(EventTableTest, EveryRowIsWellFormed) {
  std::set<std::string_view> names;
  for (const EventType& type : kEventTypes) {
    EXPECT_TRUE(names.insert(type.name).second) << type.name << " stands twice";
    EXPECT_FALSE(type.says.empty()) << type.name;
    EXPECT_NE(type.name.find('.'), std::string_view::npos);
    if (!type.refused_by.empty()) {
      const auto answer = find_type(type.refused_by);
      ASSERT_TRUE(answer);
      EXPECT_EQ(kEventTypes[*answer].sort, Sort::action);
      EXPECT_EQ(type.sort, Sort::request);
    }
    std::set<std::string_view> fields;
    for (std::size_t i = 0; i < type.field_count(); ++i) {
      EXPECT_TRUE(fields.insert(type.fields[i].name).second) << type.name;
      EXPECT_FALSE(type.fields[i].says.empty()) << type.fields[i].name;
      EXPECT_EQ(type.fields[i].kind == FieldKind::choice, !type.fields[i].choices.empty());
    }
  }
}

TEST(EventTableTest, FindsWordsOfChoices) {
  static_assert(choice_index("a|bc|d", "bc") == 1);
  EXPECT_FALSE(choice_index("a|bc|d", "b"));
  EXPECT_EQ(choice_word("a|bc|d", 2), "d");
  EXPECT_EQ(choice_word("a|bc|d", 3), "");
}

using RecordBuilderDeathTest = testing::Test;
TEST(RecordBuilderDeathTest, StopsAtANameThatTheTypeDoesNotHave) {
  Facts facts;
  EXPECT_DEATH(RecordBuilder(facts, kType<"mail.sent">).set("recipient", "x"), "no such field");
  EXPECT_DEATH(RecordBuilder(facts, kType<"fact.certificate">).set("kind", "EV"), "no such choice");
  EXPECT_DEATH(RecordBuilder(facts, kType<"mail.sent">).set("to", true), "another kind");
}

TEST(SuggestTest, NamesTheNearestWordOrNone) {
  static constexpr std::string_view kWords[] = {"request", "expect", "never"};
  EXPECT_EQ(did_you_mean("expct", kWords), ", did you mean 'expect'?");
  EXPECT_EQ(did_you_mean("zzz", kWords), "");
  EXPECT_EQ(did_you_mean(std::string(1000, 'x'), kWords), "");
}

}  // namespace
}  // namespace shinsa
