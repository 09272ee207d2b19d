#include "cli/serve/wire_faults.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

using Kind = WireFault::Kind;
constexpr Instant kNow{1'000};

WireRequest asked(const char* path) { return {WireFront::acme, path}; }
WireRequest query(const char* name, bool by_tcp = false) {
  return {WireFront::dns, {}, name, false, by_tcp};
}

WireFault fault_in(const char* text) {
  const auto fault = parse_wire_fault(text);
  EXPECT_TRUE(fault) << fault.error().text();
  return fault.value_or(WireFault{});
}

TEST(WireFaultsTest, NothingGoesWrongUnasked) {
  WireFaults faults;

  EXPECT_FALSE(faults.next(asked("/acme/new-order"), kNow));
}

TEST(WireFaultsTest, IsForTheNthRequestOfItsPath) {
  WireFaults faults;
  WireFault fault;
  fault.path = "/acme/new-order";
  fault.nth = 2;
  faults.add(fault);

  EXPECT_FALSE(faults.next(asked("/acme/new-order"), kNow));
  EXPECT_FALSE(faults.next(asked("/directory"), kNow));
  EXPECT_TRUE(faults.next(asked("/acme/new-order"), kNow));
  EXPECT_FALSE(faults.next(asked("/acme/new-order"), kNow));
  EXPECT_EQ(faults.all().front().seen, 3u);
}

TEST(WireFaultsTest, IsForItsWindowWhoseEndIsOutside) {
  WireFaults faults;
  WireFault fault;
  fault.from = kNow;
  fault.to = kNow + seconds(10);
  faults.add(fault);

  EXPECT_FALSE(faults.next(asked("/directory"), kNow - seconds(1)));
  EXPECT_TRUE(faults.next(asked("/directory"), kNow));
  EXPECT_TRUE(faults.next(asked("/directory"), kNow + seconds(9)));
  EXPECT_FALSE(faults.next(asked("/directory"), kNow + seconds(10)));
}

TEST(WireFaultsTest, TheFirstOfSeveralIsPlayedAndAllCount) {
  WireFaults faults;
  WireFault slow, reset;
  slow.kind = Kind::slow;
  slow.nth = 2;
  reset.kind = Kind::reset;
  faults.add(slow);
  faults.add(reset);

  EXPECT_EQ(faults.next(asked("/"), kNow)->kind, Kind::reset);
  EXPECT_EQ(faults.next(asked("/"), kNow)->kind, Kind::slow);
  EXPECT_EQ(faults.all().back().seen, 2u);
}

TEST(WireFaultsTest, IsForItsFrontAlone) {
  WireFaults faults;
  faults.add(fault_in(R"({"front": "ca", "kind": "reset"})"));

  EXPECT_FALSE(faults.next(asked("/"), kNow));
  EXPECT_FALSE(faults.next({WireFront::http, "/"}, kNow));
  EXPECT_FALSE(faults.is_one_for(query("www.example.jp"), kNow));
  EXPECT_TRUE(faults.is_one_for({WireFront::ca, "/ocsp"}, kNow));
  EXPECT_EQ(faults.all().front().seen, 0u);
  EXPECT_TRUE(faults.next({WireFront::ca, "/ocsp"}, kNow));
}

TEST(WireFaultsTest, IsForTheNameThatIsAskedAbout) {
  WireFaults faults;
  faults.add(fault_in(R"({"front": "dns", "name": "WWW.Example.jp.", "kind": "servfail"})"));

  EXPECT_FALSE(faults.next(query("example.jp"), kNow));
  EXPECT_TRUE(faults.next(query("www.example.jp", true), kNow));
}

TEST(WireFaultsTest, TruncatesNothingOverTcp) {
  WireFaults faults;
  faults.add(fault_in(R"({"front": "dns", "kind": "truncated", "nth": 1})"));

  EXPECT_FALSE(faults.next(query("example.jp", true), kNow));
  EXPECT_TRUE(faults.next(query("example.jp"), kNow));
}

TEST(WireFaultsTest, ProcessingIsForRequestsThatBeginWork) {
  WireFaults faults;
  faults.add(fault_in(R"({"path": "/acme/order/", "kind": "processing", "nth": 1})"));

  EXPECT_FALSE(faults.next(asked("/acme/order/1"), kNow));
  EXPECT_FALSE(faults.next({WireFront::acme, "/acme/challenge/1-1-file", {}, true}, kNow));
  EXPECT_TRUE(faults.next({WireFront::acme, "/acme/order/1/finalize", {}, true}, kNow));
}

TEST(WireFaultsTest, SpoilsAnAnswerOnItsWay) {
  const auto spoilt = [](const char* text) {
    fakes::wire::HttpResponse response{.status = 200, .headers = {{"A", "b"}}, .body = "page"};
    spoil(fault_in(text), response);
    return response;
  };

  const auto status = spoilt(R"({"front": "http", "kind": "status", "retry_after": 5})");
  EXPECT_EQ(status.status, 503);
  EXPECT_EQ(status.body.find("page"), std::string::npos);
  EXPECT_EQ(*fakes::wire::find(status.headers, "Retry-After"), "5");
  EXPECT_TRUE(spoilt(R"({"front": "ca", "kind": "reset"})").spoiling.reset);
  EXPECT_TRUE(spoilt(R"({"front": "ca", "kind": "silent"})").spoiling.silent);
  EXPECT_EQ(spoilt(R"({"front": "ca", "kind": "truncated", "bytes": 3})").spoiling.cut_after, 3u);
  EXPECT_EQ(spoilt(R"({"front": "ca", "kind": "slow", "delay_ms": 7})").spoiling.delay.count(), 7);
}

TEST(WireFaultsTest, ReadsWhatItWrites) {
  for (const char* text :
       {R"({"front":"acme","path":"/acme","kind":"status","nth":3,)"
        R"("from":"2026-11-24T10:00:00+09:00","to":"2026-11-24T11:00:00+09:00",)"
        R"("status":429,"retry_after":7})",
        R"({"front":"acme","path":"/acme/order/","kind":"processing","seconds":30})",
        R"({"front":"dns","name":"www.example.jp","kind":"slow","delay_ms":20})",
        R"({"front":"dns","kind":"truncated"})",
        R"({"front":"https","path":"/","name":"www.example.jp","kind":"truncated","bytes":9})"})
    EXPECT_EQ(to_json(fault_in(text)), text);
  EXPECT_EQ(to_json({fault_in(R"({"kind": "reset"})"), 2}),
            R"({"front":"acme","path":"/","kind":"reset","seen":2})");
}

TEST(WireFaultsTest, SaysWhatIsWrongWithOne) {
  const struct {
    const char *text, *says;
  } kRows[] = {
      {"nothing", "a fault is a JSON object"},
      {R"({"kind": "chaos"})",
       "kind: it wants status, slow, reset, silent, truncated, bad-nonce or processing"},
      {R"({"front": "post"})", "front: it wants acme, dns, http, https or ca"},
      {R"({"front": "dns", "kind": "reset"})",
       "kind: it wants servfail, nxdomain, silent, slow or truncated"},
      {R"({"kind": "chaos", "front": "dns"})",
       "kind: it wants servfail, nxdomain, silent, slow or truncated"},
      {R"({"front": "dns"})", "kind: it wants servfail, nxdomain, silent, slow or truncated"},
      {R"({"front": "ca", "kind": "bad-nonce"})",
       "kind: it wants status, slow, reset, silent or truncated"},
      {R"({"front": "http", "kind": "servfail"})",
       "kind: it wants status, slow, reset, silent or truncated"},
      {R"({"front": "ca", "name": "example.jp"})",
       "name: a fault of this front has none, names are of dns, http and https"},
      {R"({"front": "dns", "kind": "slow", "path": "/"})",
       "path: a fault of this front has none, a query is told by its name"},
      {R"({"front": "dns", "name": "", "kind": "slow"})", "name: it wants a name"},
      {R"({"nth": 0})", "nth: it wants a number from 1"},
      {R"({"kind": "processing", "seconds": 0})", "seconds: it wants a number from 1"},
      {R"({"status": 200})", "status: it wants a number from 400"},
      {R"({"from": "noon"})", "from: it wants a time such as 2026-11-24T10:00:00+09:00"},
      {R"({"from": "2026-11-24T10:00:00+09:00", "to": "2026-11-24T10:00:00+09:00"})",
       "to: the window ends before it begins"},
      {R"({"pathh": "/"})",
       "pathh: there is no such member, there are front, path, name, kind, nth, from, to, "
       "status, retry_after, delay_ms, bytes and seconds"}};
  for (const auto& row : kRows) {
    const auto fault = parse_wire_fault(row.text);
    ASSERT_FALSE(fault) << row.text;
    EXPECT_EQ(fault.error().text(), row.says);
  }
}

TEST(WireFaultsTest, WhatIsSaidInPlaceOfTheServerNeverReachesIt) {
  for (const Kind kind : {Kind::status, Kind::bad_nonce}) EXPECT_FALSE(reaches_the_server(kind));
  for (const Kind kind : {Kind::slow, Kind::reset, Kind::silent, Kind::truncated, Kind::processing})
    EXPECT_TRUE(reaches_the_server(kind));
}

}  // namespace
}  // namespace shinsa::cli
