#include "sim/mapping.hpp"

#include <gtest/gtest.h>

#include "sim/merged.hpp"
#include "sim/trace_reader.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::sim {
namespace {

Origin at(const std::string& place) { return {{{{}, place}}, {}, {}, {}}; }
void put(Mapping& mapping, Envelope part, Origin origin) {
  mapping.envelope[static_cast<std::size_t>(part)] = std::move(origin);
}

/// What is read, as we would write it, and after it what was told.
std::string read(const std::string& text, const Mapping& mapping) {
  Facts facts;
  ReadOptions options;
  options.mapping = mapping;
  const ReadResult result = read_all(text, "log", facts, options);
  std::string all;
  for (const Line& line : result.lines) all += to_json_line(line.event, facts) + "\n";
  for (const Error& error : result.errors) all += error.text() + "\n";
  for (const std::string& warning : result.warnings) all += warning + "\n";
  return all;
}

Mapping of_csv() {
  Mapping mapping;
  mapping.format = Mapping::Format::csv;
  mapping.zone = hours(9);
  mapping.time = "%Y/%m/%d %H:%M";
  mapping.names.types = {{"TEL", "call.answered"}, {"ISSUED", "certificate.issued"}};
  mapping.names.subjects = {{"job", "application"}};
  mapping.ignore = {"PING"};
  put(mapping, Envelope::time, at("When"));
  put(mapping, Envelope::type, at("What"));
  put(mapping, Envelope::subject, {{{"job/", "No"}}, {}, {}, {}});
  mapping.data["outcome"] = {{{{}, "Result"}}, {{"OK", "confirmed"}}, {}, {}};
  return mapping;
}

TEST(MappingTest, ReadsRowsOfCsvByTheirColumns) {
  EXPECT_EQ(
      read("No,When,What,Result\n17,2026/11/24 10:00,TEL,OK\n,2026/11/24 10:05,PING,\n", of_csv()),
      R"({"id":"2","time":"2026-11-24T10:00:00+09:00","type":"call.answered",)"
      R"("subject":"application/17","data":{"outcome":"confirmed"}})"
      "\n");
}

TEST(MappingTest, TellsWhatARowCannotBe) {
  const std::string head = "No,When,What,Result\n";
  struct Row {
    std::string text, what;
  };
  const std::vector<Row> table{
      {"1,2026/11/24,TEL,OK\n", "log:2:1: '2026/11/24' is no time of the form"},
      {"1,2026/11/31 10:00,TEL,OK\n", "the month has no such day"},
      {"1,2026/11/24 10:00,TEL\n", "the row has 3 fields, and there are 4 columns"},
      {"1,2026/11/24 10:00,TEL,\"OK\n", "a quote is not closed"},
      {"1,2026/11/24 10:00,TEL,O\"K\n", "a quote stands within a field"},
      {"1,2026/11/24 10:00,TEL,NO\n", "'outcome' cannot be 'NO'"},
      {"1,2026/11/24 10:00,TEL,\n", "lacks 'outcome'"},
      {",2026/11/24 10:00,TEL,OK\n", "the event has no 'subject'"},
      {"1,,TEL,OK\n", "the event has no 'time'"},
      {"1,2026/11/24 10:00,FAX,OK\n", "unknown event type 'FAX'"},
  };
  for (const Row& row : table)
    EXPECT_NE(read(head + row.text, of_csv()).find(row.what), std::string::npos)
        << read(head + row.text, of_csv()) << "wanted " << row.what;
  EXPECT_NE(read("No,When,Wat,Result\n", of_csv()).find("no column 'What', did you mean 'Wat'?"),
            std::string::npos);
  EXPECT_NE(read("No,No,When,What,Result\n", of_csv()).find("stands twice"), std::string::npos);
}

TEST(MappingTest, ReadsForeignJsonByPointers) {
  Mapping mapping;
  mapping.names.types = {{"done", "certificate.issued"}};
  put(mapping, Envelope::id, at("/meta/id"));
  put(mapping, Envelope::time, {{{{}, "/meta/at"}}, {}, "unix-ms", {}});
  put(mapping, Envelope::type, at("/event"));
  put(mapping, Envelope::subject, {{{"certificate/", "/cert/serial"}}, {}, {}, {}});
  mapping.data["cn"] = at("/cert/names/0");
  mapping.data["sans"] = at("/cert/names");
  mapping.data["kind"] = {{{"DV", {}}}, {}, {}, {}};
  mapping.data["application"] = {{{"application/", "/order"}}, {}, {}, {}};
  mapping.data["not_before"] = {{{{}, "/cert/from"}}, {}, "unix", {}};
  mapping.data["not_after"] = at("/cert/to~1till");

  EXPECT_EQ(read(R"({"meta":{"id":7,"at":1795482000000},"event":"done","order":12,"cert":{)"
                 R"("serial":"ab","names":["a.jp","b.jp"],"from":1795482000,)"
                 R"("to/till":"2027-01-01T00:00:00Z"}})",
                 mapping),
            R"({"id":"7","time":"2026-11-24T10:00:00+09:00","type":"certificate.issued",)"
            R"("subject":"certificate/ab","data":{"application":"application/12","cn":"a.jp",)"
            R"("not_before":"2026-11-24T10:00:00+09:00","not_after":"2027-01-01T09:00:00+09:00",)"
            R"("kind":"DV","sans":["a.jp","b.jp"]}})"
            "\n");
}

TEST(MappingTest, ReadsTimesInEveryForm) {
  const Instant ten = *parse_instant("2026-11-24T10:00:00+09:00");
  struct Time {
    std::string text, form;
    std::optional<Duration> zone;
  };
  const std::vector<Time> table{
      {"2026-11-24T10:00:00+09:00", "", {}},
      {"2026-11-24 10:00:00", "", hours(9)},
      {"2026-11-24T01:00:00.25Z", "", hours(9)},
      {"24 Nov 2026 10:00:00 +0900", "%d %b %Y %H:%M:%S %z", {}},
      {"2026/11/24 1:00", "%Y/%m/%d %H:%M", Duration{}},
      {"20261124100000", "%Y%m%d%H%M%S", hours(9)},
      {"2026-11-24 10:00:00,123", "%Y-%m-%d %H:%M:%S,%f", hours(9)},
      {"1795482000", "unix", {}},
      {"1795482000.75", "unix", {}},
      {"1795482000999", "unix-ms", {}},
  };
  for (const Time& one : table) {
    const auto instant = read_time(one.text, one.form, one.zone);
    ASSERT_TRUE(instant) << one.text << ": " << instant.error().text();
    EXPECT_EQ(*instant, ten) << one.text;
  }
  EXPECT_FALSE(read_time("2026-11-24 10:00:00", "", {})) << "no offset is known";
  EXPECT_FALSE(read_time("99999999999999999999", "unix", {}));
  EXPECT_FALSE(read_time("999999999999999", "unix", {}));
  EXPECT_FALSE(read_time("", "unix", {}));
}

// -- several sources

std::string event(const std::string& id, const std::string& second) {
  return R"({"id":")" + id + R"(","time":"2026-11-24T10:00:)" + second +
         R"(+09:00","type":"domain.approved","subject":"application/1","data":{}})" + "\n";
}

