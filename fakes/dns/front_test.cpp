#include "fakes/dns/front.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <vector>

#include "fakes/wire/testing/peers.hpp"

namespace shinsa::fakes::dns {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using wire::testing::eventually;
using wire::testing::RawClient;

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

/// `www.example.jp A` behind its length.
std::string query_over_tcp(char id = 'x') {
  const std::string query =
      std::string("x") + id + std::string("\1\0\0\1\0\0\0\0\0\0\3www\7example\2jp\0\0\1\0\1", 30);
  return std::string(1, '\0') + static_cast<char>(query.size()) + query;
}

class DnsFrontTest : public ::testing::Test {
 protected:
  DnsFrontTest() {
    set("www.example.jp", Type::a, {"192.0.2.1"});
    set("alias.example.jp", Type::cname, {"www.example.jp"});
    set("long.example.jp", Type::txt, {std::string(3000, 'x')});
    set("example.jp", Type::caa, {"0 issue \"jprs.jp\""});
    EXPECT_TRUE(dns_.put("slow.example.jp", Status::timeout, kMorning));
  }
  void set(std::string_view name, Type type, const Values& values) {
    EXPECT_TRUE(dns_.set(name, type, values, kMorning));
  }
  Front start(FrontOptions options = {}) {
    options.now = [this] { return now_.load(); };
    options.on_query = [this](const QueryLine& line) {
      const std::lock_guard lock(guard_);
      lines_.push_back(line);
    };
    auto started = Front::start(loop_, dns_, std::move(options));
    EXPECT_TRUE(started) << started.error().text();
    return std::move(*started);
  }
  std::vector<QueryLine> lines() {
    const std::lock_guard lock(guard_);
    return lines_;
  }
  static std::string dig(const Front& front, const std::string& what) {
    return wire::testing::run("dig @127.0.0.1 -p " + std::to_string(front.port()) +
                              " +noall +answer +comments +tries=1 " + what)
        .output;
  }

