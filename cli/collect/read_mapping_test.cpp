#include "cli/collect/read_mapping.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace shinsa::cli {
namespace {

constexpr const char* kWhole = R"(format: csv
separator: ";"
zone: "+09:00"
time: "%Y/%m/%d %H:%M"
event:
  id: Nr
  time: When
  type: What
  subject: "job/{Order}"
types: {TEL: call.answered}
subjects: {job: application}
ignore: [PING]
data:
  outcome: {from: Result, words: {OK: confirmed}}
  certificate.issued:
    sans: {from: Names, split: " "}
    kind: {always: DV}
    not_before: {from: From, time: unix}
)";

TEST(ReadMappingTest, ReadsTheWholeForm) {
  const auto mapping = parse_mapping("map.yaml", kWhole);

  ASSERT_TRUE(mapping) << mapping.error().text();
  EXPECT_EQ(mapping->separator, ';');
  EXPECT_EQ(mapping->zone, hours(9));
  EXPECT_EQ(mapping->names.types.at("TEL"), "call.answered");
  EXPECT_EQ(mapping->places(),
            (std::set<std::string>{"From", "Names", "Nr", "Order", "Result", "What", "When"}));
  EXPECT_EQ(mapping->data_of.at(*find_type("certificate.issued")).at("sans").split, " ");
  EXPECT_TRUE(parse_mapping("map.yaml", "types: {a: call.answered}")->only_renames());
}

TEST(ReadMappingTest, TellsWhatIsWrongAndWhere) {
  struct Bad {
    std::string text, where, what;
  };
  const std::vector<Bad> table{
      {"- a", "map.yaml:1:1", "no mapping"},
      {"types: {a: call.answerd}", "map.yaml:1:12", "did you mean 'call.answered'?"},
      {"subjects: {job: aplication}", "map.yaml:1:17", "did you mean 'application'?"},
      {"typs: {}", "map.yaml:1:1", "did you mean 'types'?"},
      {"format: xml", "map.yaml:1:9", "no format 'xml'"},
      {"separator: ';;'", "map.yaml:1:12", "one character"},
      {"zone: Asia/Tokyo", "map.yaml:1:7", "no offset"},
      {"time: '%Y %q'", "map.yaml:1:7", "'%q' means nothing"},
      {"time: yesterday", "map.yaml:1:7", "no form of times"},
      {"event: {ident: /a}", "map.yaml:1:9", "no 'ident'"},
      {"event: {id: a}", "map.yaml:1:13", "write it as \"/a\""},
      {"event: {id: '{/a'}", "map.yaml:1:13", "not closed"},
      {"event: {id: {from: /a, always: b}}", "map.yaml:1:13", "one of them"},
      {"event: {id: {alway: a}}", "map.yaml:1:14", "did you mean 'always'?"},
      {"data: {outcom: /a}", "map.yaml:1:8", "did you mean 'outcome'?"},
      {"data: {call.answerd: {}}", "map.yaml:1:8", "did you mean 'call.answered'?"},
      {"data: {call.answered: {outcom: /a}}", "map.yaml:1:24", "did you mean 'outcome'?"},
      {"ignore: PING", "map.yaml:1:9", "is no list"},
      {"types: {a: call.answered, a: call.answered}", "map.yaml:1:", "twice"},
      {"types: [", "map.yaml:", "no YAML"},
  };
  for (const Bad& bad : table) {
    const auto mapping = parse_mapping("map.yaml", bad.text);
    ASSERT_FALSE(mapping) << bad.text;
    EXPECT_TRUE(mapping.error().where.starts_with(bad.where))
        << mapping.error().text() << " wanted " << bad.where;
    EXPECT_NE(mapping.error().text().find(bad.what), std::string::npos) << mapping.error().text();
  }
}

TEST(ReadMappingTest, ItsSchemaNamesEveryKey) {
  const auto schema = boost::json::parse(mapping_schema());
  for (const char* key : {"format", "separator", "columns", "zone", "time", "event", "types",
                          "subjects", "ignore", "data"})
    EXPECT_TRUE(schema.at("properties").as_object().contains(key)) << key;
}

}  // namespace
}  // namespace shinsa::cli
