#include "cli/serve/input.hpp"

#include <gtest/gtest.h>

namespace shinsa::cli {
namespace {

Noted there_and_back(const Noted& noted) {
  const std::string line = to_line(noted);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  auto read = read_noted(line);
  EXPECT_TRUE(read) << line;
  return read ? std::move(*read) : Noted{};
}

TEST(InputTest, KeepsARequestByteForByte) {
  const fakes::wire::HttpRequest request{"POST",
                                         "https",
                                         "127.0.0.1:14000",
                                         "/acme/new-order?a=b",
                                         {{"User-Agent", "one"}, {"User-Agent", "\"two\"\\"}},
                                         std::string("\xff\x00\n{}\xc3", 6),
                                         {}};

  const Noted back = there_and_back({{Instant{1'795'000'000}, AcmeAsked{request}}, "0123"});

  EXPECT_EQ(back.input.at, Instant{1'795'000'000});
  EXPECT_EQ(back.said, "0123");
  const auto& kept = std::get<AcmeAsked>(back.input.what).request;
  EXPECT_EQ(kept.method, request.method);
  EXPECT_EQ(kept.scheme, request.scheme);
  EXPECT_EQ(kept.host, request.host);
  EXPECT_EQ(kept.target, request.target);
  EXPECT_EQ(kept.headers, request.headers);
  EXPECT_EQ(kept.body, request.body);
}

TEST(InputTest, KeepsEveryOtherKind) {
  const auto of = [](auto what) { return there_and_back({{Instant{7}, what}, {}}).input.what; };

  EXPECT_TRUE(std::holds_alternative<TimePassed>(of(TimePassed{})));
  EXPECT_EQ(std::get<EventAsked>(of(EventAsked{"{}"})).event, "{}");
  EXPECT_EQ(std::get<WebAnswered>(of(WebAnswered{3, "{}"})).fetch, 3u);
  EXPECT_EQ(std::get<WebAnswered>(of(WebAnswered{3, "{}"})).event, "{}");
  EXPECT_TRUE(std::get<ClockRuns>(of(ClockRuns{true})).runs);
  EXPECT_EQ(std::get<FaultAsked>(of(FaultAsked{"no json"})).fault, "no json");
  EXPECT_TRUE(std::holds_alternative<FaultsCleared>(of(FaultsCleared{})));
  EXPECT_EQ(std::get<KeyGiven>(of(KeyGiven{"account/1", "{}"})).account, "account/1");
  EXPECT_EQ(std::get<KeyGiven>(of(KeyGiven{"account/1", "{}"})).jwk, "{}");
  const WireRequest query{WireFront::dns, "", "www.example.jp", false, true};
  const WireRequest back = std::get<FrontAsked>(of(FrontAsked{query})).request;
  EXPECT_EQ(back.front, WireFront::dns);
  EXPECT_EQ(back.name, "www.example.jp");
  EXPECT_TRUE(back.by_tcp);
}

TEST(InputTest, RefusesWhatIsNoLine) {
  for (const char* line :
       {"", "{", "[]", "{}", "{\"at\":\"now\"}", "{\"at\":1,\"acme\":{}}", "{\"at\":1,\"fetch\":1}",
        "{\"at\":1,\"front\":{\"at\":\"post\"}}", "{\"at\":1,\"clock\":\"no\"}"})
    EXPECT_FALSE(read_noted(line)) << line;
}

}  // namespace
}  // namespace shinsa::cli
