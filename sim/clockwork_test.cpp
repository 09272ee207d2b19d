#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/agenda.hpp"
#include "sim/clock.hpp"
#include "sim/conduct.hpp"
#include "sim/fault.hpp"
#include "sim/hash.hpp"
#include "sim/stream.hpp"

namespace shinsa::sim {
namespace {

Instant at(const char* text) { return *parse_instant(text); }

TEST(AgendaTest, KeepsTiesInTheOrderOfPlanning) {
  Agenda<int> agenda;
  agenda.schedule({5}, 1);
  agenda.schedule({3}, 2);
  const auto gone = agenda.schedule({3}, 3);
  agenda.schedule({3}, 4);
  EXPECT_TRUE(agenda.cancel(gone));
  EXPECT_FALSE(agenda.cancel(gone));
  std::vector<int> order;
  while (!agenda.empty()) order.push_back(agenda.pop().task);
  EXPECT_EQ(order, (std::vector<int>{2, 4, 1}));
}

using ClockDeathTest = testing::Test;
TEST(ClockDeathTest, VirtualTimeDoesNotGoBack) {
  Clock clock({10});
  clock.advance_to({10});
  EXPECT_DEATH(clock.advance_to({9}), "does not go back");
}

TEST(StreamTest, ANewNameReshufflesNobodyElse) {
  Streams few(7), many(7);
  (void)many["newcomer"].next();
  EXPECT_EQ(few["mail"].next(), many["mail"].next());
  EXPECT_NE(few["mail"].next(), few["ca"].next());
  Streams other(8);
  EXPECT_NE(Streams(7)["mail"].next(), other["mail"].next());
}

TEST(StreamTest, DrawsEveryNumberBelowAndNoOther) {
  Stream stream(1);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(stream.below(7));
  EXPECT_EQ(seen, (std::set<std::uint64_t>{0, 1, 2, 3, 4, 5, 6}));
  EXPECT_EQ(stream.hex(16).size(), 32u);
  EXPECT_FALSE(stream.chance(0));
  EXPECT_TRUE(stream.chance(1));
}

TEST(StreamTest, IsTheSameOnEveryPlatform) {
  Stream stream(42);
  EXPECT_EQ(stream.next(),
            0xbdd732262feb6e95ull);  // SplitMix64 from 42, as its author's reference gives it
}

TEST(FaultTest, IsWrittenAsItIsRead) {
  for (const char* text :
       {"mail:spam@nth=2",
        "mail:delay=PT2H@window=2026-01-01T00:00:00+09:00/2026-01-02T00:00:00+09:00",
        "telephone:no-answer@subject=application/1", "mail:loss@probability=0.1", "mail:loss"}) {
    const auto fault = parse_fault(text);
    ASSERT_TRUE(fault) << fault.error().text();
    EXPECT_EQ(to_text(*fault), text);
  }
}

TEST(FaultTest, ReadsEveryKindOfItsTableAndNoneTwice) {
  std::set<std::string> seen;
  for (const FaultKind& kind : fault_kinds()) {
    const std::string text = std::string(kind.fake) + ":" + std::string(kind.kind);
    EXPECT_TRUE(seen.insert(text).second) << text;
    ASSERT_TRUE(parse_fault(text + "@nth=3")) << text;
    EXPECT_EQ(to_text(*parse_fault(text + "@nth=3")), text + "@nth=3");
    EXPECT_EQ(parse_fault(text + "=P2D").has_value(), kind.kind == "delay") << text;
  }
}

TEST(FaultTest, RefusesWhatNoFakeDoes) {
  for (const auto& [text, said] :
       std::vector<std::pair<const char*, const char*>>{{"mail", "FAKE:KIND"},
                                                        {"mail:spma", "did you mean 'mail:spam'?"},
                                                        {"mail:spam@nth=0", "from 1"},
                                                        {"mail:spam@n=1", "there is no 'n'"},
                                                        {"mail:delay=2h", "no duration"},
                                                        {"mail:spam=PT1H", "only a delay"},
                                                        {"mail:loss@probability=2", "from 0 to 1"},
                                                        {"mail:loss@window=x", "FROM/TO"}}) {
    const auto fault = parse_fault(text);
    ASSERT_FALSE(fault) << text;
    EXPECT_NE(fault.error().what.find(said), std::string::npos) << fault.error().text();
  }
}

TEST(FaultTest, StrikesWhenItShouldAndOnlyThen) {
  Streams streams(1);
  Faults faults(
      {*parse_fault("mail:spam@nth=2"), *parse_fault("mail:loss@subject=application/2"),
       *parse_fault("mail:delay=PT1H@window=2026-01-02T00:00:00+09:00/2026-01-03T00:00:00+09:00")});
  const Instant day1 = at("2026-01-01T00:00:00+09:00");
  const Instant day2 = at("2026-01-02T00:00:00+09:00");
  EXPECT_FALSE(faults.strikes("mail", "application/1", day1, streams));
  EXPECT_EQ(faults.strikes("mail", "application/1", day1, streams)->kind, "spam");
  EXPECT_EQ(faults.strikes("mail", "application/2", day1, streams)->kind, "loss");
  EXPECT_EQ(faults.strikes("mail", "application/1", day2, streams)->kind, "delay");
  EXPECT_FALSE(faults.strikes("mail", "application/1", day2 + days(1), streams))
      << "the end of a window is outside";
  EXPECT_FALSE(faults.strikes("telephone", "application/2", day1, streams));
}

TEST(ConductTest, RefusesChoicesAndOptionsThatThereAreNot) {
  EXPECT_TRUE(Conduct::make(kJpr, {{"telephone", "waive"}, {"revocation", "any"}}));
  EXPECT_NE(Conduct::make(kJpr, {{"telefone", "waive"}}).error().what.find("telephone"),
            std::string::npos);
  EXPECT_NE(Conduct::make(kJpr, {{"telephone", "wave"}}).error().what.find("waive"),
            std::string::npos);
}

TEST(HashTest, IsSha256) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace shinsa::sim
