#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <utility>

#include "sim/trace_reader.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::sim {
namespace {

constexpr const char* kGood =
    R"({"id":"1","time":"2026-11-24T10:00:00+09:00","type":"domain.approved","subject":"application/1","data":{"code":"x"}})";

ReadResult read(const std::string& text) {
  static Facts facts;  // outlives the results
  return read_all(text, "log.jsonl", facts, {});
}

/// The good line with one piece changed.
std::string changed(const std::string& piece, const std::string& into) {
  std::string line = kGood;
  const auto at = line.find(piece);
  EXPECT_NE(at, std::string::npos);
  return line.replace(at, piece.size(), into);
}

TEST(TraceReaderTest, ReadsLinesWithLfCrlfBlanksAndAByteOrderMark) {
  const auto result =
      read(std::string("\xef\xbb\xbf") + kGood + "\r\n\n  \n" + changed("\"1\"", "\"2\""));
  ASSERT_TRUE(result.errors.empty()) << result.errors[0].text();
  ASSERT_EQ(result.lines.size(), 2u);
  EXPECT_EQ(result.lines[1].number, 4u);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_NE(result.warnings[0].find("byte order mark"), std::string::npos);
}

TEST(TraceReaderTest, RefusesBadLinesWithTheirPlaceAndARemedy) {
  struct Line {
    std::string text, where, what;
  };
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  const std::vector<Line> table{
      {"{nonsense", "log.jsonl:1:2", "no JSON"},
      {"[1]", "log.jsonl:1:2", "no JSON object"},
      {"\"x\"", "log.jsonl:1:1", "no JSON object"},
      {std::string(kGood) + " x", "log.jsonl:1:", "something follows"},
      {changed("\"id\":\"1\"", "\"id\":\"1\",\"id\":\"2\""), "log.jsonl:1:11", "'id' stands twice"},
      {changed("{\"code\":\"x\"}", "{\"code\":\"x\",\"code\":\"y\"}"),
       "log.jsonl:1:", "'code' stands twice"},
      {changed("\"x\"", "{\"a\":1,\"a\":2}"), "log.jsonl:1:", "'a' stands twice"},
      {changed("\"x\"", "1e999"), "log.jsonl:1:", "not finite"},
      {changed("\"x\"", "9007199254740993"), "log.jsonl:1:", "beyond 2^53"},
      {changed("\"x\"", "NaN"), "log.jsonl:1:", "no JSON"},
      {changed("+09:00", ""), "log.jsonl:1:11", "offset is missing"},
      {changed("2026-11-24", "2026-02-30"), "log.jsonl:1:11", "no such day"},
      {changed("\"time\":\"2026-11-24T10:00:00+09:00\",", ""), "log.jsonl:1:1", "no 'time'"},
      {changed("\"1\"", "1"), "log.jsonl:1:2", "'id' is not a text"},
      {changed("application/1", "certificate/1"), "log.jsonl:1:", "has the form application/..."},
      {changed("\"x\"", "7"), "log.jsonl:1:", "'code' is a number"},
      {changed("{\"code\":\"x\"}", "\"x\""), "log.jsonl:1:", "'data' is not an object"},
      {changed("\"x\"", deep), "log.jsonl:1:", ""},
      {changed("domain.approved", "call.answered"), "log.jsonl:1:1", "lacks 'outcome'"},
  };
  for (const Line& line : table) {
    const auto result = read(line.text + "\n");
    ASSERT_EQ(result.errors.size(), 1u) << line.text;
    EXPECT_TRUE(result.errors[0].where.starts_with(line.where))
        << result.errors[0].text() << " wanted " << line.where;
    EXPECT_NE(result.errors[0].text().find(line.what), std::string::npos)
        << result.errors[0].text();
    EXPECT_FALSE(result.errors[0].remedy.empty()) << line.text;
    EXPECT_TRUE(result.lines.empty());
  }
}

TEST(TraceReaderTest, CountsColumnsInCharactersNotBytes) {
  const auto result = read(changed("application/1", "例え/1"));
  ASSERT_EQ(result.errors.size(), 1u);
  const auto twice = read(
      changed("\"subject\":\"application/1\"", "\"subject\":\"application/例え\",\"id\":\"2\""));
  ASSERT_EQ(twice.errors.size(), 1u);
  const std::string line = changed("\"subject\":\"application/1\"", "\"subject\":\"application/");
  EXPECT_EQ(twice.errors[0].where,
            "log.jsonl:1:" + std::to_string(line.find("application/") + 12 + 2 + 2 + 1));
}

TEST(TraceReaderTest, SuggestsTheWordThatWasMeant) {
  const auto result = read(
      R"({"id":"1","time":"2026-11-24T10:00:00Z","type":"call.answered","subject":"application/1","data":{"outcome":"confirm"}})");
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_NE(result.errors[0].what.find("did you mean 'confirmed'?"), std::string::npos);
}

TEST(TraceReaderTest, WarnsOfWhatIsMerelyStrange) {
  const auto result = read(
      std::string(kGood) + "\n" + changed("domain.approved", "domain.aproved") + "\n" +
      changed("\"code\"", "\"cod\"") + "\n" + changed("\"data\"", "\"sequence\":1,\"data\"") +
      "\n" + changed("\"data\"", "\"sequence\":\"3\",\"data\"") + "\n" + changed("T10", "T09"));
  EXPECT_TRUE(result.errors.empty());
  ASSERT_EQ(result.lines.size(), 6u);
  EXPECT_EQ(result.lines[1].unknown_type, "domain.aproved");
  std::string all;
  for (const auto& warning : result.warnings) all += warning + "\n";
  for (const char* said :
       {"did you mean 'domain.approved'?", "did you mean 'code'?", "the id '1' came already",
        "from 1 to 3", "before that of the line above"})
    EXPECT_NE(all.find(said), std::string::npos) << said << "\n" << all;
}

TEST(TraceReaderTest, TellsTwentyBadLinesAndCountsTheRest) {
  std::string text;
  for (int i = 0; i < 25; ++i) text += "nonsense\n";
  const auto result = read(text);
  ASSERT_EQ(result.errors.size(), 21u);
  EXPECT_NE(result.errors.back().what.find("and 5 more"), std::string::npos);
}

TEST(TraceReaderTest, RefusesALineOfMoreThanAMebibyte) {
  EXPECT_EQ(read(changed("\"x\"", "\"" + std::string(kLineMax, 'x') + "\"")).errors.size(), 1u);
}

TEST(TraceReaderTest, TellsAnUnknownTypeOnceAndCountsItsLines) {
  std::string text;
  for (int i = 0; i < 5; ++i)
    text += changed("domain.approved", "domain.aproved").replace(7, 1, std::to_string(i)) + "\n";
  const auto result = read(text);
  ASSERT_EQ(result.warnings.size(), 2u);
  EXPECT_NE(result.warnings[1].find("4 more"), std::string::npos) << result.warnings[1];
}

TEST(TraceReaderTest, ReadsCloudEventsOneALineOrInAnArray) {
  const std::string event = changed(
      "\"id\"",
      "\"specversion\":\"1.0\",\"source\":\"/ra\",\"datacontenttype\":\"application/json\",\"id\"");

  const auto lines = read(event + "\n");
  const auto array = read("[\n" + event + ",\n  " + changed("\"1\"", "\"2\"") + "\n]\n");

  ASSERT_TRUE(lines.errors.empty()) << lines.errors[0].text();
  EXPECT_EQ(lines.lines.size(), 1u);
  ASSERT_TRUE(array.errors.empty()) << array.errors[0].text();
  ASSERT_EQ(array.lines.size(), 2u);
  EXPECT_EQ(array.lines[1].number, 3u);
  EXPECT_EQ(array.lines[0].event.data, lines.lines[0].event.data);
}

TEST(TraceReaderTest, TellsWhereAnElementOfAnArrayIsBad) {
  const auto result = read("[\n" + std::string(kGood) + ",\n  {\"id\": \"2\",\n   nonsense}\n]\n");
  ASSERT_EQ(result.errors.size(), 1u);
  EXPECT_TRUE(result.errors[0].where.starts_with("log.jsonl:4:4")) << result.errors[0].text();
  EXPECT_EQ(result.lines.size(), 1u);
}

TEST(TraceReaderTest, RefusesAnArrayWhoseEndIsLostOrThatIsFollowed) {
  const auto open = read("[" + std::string(kGood) + ",");
  const auto followed = read("[" + std::string(kGood) + "]\n{}");

  ASSERT_EQ(open.errors.size(), 1u);
  EXPECT_NE(open.errors[0].what.find("not closed"), std::string::npos);
  ASSERT_EQ(followed.errors.size(), 1u);
  EXPECT_EQ(followed.errors[0].where, "log.jsonl:2:1");
}

/// Kinds of logs that are bad as a whole; each is told of and none does harm.
TEST(TraceReaderTest, TellsOfEveryKindOfBadLog) {
  struct Log {
    std::string text, what;
    bool is_error = true;
  };
  const std::string good = std::string(kGood) + "\n";
  const std::string deep = std::string(1000, '[') + std::string(1000, ']');
  const std::vector<Log> table{
      {good + good.substr(0, 60), "no JSON"},                              // truncated
      {good.substr(0, 50) + good + good.substr(50), "no JSON"},            // interleaved
      {good + std::string("\x00\x01\xff\xfe{\x80", 6) + "\n", "no JSON"},  // binary
      {good + changed("\"x\"", deep) + "\n", "nested too deeply"},         // deep
      {good + changed("\"id\":\"1\"", "\"id\":\"1\",\"id\":\"2\"") + "\n", "stands twice"},
      {good + good, "came already", false},                                           // ids
      {good + changed("T10", "T09") + "\n", "before that of the line above", false},  // unordered
      {changed("2026", "20260") + "\n", "no time"},                                   // future
      {changed("\"x\"", "1" + std::string(400, '0')) + "\n", "2^53"},                 // huge number
      {std::string(kLineMax + 10, 'x') + "\n" + good, "more than 1 MiB"},             // huge line
      {std::string(3 * kLineMax, 'x'), "more than 1 MiB"},                            // and its end
  };
  for (const Log& log : table) {
    const auto result = read(log.text);
    std::string all;
    for (const auto& error : result.errors) all += error.text() + "\n";
    EXPECT_EQ(result.errors.empty(), !log.is_error) << all;
    for (const auto& warning : result.warnings) all += warning + "\n";
    EXPECT_NE(all.find(log.what), std::string::npos) << all << "wanted " << log.what;
  }
}

TEST(TraceReaderTest, AFutureDateIsATimeLikeAnyOther) {
  const auto result = read(changed("2026", "9999") + "\n" + changed("2026", "0001"));
  EXPECT_TRUE(result.errors.empty());
  EXPECT_EQ(result.lines.size(), 2u);
}

/// Gives a text in portions of any size, as a pipe may.
class Portions : public ByteSource {
 public:
  explicit Portions(std::string text) : text_(std::move(text)) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    const auto size = std::min<std::size_t>(*rc::gen::inRange(1, 400), text_.size() - at_);
    std::copy_n(text_.data() + at_, size, into.data());
    at_ += size;
    return size;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

/// What is told of each line, and of bad ones. @param at_once  so many lines are read.
std::vector<std::string> told_of(ByteSource& source, Facts& facts, std::size_t at_once) {
  EventReader reader(source, "log.jsonl", facts, {});
  std::vector<std::string> told;
  std::vector<Line> lines(at_once);
  const auto read_some = [&] {
    std::size_t read = 0;
    while (read < at_once && reader.next_but_data(lines[read])) ++read;
    reader.finish();
    return read;
  };
  while (const std::size_t read = read_some())
    for (const Line& line : std::span(lines).first(read))
      told.push_back(std::to_string(line.number) + " " +
                     (line.unknown_type ? *line.unknown_type : to_json_line(line.event, facts)));
  for (const Error& error : reader.told().errors) told.push_back(error.text());
  for (const std::string& warning : reader.told().warnings) told.push_back(warning);
  return told;
}

/// Most lines are read as those before them, where their end is not looked for; no other way of
/// reading may tell of another log.
RC_GTEST_PROP(TraceReaderTest, ALogIsTheSameInWhateverPortionsItComes, ()) {
  const auto line = rc::gen::element<std::string>(
      kGood, kGood, changed("\"1\"", "\"2\""), changed("\"x\"", "\"審\\n査\""),
      changed("application/1", "application/2"), changed("domain.approved", "domain.approve"),
      changed("\"code\":\"x\"", ""), changed("\"x\"", "7"), changed("}}", "}"), "", " ", "{}");
  const auto end = rc::gen::element<std::string>("\n", "\n", "\r\n");
  std::string text;
  for (const std::string& one : *rc::gen::container<std::vector<std::string>>(line))
    text += one + *end;
  if (*rc::gen::arbitrary<bool>()) text += *line;
  Facts facts;
  TextSource whole(text);
  Portions portions(text);
  RC_ASSERT(told_of(whole, facts, 1) ==
            told_of(portions, facts, *rc::gen::inRange<std::size_t>(1, 8)));
}

RC_GTEST_PROP(TraceReaderTest, NeverCrashesOnAnyBytes, (const std::string& bytes)) {
  (void)read(bytes);
  (void)read(changed("\"x\"", bytes));
}

RC_GTEST_PROP(TraceTest, WhatIsWrittenIsReadBack, ()) {
  Facts facts;
  const auto type = static_cast<TypeIndex>(*rc::gen::inRange<std::size_t>(0, kEventTypes.size()));
  const EventType& row = kEventTypes[type];
  const auto word = rc::gen::element<std::string>("a", "例え", "\"\\\n\t\x01", "x y", "</script>",
                                                  "\xf0\x9f\x98\x80");
  RecordBuilder record(facts, type);
  for (std::size_t i = 0; i < row.field_count(); ++i) {
    if (!row.fields[i].required && *rc::gen::arbitrary<bool>()) continue;
    std::int64_t words = 0;
    while (!choice_word(row.fields[i].choices, words).empty()) ++words;
    switch (row.fields[i].kind) {
      case FieldKind::text:
        record.set(row.fields[i].name, facts.intern(*word));
        break;
      case FieldKind::choice:
        record.set_value(i, Value::of(*rc::gen::inRange<std::int64_t>(0, words)));
        break;
      case FieldKind::number:
        record.set(row.fields[i].name, *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000));
        break;
      case FieldKind::truth:
        record.set(row.fields[i].name, *rc::gen::arbitrary<bool>());
        break;
      case FieldKind::instant:
        record.set(row.fields[i].name, Instant{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000)});
        break;
      case FieldKind::list: {
        std::vector<TextId> items;
        for (const auto& item : *rc::gen::container<std::vector<std::string>>(word))
          items.push_back(facts.intern(item));
        record.set(row.fields[i].name, facts.intern_list(items));
      }
    }
  }
  const std::string subject =
      row.subject.empty() ? "system" : std::string(choice_word(row.subject, 0)) + "/1";
  const Event event{{*rc::gen::inRange<std::int64_t>(0, 4'000'000'000)},
                    type,
                    facts.intern("7"),
                    facts.intern(subject),
                    record.build()};
  const auto result = read_all(to_json_line(event, facts) + "\n", "t", facts, {});
  RC_ASSERT(result.errors.empty());
  RC_ASSERT(result.lines.size() == 1u);
  const Event& back = result.lines[0].event;
  RC_ASSERT(back.time == event.time);
  RC_ASSERT(back.type == event.type);
  RC_ASSERT(back.subject == event.subject);
  RC_ASSERT(back.data == event.data);
}

TEST(TraceWriterTest, WritesValidUtf8WhateverTheTextHolds) {
  EXPECT_EQ(json_string("a\xff"
                        "b\xc3"),
            "\"a\xef\xbf\xbd"
            "b\xef\xbf\xbd\"");
  EXPECT_EQ(json_string(std::string("\x00\x1b\x7f", 3)), "\"\\u0000\\u001b\\u007f\"");
  EXPECT_EQ(json_string("\xed\xa0\x80"), "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"")
      << "a surrogate is no character";
}

}  // namespace
}  // namespace shinsa::sim