  Dns dns_;
  std::atomic<Instant> now_ = kMorning;
  std::mutex guard_;
  std::vector<QueryLine> lines_;
  wire::testing::RunningLoop loop_;
};

TEST_F(DnsFrontTest, AnswersDigOverUdpAndTcp) {
  const Front front = start();

  for (const std::string how : {"", "+tcp "}) {
    EXPECT_EQ(dig(front, how + "+short alias.example.jp A"), "www.example.jp.\n192.0.2.1\n");
    EXPECT_EQ(dig(front, how + "+short example.jp CAA"), "0 issue \"jprs.jp\"\n");
    EXPECT_THAT(dig(front, how + "nowhere.example.jp"), HasSubstr("status: NXDOMAIN"));
  }
  EXPECT_THAT(dig(front, "+noedns www.example.jp"), Not(HasSubstr("EDNS")));
  EXPECT_THAT(dig(front, "www.example.jp"), HasSubstr("EDNS: version: 0, flags:; udp: 1232"));
  EXPECT_THAT(dig(front, "+edns=1 +noednsneg www.example.jp"), HasSubstr("status: BADVERS"));
  EXPECT_THAT(dig(front, "CH TXT version.bind"), HasSubstr("status: REFUSED"));
  EXPECT_THAT(dig(front, "+opcode=STATUS www.example.jp"), HasSubstr("status: NOTIMP"));
}

TEST_F(DnsFrontTest, SendsDigToTcpForALongAnswer) {
  const Front front = start();

  EXPECT_THAT(dig(front, "+ignore long.example.jp TXT"), HasSubstr("flags: qr aa tc rd ra"));
  EXPECT_THAT(dig(front, "long.example.jp TXT"), HasSubstr(std::string(255, 'x')));
  const auto told = lines();
  ASSERT_EQ(told.size(), 3u);
  EXPECT_TRUE(told[1].is_truncated);
  EXPECT_EQ(told[2].transport, Transport::tcp);
  EXPECT_GT(told[2].bytes, 3000u);
}

TEST_F(DnsFrontTest, SaysNothingForANameThatTimesOut) {
  const Front front = start();

  EXPECT_THAT(dig(front, "+time=1 slow.example.jp"), HasSubstr("no servers could be reached"));

  ASSERT_EQ(lines().size(), 1u);
  EXPECT_EQ(lines()[0].outcome, "timeout");
  EXPECT_EQ(lines()[0].bytes, 0u);
}

TEST_F(DnsFrontTest, AnswersForTheInstantOfTheClock) {
  ASSERT_TRUE(dns_.set("www.example.jp", Type::a, {"192.0.2.9"}, kMorning + hours(1)));
  const Front front = start();

  EXPECT_EQ(dig(front, "+short www.example.jp"), "192.0.2.1\n");
  now_ = kMorning + hours(1);
  EXPECT_EQ(dig(front, "+short www.example.jp"), "192.0.2.9\n");
}

TEST_F(DnsFrontTest, FailsAsItIsTold) {
  FrontOptions options;
  options.fault = [](std::string_view, Transport) {
    return QueryFault{.status = Status::servfail};
  };
  const Front front = start(std::move(options));

  EXPECT_THAT(dig(front, "www.example.jp"), HasSubstr("status: SERVFAIL"));
}

TEST_F(DnsFrontTest, FailsForOneNameAloneWhoeverSpellsIt) {
  FrontOptions options;
  options.fault = [](std::string_view name, Transport) {
    return name == "www.example.jp" ? QueryFault{.status = Status::servfail} : QueryFault{};
  };
  const Front front = start(std::move(options));

  EXPECT_THAT(dig(front, "WWW.example.jp"), HasSubstr("status: SERVFAIL"));
  EXPECT_THAT(dig(front, "other.example.jp"), ::testing::Not(HasSubstr("SERVFAIL")));
}

TEST_F(DnsFrontTest, KeepsAnAnswerBackOverUdp) {
  std::atomic<int> delay = 10'000;
  FrontOptions options;
  options.fault = [&](std::string_view, Transport) {
    return QueryFault{.delay = std::chrono::milliseconds(delay)};
  };
  const Front front = start(std::move(options));

  EXPECT_THAT(dig(front, "+time=1 www.example.jp"), HasSubstr("no servers could be reached"));
  delay = 50;
  EXPECT_THAT(dig(front, "www.example.jp"), HasSubstr("status: NOERROR"));
}

TEST_F(DnsFrontTest, LetsOthersOvertakeAnAnswerThatIsKeptBackOverTcp) {
  std::atomic<int> asked = 0;
  FrontOptions options;
  options.fault = [&](std::string_view, Transport) {
    return QueryFault{.delay = std::chrono::milliseconds(asked++ == 0 ? 300 : 0)};
  };
  const Front front = start(std::move(options));
  RawClient client(front.port());

  client.send(query_over_tcp('1') + query_over_tcp('2'));
  client.say_no_more();
  const std::string all = client.receive_all();

  EXPECT_LT(all.find("x2"), all.find("x1"));
  EXPECT_NE(all.find("x1"), std::string::npos);
}

TEST_F(DnsFrontTest, TruncatesOverUdpSoThatTheClientComesByTcp) {
  FrontOptions options;
  options.fault = [](std::string_view, Transport) { return QueryFault{.is_truncated = true}; };
  const Front front = start(std::move(options));

  EXPECT_THAT(dig(front, "+ignore www.example.jp"), HasSubstr("flags: qr aa tc rd ra"));
  EXPECT_THAT(dig(front, "www.example.jp"), HasSubstr("192.0.2.1"));
  const auto told = lines();
  ASSERT_EQ(told.size(), 3u);
  EXPECT_TRUE(told[0].is_truncated);
  EXPECT_EQ(told[2].transport, Transport::tcp);
  EXPECT_FALSE(told[2].is_truncated);
}

TEST_F(DnsFrontTest, TellsTheLogWhoAskedForWhat) {
  const Front front = start();
  dig(front, "WWW.example.jp");

  ASSERT_EQ(lines().size(), 1u);
  EXPECT_THAT(lines()[0].peer, ::testing::StartsWith("127.0.0.1:"));
  EXPECT_EQ(lines()[0].question, "WWW.example.jp. A");
  EXPECT_EQ(lines()[0].outcome, "NOERROR");
  EXPECT_EQ(lines()[0].at, kMorning);
}

TEST_F(DnsFrontTest, AnswersSeveralQueriesOfAConnectionInTheirOrder) {
  const Front front = start();
  RawClient client(front.port());

  client.send(query_over_tcp('1') + query_over_tcp('2') + query_over_tcp('3').substr(0, 9));
  const std::string address("\xc0\0\x02\x01", 4);
  EXPECT_THAT(client.receive_until(address), HasSubstr("x1"));
  EXPECT_THAT(client.receive_until(address), HasSubstr("x2"));
  client.send(query_over_tcp('3').substr(9));
  client.say_no_more();

  EXPECT_THAT(client.receive_all(), HasSubstr("x3"));
  EXPECT_EQ(client.end(), "closed");
}

TEST_F(DnsFrontTest, ClosesAConnectionThatAnnouncesTooMuchOrSaysTooLittle) {
  std::vector<std::string> troubles;
  FrontOptions options;
  options.limits.idle = 50ms;
  options.on_trouble = [&](const std::string&, const std::string& what) {
    const std::lock_guard lock(guard_);
    troubles.push_back(what);
  };
  const Front front = start(std::move(options));

  RawClient too_much(front.port());
  too_much.send("\xff\xff");
  EXPECT_EQ(too_much.receive_all(), "");
  EXPECT_NE(too_much.end(), "timeout");
  RawClient too_little(front.port());
  too_little.send(query_over_tcp().substr(0, 5));
  EXPECT_EQ(too_little.receive_all(), "");
  EXPECT_NE(too_little.end(), "timeout");
  const std::lock_guard lock(guard_);
  EXPECT_THAT(troubles, ElementsAre("the client announces a packet of 65535 bytes",
                                    "the client took too long"));
}

TEST_F(DnsFrontTest, AnswersGarbageWithAnErrorAndGoesOn) {
  const Front front = start();
  RawClient client(front.port());

  client.send(std::string("\0\x0e"
                          "ab\1\0\0\1\0\0\0\0\0\0\xc0\x0c",
                          16) +
              query_over_tcp('2'));

  // FORMERR is the fourth byte of the header; length and header are 14 bytes.
  EXPECT_EQ(client.receive_until(std::string("ab\x81\x01", 4)), std::string("\0\x0c"
                                                                            "ab\x81\x01",
                                                                            6));
  EXPECT_THAT(client.receive_until(std::string("\xc0\0\x02\x01", 4)), HasSubstr("x2"));
}

TEST_F(DnsFrontTest, ServesOthersWhileAThousandConnectionsAreHalfOpen) {
  wire::testing::raise_descriptor_limit();
  const Front front = start();
  {
    std::vector<RawClient> half_open;
    for (int i = 0; i < 1000; ++i) {
      half_open.emplace_back(front.port());
      ASSERT_TRUE(half_open.back().is_connected());
      half_open.back().send(query_over_tcp().substr(0, static_cast<std::size_t>(i % 9)));
    }
    EXPECT_EQ(dig(front, "+short +tcp www.example.jp"), "192.0.2.1\n");
    EXPECT_EQ(dig(front, "+short www.example.jp"), "192.0.2.1\n");
    EXPECT_LE(front.connections(), wire::PacketLimits().connections);
  }
  EXPECT_TRUE(eventually([&] { return front.connections() == 0; }));
}

TEST_F(DnsFrontTest, DoesNotKeepAnswersForAClientThatReadsNone) {
  FrontOptions options;
  options.limits.idle = 50ms;
  const Front front = start(std::move(options));
  set("www.example.jp", Type::a, Values(1, "192.0.2.1"));
  RawClient client(front.port(), 4096);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += query_over_tcp();
  std::thread writer([&] {
    while (client.send(many)) {
    }
  });

  writer.join();  // the server has closed, and the client could not write

  EXPECT_TRUE(eventually([&] { return front.connections() == 0; }));
}

TEST(DnsFrontStartTest, SaysWhyItCannotListen) {
  wire::Loop loop;
  const Dns dns;
  const auto now = [] { return kMorning; };
  const auto first = Front::start(loop, dns, {.now = now});
  ASSERT_TRUE(first);

  const auto taken = Front::start(loop, dns, {.port = first->port(), .now = now});

  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().where, EndsWith(std::to_string(first->port())));
}

}  // namespace
}  // namespace shinsa::fakes::dns
