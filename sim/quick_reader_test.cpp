#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "sim/careful_reader.hpp"
#include "sim/pieces.hpp"
#include "sim/quick_reader.hpp"

namespace shinsa::sim {
namespace {

/// Asserts that the careful reader reads a line alike.
void agrees_with_careful(const Seen& one, const std::string& line) {
  CarefulReader careful;
  Seen other;
  const auto fault = careful.read(line, other);
  RC_ASSERT(!fault);
  RC_ASSERT(one.items == other.items);
  const auto same = [](const Scalar& a, const Scalar& b) {
    return a.kind == b.kind && a.text == b.text && a.number == b.number && a.items == b.items &&
           (a.kind != Scalar::Kind::list || a.first_item == b.first_item);
  };
  for (std::size_t i = 0; i < kEnvelope.size(); ++i)
    RC_ASSERT(same(one.envelope[i], other.envelope[i]));
  RC_ASSERT(std::ranges::equal(one.data, other.data, [&](const Scalar& a, const Scalar& b) {
    return a.key == b.key && same(a, b);
  }));
}

/// Asserts that what the quick reader takes of a line, the careful one reads alike, and that it
/// takes it as the first of a text only if that is where it ends. @return whether it took the line.
bool agree_on(QuickReader& quick, const std::string& line) {
  const std::string padding(Piece::kPadding, ' ');
  for (const std::string rest : {"", "\n", "\r\n", "\r", "\n{\"id\":\"1\"}\n"}) {
    const std::string text = line + rest, padded = text + padding;
    Seen seen;
    const std::size_t size = quick.read_first({padded.data(), text.size()}, seen);
    if (size == 0) continue;
    RC_ASSERT(line.find('\n') == std::string::npos);
    std::string first = text.substr(0, text.find('\n'));
    RC_ASSERT(first.size() < text.size());
    if (first.ends_with('\r')) first.pop_back();
    RC_ASSERT(size == first.size());
    agrees_with_careful(seen, first);
  }
  const std::string padded = line + padding;
  Seen seen;
  const bool taken = quick.read({padded.data(), line.size()}, seen);
  if (taken) agrees_with_careful(seen, line);
  return taken;
}

/// The quick way and the careful way of reading a line are one: whatever the quick one takes, the
/// careful one reads alike.
RC_GTEST_PROP(QuickReaderTest, AgreesWithTheCarefulReader, ()) {
  const auto piece = rc::gen::element<std::string>(
      "{", "}", "[", "]", ",", ":", "\"id\"", "\"data\"", "\"time\"", "\"x\"", "\"\\u00e9\"", "1",
      "-0", "01", "1.5", "9007199254740993", "true", "tru", "null", " ", "\t", "\"\\ud800\"",
      "\"\xff\"", "\"\x01\"", "\"a\":1", "\"id\":\"7\"", "\"data\":{\"a\":[\"b\",\"c\"]}");
  std::string line;
  for (const auto& one : *rc::gen::container<std::vector<std::string>>(piece)) line += one;
  if (*rc::gen::arbitrary<bool>()) line = "{" + line + "}";
  QuickReader quick;
  agree_on(quick, line);
}

/// It knows the forms of the lines before, and reads lines of others too.
RC_GTEST_PROP(QuickReaderTest, ReadsKeysInAnyOrder, ()) {
  const auto key =
      rc::gen::element<std::string>("id", "time", "type", "subject", "sequence", "source",
                                    "specversion", "typ", "sequences", "", "x");
  const auto value = rc::gen::element<std::string>("\"7\"", "12", "true", "false", "[\"a\", \"b\"]",
                                                   "[]", "\"審査\"", "\"a\\\"b\"");
  const std::string data = R"("data": {"x" : "y","z":3})";
  QuickReader quick;
  for (int i = 0; i < 6; ++i) {
    std::string line = "{", comma;
    const auto keys = *rc::gen::container<std::vector<std::string>>(key);
    for (const std::string& one : keys) {
      line += std::exchange(comma, ",") + "\"" + one + "\":" + *value;
      if (*rc::gen::inRange(0, 8) == 0) line += "," + data;
    }
    line += "}";
    const std::set<std::string> different(keys.begin(), keys.end());
    const bool taken = agree_on(quick, line);
    RC_ASSERT(agree_on(quick, line) == taken);  // its form is known now
    if (different.size() == keys.size() && line.find(data) == std::string::npos) RC_ASSERT(taken);
    agree_on(quick, line.substr(0, *rc::gen::inRange<std::size_t>(0, line.size())));
  }
}

/// A text as it can be written in a line: with escapes, in other letters, or wrong.
rc::Gen<std::string> written_text() {
  const auto piece = rc::gen::element<std::string>(
      "a", "application/7", "-----BEGIN CERTIFICATE REQUEST-----", "審査", "\\n", "\\\"", "\\\\",
      "\\/", "\\u5be9", "\\u00E9", "\\u0041", "\\u0000", "\\ud83d\\ude00", "\\ud800", "\\uzzzz",
      "\\x", "\\", "\x01", "\t", "\xff", "\xe5\xaf", "\x7f", "\"", " ", "{", "]");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& pieces) {
    std::string text = "\"";
    for (const std::string& one : pieces) text += one;
    return text + "\"";
  });
}

