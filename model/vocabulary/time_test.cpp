#include "model/vocabulary/time.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shinsa {
namespace {

TEST(InstantTest, ReadsRfc3339WithAnyOffset) {
  EXPECT_EQ(parse_instant("1970-01-01T00:00:00Z")->seconds, 0);
  EXPECT_EQ(parse_instant("1970-01-01T09:00:00+09:00")->seconds, 0);
  EXPECT_EQ(parse_instant("1969-12-31T19:00:00-05:00")->seconds, 0);
  EXPECT_EQ(*parse_instant("2026-11-21T10:00:00+09:00"),
            *parse_instant("2026-11-21t01:00:00.123456789z"));
  EXPECT_EQ(parse_instant("2024-02-29T00:00:00Z")->seconds, 1709164800);
}

TEST(InstantTest, RefusesWhatIsNoTime) {
  for (const char* text :
       {"", "2026-11-21", "2026-11-21T10:00:00", "2026-11-21 10:00:00Z", "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00.1234567890Z", "2026-01-01T00:00:00+9:00",
        "2026-01-01T00:00:00+09:00x", "0000-01-01T00:00:00Z", "2026-01-01T00:00:00+0900",
        "+026-01-01T00:00:00Z"}) {
    const auto read = parse_instant(text);
    ASSERT_FALSE(read) << text;
    EXPECT_NE(read.error().remedy.find("2026-11-21T10:00:00+09:00"), std::string::npos);
  }
}

TEST(InstantTest, SaysThatALeapSecondIsNotCounted) {
  EXPECT_NE(parse_instant("2016-12-31T23:59:60Z").error().what.find("leap"), std::string::npos);
}

TEST(InstantTest, WritesTokyoTime) {
  EXPECT_EQ(to_text(Instant{0}), "1970-01-01T09:00:00+09:00");
  EXPECT_EQ(to_text(*parse_instant("2027-02-28T15:00:00Z")), "2027-03-01T00:00:00+09:00");
  EXPECT_EQ(to_text(kNever), "never");
}

RC_GTEST_PROP(InstantTest, WhatIsWrittenIsReadBack, ()) {
  const Instant instant{*rc::gen::inRange<std::int64_t>(-60'000'000'000, 250'000'000'000)};
  RC_ASSERT(*parse_instant(to_text(instant)) == instant);
}

/// Times of the usual form are read in a way of their own; with a fraction they are not.
TEST(InstantTest, ReadsTheUsualFormWithAnyOneByteChangedAsAnyOther) {
  constexpr std::string_view kUsual = "2026-11-21T10:00:00+09:00";
  for (std::size_t at = 0; at < kUsual.size(); ++at)
    for (int byte = 0; byte < 256; ++byte) {
      std::string text(kUsual);
      text[at] = static_cast<char>(byte);
      const auto usual = parse_instant(text),
                 other = parse_instant(std::string(text).insert(19, ".0"));
      ASSERT_EQ(usual.has_value(), other.has_value()) << text;
      if (usual) ASSERT_EQ(*usual, *other) << text;
    }
}

RC_GTEST_PROP(InstantTest, ReadsTheUsualFormAsAnyOther, ()) {
  std::string text =
      to_text(Instant{*rc::gen::inRange<std::int64_t>(-60'000'000'000, 250'000'000'000)});
  for (int changes = *rc::gen::inRange(0, 3); changes > 0; --changes) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text[at] = *rc::gen::oneOf(
        rc::gen::element('0', '1', '2', '3', '5', '6', '9', ':', '-', '+', 'T', '/', '\xb0'),
        rc::gen::arbitrary<char>());
  }
  const auto usual = parse_instant(text), other = parse_instant(std::string(text).insert(19, ".0"));
  RC_ASSERT(usual.has_value() == other.has_value());
  if (usual) RC_ASSERT(*usual == *other);
}

TEST(DurationTest, ReadsExactLengths) {
  EXPECT_EQ(*parse_duration("P25D"), days(25));
  EXPECT_EQ(*parse_duration("PT5M"), minutes(5));
  EXPECT_EQ(*parse_duration("P1DT12H"), hours(36));
  EXPECT_EQ(*parse_duration("P2W"), days(14));
  EXPECT_EQ(*parse_duration("-PT1S"), seconds(-1));
  EXPECT_EQ(*parse_duration("PT0S"), seconds(0));
}

TEST(DurationTest, RefusesWhatHasNoExactLengthOrNoForm) {
  for (const char* text : {"", "P", "PT", "P1Y", "P1M", "P1DT", "5M", "PT5", "P1H", "PT1D",
                           "PT1S1M", "PT1M1M", "P9999999999999D", "P1.5D"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

RC_GTEST_PROP(DurationTest, WhatIsWrittenIsReadBack, ()) {
  const Duration duration{*rc::gen::inRange<std::int64_t>(-10'000'000'000, 10'000'000'000)};
  RC_ASSERT(*parse_duration(to_text(duration)) == duration);
}

}  // namespace
}  // namespace shinsa
