#include "cli/serve/wire_faults.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

using Kind = WireFault::Kind;
constexpr Instant kNow{1'000};

TEST(WireFaultsTest, NothingGoesWrongUnasked) {
  WireFaults faults;

  EXPECT_FALSE(faults.next("/acme/new-order", kNow));
}

TEST(WireFaultsTest, IsForTheNthRequestOfItsPath) {
  WireFaults faults;
  WireFault fault;
  fault.path = "/acme/new-order";
  fault.nth = 2;
  faults.add(fault);

  EXPECT_FALSE(faults.next("/acme/new-order", kNow));
  EXPECT_FALSE(faults.next("/directory", kNow));
  EXPECT_TRUE(faults.next("/acme/new-order", kNow));
  EXPECT_FALSE(faults.next("/acme/new-order", kNow));
  EXPECT_EQ(faults.all().front().seen, 3u);
}

TEST(WireFaultsTest, IsForItsWindowWhoseEndIsOutside) {
  WireFaults faults;
  WireFault fault;
  fault.from = kNow;
  fault.to = kNow + seconds(10);
  faults.add(fault);

  EXPECT_FALSE(faults.next("/directory", kNow - seconds(1)));
  EXPECT_TRUE(faults.next("/directory", kNow));
  EXPECT_TRUE(faults.next("/directory", kNow + seconds(9)));
  EXPECT_FALSE(faults.next("/directory", kNow + seconds(10)));
}

TEST(WireFaultsTest, TheFirstOfSeveralIsPlayedAndAllCount) {
  WireFaults faults;
  WireFault slow, reset;
  slow.kind = Kind::slow;
  slow.nth = 2;
  reset.kind = Kind::reset;
  faults.add(slow);
  faults.add(reset);

  EXPECT_EQ(faults.next("/", kNow)->kind, Kind::reset);
  EXPECT_EQ(faults.next("/", kNow)->kind, Kind::slow);
  EXPECT_EQ(faults.all().back().seen, 2u);
}

TEST(WireFaultsTest, ReadsWhatItWrites) {
  const auto fault = parse_wire_fault(
      R"({"path": "/acme", "kind": "status", "nth": 3, "status": 429, "retry_after": 7,
          "from": "2026-11-24T10:00:00+09:00", "to": "2026-11-24T11:00:00+09:00"})");
  ASSERT_TRUE(fault) << fault.error().text();

  EXPECT_EQ(to_json({*fault, 0}),
            R"({"path":"/acme","seen":0,"kind":"status","nth":3,)"
            R"("from":"2026-11-24T10:00:00+09:00","to":"2026-11-24T11:00:00+09:00",)"
            R"("status":429,"retry_after":7})");
}

TEST(WireFaultsTest, SaysWhatIsWrongWithOne) {
  const struct {
    const char *text, *says;
  } kRows[] = {{"nothing", "a fault is a JSON object"},
               {R"({"kind": "chaos"})",
                "kind: it wants status, slow, reset, silent, truncated or bad-nonce"},
               {R"({"nth": 0})", "nth: it wants a number from 1"},
               {R"({"status": 200})", "status: it wants a number from 400"},
               {R"({"from": "noon"})", "from: it wants a time such as 2026-11-24T10:00:00+09:00"},
               {R"({"pathh": "/"})",
                "pathh: there is no such member, there are path, kind, nth, from, to, status, "
                "retry_after, delay_ms and bytes"}};
  for (const auto& row : kRows) {
    const auto fault = parse_wire_fault(row.text);
    ASSERT_FALSE(fault) << row.text;
    EXPECT_EQ(fault.error().text(), row.says);
  }
}

TEST(WireFaultsTest, WhatIsSaidInPlaceOfTheServerNeverReachesIt) {
  for (const Kind kind : {Kind::status, Kind::bad_nonce}) EXPECT_FALSE(reaches_the_server(kind));
  for (const Kind kind : {Kind::slow, Kind::reset, Kind::silent, Kind::truncated})
    EXPECT_TRUE(reaches_the_server(kind));
}

}  // namespace
}  // namespace shinsa::cli