rc::Gen<std::string> written_value() {
  return rc::gen::oneOf(
      written_text(), written_text(),
      rc::gen::element<std::string>("0", "7", "-7", "-0", "01", "1.5", "1e3", "123456789012345",
                                    "1234567890123456", "9007199254740993", "true", "false", "tru",
                                    "null", "[]", "[ ]", "[\"a\",\"b\"]", "[ \"a\" , \"\\n\" ]",
                                    "[\"a\"", "[1]", "[\"a\",]", "{}"));
}

/// A line of which the keys and the kinds of values are fixed.
std::string line_of(const std::vector<std::string>& values) {
  return R"({"id":)" + values[0] + R"(,"time": )" + values[1] + R"(,"type":"x","subject":)" +
         values[2] + R"(,"extra":)" + values[3] + R"(,"data":{"a":)" + values[4] + R"( ,"b":)" +
         values[5] + "}}";
}

RC_GTEST_PROP(QuickReaderTest, AgreesWithTheCarefulReaderOnLinesOfAFormThatItKnows, ()) {
  QuickReader quick;
  const std::vector<std::string> first{"\"1\"", "\"2\"", "\"3\"", "\"4\"", "5", "[\"6\"]"};
  RC_ASSERT(agree_on(quick, line_of(first)));
  for (int i = 0; i < 8; ++i) {
    std::vector<std::string> values = first;
    for (std::string& value : values)
      if (*rc::gen::inRange(0, 3) == 0) value = *written_value();
    const std::string line = line_of(values);
    agree_on(quick, line);
    agree_on(quick, line.substr(0, *rc::gen::inRange<std::size_t>(0, line.size())));
  }
}

RC_GTEST_PROP(QuickReaderTest, AgreesWithTheCarefulReaderWhereALineOfAKnownFormWasChanged, ()) {
  QuickReader quick;
  const std::string good =
      line_of({"\"1\"", "\"\\u5be9\"", "\"3\"", "true", "12", "[\"6\",\"7\"]"});
  RC_ASSERT(agree_on(quick, good));
  for (int i = 0; i < 8; ++i) {
    std::string line = good;
    const auto at = *rc::gen::inRange<std::size_t>(0, line.size());
    const auto removed = *rc::gen::inRange<std::size_t>(0, 4);
    line.replace(at, removed,
                 *rc::gen::element<std::string>("", "\"", "\\", ",", "}", "{", "1", " ", "\n",
                                                "\xff", "[", ":", "a"));
    agree_on(quick, line);
  }
  RC_ASSERT(agree_on(quick, good));
}

/// What follows a type is not the same whatever stood before it.
TEST(QuickReaderTest, RefusesAKeyThatStandsTwiceOnBothSidesOfTheType) {
  QuickReader quick;
  EXPECT_TRUE(agree_on(quick, R"({"type":"x","subject":"a","data":{}})"));
  EXPECT_TRUE(agree_on(quick, R"({"subject":"a","type":"x"})"));
  EXPECT_FALSE(agree_on(quick, R"({"subject":"a","type":"x","subject":"b","data":{}})"));
  EXPECT_FALSE(agree_on(quick, R"({"data":{},"type":"x","subject":"b","data":{}})"));
}

TEST(QuickReaderTest, KnowsLinesOfOneFormByANumber) {
  QuickReader quick;
  const auto form_of = [&](const std::string& id, const std::string& data) {
    const std::string line = R"({"id":")" + id + R"(","type":"x","data":{)" + data + "}}";
    const std::string padded = line + std::string(Piece::kPadding, ' ');
    Seen seen;
    EXPECT_TRUE(quick.read({padded.data(), line.size()}, seen)) << line;
    return seen.form;
  };

  EXPECT_EQ(form_of("1", R"("a":1)"), 0u);
  const auto form = form_of("2", R"("a":2)");
  EXPECT_NE(form, 0u);
  EXPECT_EQ(form_of("3", R"("a":"text")"), 0u);
  EXPECT_NE(form_of("4", R"("a":"other")"), form);
  EXPECT_EQ(form_of("5", R"("a":3)"), form);
  EXPECT_EQ(form_of("\\u0036", R"("a":3)"), form);
}

TEST(QuickReaderTest, FindsTheEndOfALineOfAFormThatItKnows) {
  QuickReader quick;
  const std::string line = R"({"id":"1","data":{"a":"審査"}})";
  const auto first_of = [&](const std::string& text) {
    const std::string padded = text + std::string(Piece::kPadding, ' ');
    Seen seen;
    return quick.read_first({padded.data(), text.size()}, seen);
  };

  EXPECT_EQ(first_of(line + "\n"), 0u);
  EXPECT_TRUE(agree_on(quick, line));
  EXPECT_EQ(first_of(line + "\n"), line.size());
  EXPECT_EQ(first_of(line + "\r\n" + line), line.size());
  EXPECT_EQ(first_of(line), 0u) << "there may be more of it";
  EXPECT_EQ(first_of(line + "\r"), 0u);
  EXPECT_EQ(first_of(line + " \n"), 0u) << "of another form";
}

}  // namespace
}  // namespace shinsa::sim