std::string merged(const std::vector<std::pair<std::string, Duration>>& sources,
                   Duration tolerance) {
  Facts facts;
  Merged all(facts, tolerance);
  for (std::size_t i = 0; i < sources.size(); ++i)
    all.add(std::make_unique<TextSource>(sources[i].first), "s" + std::to_string(i), {},
            sources[i].second);
  std::string order;
  for (Line line; all.next(line);) order += std::string(facts.text(line.event.id)) + " ";
  std::vector<Error> errors;
  std::vector<std::string> warnings;
  all.take_told(errors, warnings);
  for (const std::string& warning : warnings) order += warning + " ";
  return order;
}

TEST(MergedTest, PutsSourcesInTheOrderOfTimeByTheirOwnClocks) {
  const std::string one = event("a", "01") + event("b", "05"), two = event("c", "03");
  EXPECT_EQ(merged({{one, {}}, {two, {}}}, {}), "a c b ");
  EXPECT_EQ(merged({{one, {}}, {two, seconds(3)}}, {}), "c a b ");
  EXPECT_EQ(merged({{one, {}}, {two, -seconds(3)}}, {}), "a b c ");
}

TEST(MergedTest, OfTheSameTimeTheSourceNamedFirstGoesFirst) {
  EXPECT_EQ(merged({{event("a", "01"), {}}, {event("b", "01"), {}}}, {}), "a b ");
}

TEST(MergedTest, PutsWhatIsOutOfOrderByTheToleranceInOrderAndTellsOfTheRest) {
  const std::string log = event("a", "05") + event("b", "03") + event("c", "09") + event("d", "01");
  EXPECT_EQ(merged({{log, {}}}, seconds(8)), "d b a c ");
  const std::string some = merged({{log, {}}}, seconds(3));
  EXPECT_TRUE(some.starts_with("b a d c ") || some.starts_with("b a c d ")) << some;
  EXPECT_NE(some.find("s0:4: the time is before"), std::string::npos) << some;
}

}  // namespace
}  // namespace shinsa::sim
