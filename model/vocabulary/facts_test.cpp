#include "model/vocabulary/facts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "model/vocabulary/events.hpp"
#include "model/vocabulary/needed.hpp"
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

TEST(FactsTest, ForgetsAllButWhatIsNeeded) {
  Facts facts;
  const auto customer = [&facts](std::string_view mail) {
    return RecordBuilder(facts, kType<"fact.customer">).set("mail", mail).build();
  };
  const RecordId kept = customer("taro@example.jp"), gone = customer("jiro@example.jp");
  const TextId names[] = {facts.intern("A.example.jp"), facts.intern("b.example.jp")};
  const ListId list = facts.intern_list(names);
  const TextId lower = facts.lower(names[0]);
  const Record* const record = &facts.record(kept);
  const std::string_view text = facts.text(names[1]);
  const std::size_t texts = facts.text_count(), records = facts.record_count();

  Needed needed(facts);
  needed(kept);
  needed(list);
  facts.forget_all_but(needed);

  EXPECT_EQ(customer("taro@example.jp"), kept);
  EXPECT_EQ(&facts.record(kept), record);
  EXPECT_EQ(facts.text(field_of(*record, "mail").text()), "taro@example.jp");
  EXPECT_EQ(facts.intern_list(names), list);
  EXPECT_EQ(facts.text(names[1]).data(), text.data());
  EXPECT_EQ(facts.find("jiro@example.jp"), TextId{});
  EXPECT_EQ(facts.text(lower), "");
  EXPECT_EQ(facts.entered(), 0u);

  EXPECT_EQ(facts.text(facts.lower(names[0])), "a.example.jp");
  EXPECT_EQ(customer("goro@example.jp"), gone) << "what was forgotten gives its id";
  EXPECT_EQ(facts.text_count(), texts);
  EXPECT_EQ(facts.record_count(), records);
}

TEST(FactsTest, NeededIsWhateverAThingConsistsOf) {
  struct Part {
    std::optional<TextId> name;
    std::int64_t number;
    Value value;
  };
  Facts facts;
  const TextId a = facts.intern("a"), b = facts.intern("b"), c = facts.intern("c"),
               d = facts.intern("d");
  const std::map<TextId, std::vector<Part>> things{{a, {{b, 4, Value::of(c)}, {{}, 4, {}}}}};

  Needed needed(facts);
  needed(things);
  needed(std::pair{std::string("d"), 7});

  for (const TextId one : {a, b, c}) EXPECT_TRUE(needed.has(one)) << facts.text(one);
  EXPECT_FALSE(needed.has(d));
  needed(std::string_view("d"));
  EXPECT_TRUE(needed.has(d));
}

// Whatever is entered and forgotten, an id names what was entered under it as long as that is
// needed, and one content has one id.
RC_GTEST_PROP(FactsTest, NamesTheSameHoweverOftenOthersAreForgotten, ()) {
  Facts facts;
  std::map<std::string, TextId> known;
  std::map<std::vector<TextId>, ListId> lists;
  const int rounds = *rc::gen::inRange(1, 8);
  for (int round = 0; round < rounds; ++round) {
    const auto words = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::inRange('a', 'e')));
    for (const std::string& word : words) {
      const TextId id = facts.intern(word);
      const auto before = known.find(word);
      RC_ASSERT((before == known.end() || before->second == id));
      known[word] = id;
      RC_ASSERT(facts.text(id) == word);
      const std::vector<TextId> items{id, known.begin()->second};
      const auto list = lists.try_emplace(items, facts.intern_list(items)).first;
      RC_ASSERT(facts.intern_list(items) == list->second);
    }
    Needed needed(facts);
    std::erase_if(known, [](const auto&) { return *rc::gen::inRange(0, 3) == 0; });
    std::erase_if(lists, [](const auto&) { return *rc::gen::inRange(0, 3) == 0; });
    for (const auto& [word, id] : known) needed(id);
    for (const auto& [items, id] : lists) needed(id);
    facts.forget_all_but(needed);
    for (const auto& [items, id] : lists)
      for (const TextId item : items) known[std::string(facts.text(item))] = item;
    for (const auto& [word, id] : known) RC_ASSERT(facts.text(id) == word);
    for (const auto& [items, id] : lists) RC_ASSERT(std::ranges::equal(facts.list(id), items));
    RC_ASSERT(facts.held() == known.size() + lists.size() + 3 - known.contains(""));
  }
}

}  // namespace
}  // namespace shinsa
