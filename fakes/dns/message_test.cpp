#include "fakes/dns/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fakes/dns/query.hpp"
#include "fakes/dns/record.hpp"

namespace shinsa::fakes::dns {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

std::string two(unsigned value) {
  return {static_cast<char>(value >> 8), static_cast<char>(value & 0xff)};
}

std::string wire_name(std::string_view name) {
  const FieldOwner field = name_field_of_text(name);
  return {reinterpret_cast<const char*>(ldns_rdf_data(field.get())), ldns_rdf_size(field.get())};
}

/// A query by hand, so that each part of it can be wrong.
struct Asked {
  unsigned id = 0x1234;
  unsigned flags = 0x0100;
  unsigned questions = 1;
  std::string name = wire_name("www.example.jp");
  unsigned type = 1;
  unsigned class_ = 1;
  unsigned answers = 0;
  unsigned additionals = 0;
  std::string rest = {};
  [[nodiscard]] std::string bytes() const {
    return two(id) + two(flags) + two(questions) + two(answers) + two(0) + two(additionals) + name +
           two(type) + two(class_) + rest;
  }
};

std::string opt(unsigned udp_size, unsigned version = 0, unsigned flags = 0) {
  return std::string(1, '\0') + two(wire_type::kOpt) + two(udp_size) + two(version) + two(flags) +
         two(0);
}
Asked with_opt(Asked asked, unsigned udp_size, unsigned version = 0, unsigned flags = 0) {
  asked.additionals = 1;
  asked.rest = opt(udp_size, version, flags);
  return asked;
}

/// What a resolver of ldns makes of an answer.
struct Seen {
  MessageOwner message;

  explicit Seen(const std::string& bytes) {
    ldns_pkt* read = nullptr;
    EXPECT_EQ(
        ldns_wire2pkt(&read, reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()),
        LDNS_STATUS_OK);
    message.reset(read);
  }
  [[nodiscard]] std::vector<std::string> section(ldns_rr_list* list) const {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < ldns_rr_list_rr_count(list); ++i) {
      char* text = ldns_rr2str(ldns_rr_list_rr(list, i));
      lines.emplace_back(text);
      std::free(text);
      for (char& c : lines.back())
        if (c == '\t') c = ' ';
      while (!lines.back().empty() && lines.back().back() == '\n') lines.back().pop_back();
    }
    return lines;
  }
  [[nodiscard]] std::vector<std::string> answers() const {
    return section(ldns_pkt_answer(message.get()));
  }
  [[nodiscard]] std::vector<std::string> authorities() const {
    return section(ldns_pkt_authority(message.get()));
  }
  [[nodiscard]] int rcode() const { return ldns_pkt_get_rcode(message.get()); }
};

class DnsMessageTest : public ::testing::Test {
 protected:
  DnsMessageTest() {
    set("example.jp", Type::soa, {"ns.example.jp hostmaster.example.jp 7 7200 900 1209600 86400"});
    set("example.jp", Type::ns, {"ns.example.jp", "ns2.example.jp"});
    set("example.jp", Type::mx, {"10 mail.example.jp", "0 ."});
    set("www.example.jp", Type::a, {"192.0.2.1", "192.0.2.2"});
    set("www.example.jp", Type::aaaa, {"2001:db8::1"});
    set("example.jp", Type::caa, {"0 issue \"jprs.jp\"", "128 tbs \"x\""});
  }
  void set(std::string_view name, Type type, const Values& values) {
    const auto done = dns_.set(name, type, values, kMorning);
    EXPECT_TRUE(done) << done.error().text();
  }
  [[nodiscard]] Reply reply(const Asked& asked, Transport transport = Transport::udp) const {
    return answer(asked.bytes(), transport, dns_, kMorning);
  }
  [[nodiscard]] Seen seen(std::string_view name, unsigned type,
                          Transport transport = Transport::udp) const {
    const Reply given = reply({.name = wire_name(name), .type = type}, transport);
    EXPECT_TRUE(given.bytes);
    return Seen(given.bytes.value_or(""));
  }
  Dns dns_;
};

TEST_F(DnsMessageTest, AnswersEachTypeOfRecord) {
  EXPECT_THAT(seen("www.example.jp", 1).answers(),
              ElementsAre("www.example.jp. 0 IN A 192.0.2.1", "www.example.jp. 0 IN A 192.0.2.2"));
  EXPECT_THAT(seen("www.example.jp", 28).answers(),
              ElementsAre("www.example.jp. 0 IN AAAA 2001:db8::1"));
  EXPECT_THAT(seen("example.jp", 257).answers(),
              ElementsAre("example.jp. 0 IN CAA 0 issue \"jprs.jp\"",
                          "example.jp. 0 IN CAA 128 tbs \"x\""));
  EXPECT_THAT(seen("example.jp", 15).answers(),
              ElementsAre("example.jp. 0 IN MX 10 mail.example.jp.", "example.jp. 0 IN MX 0 ."));
  EXPECT_THAT(seen("example.jp", 2).answers(), ElementsAre("example.jp. 0 IN NS ns.example.jp.",
                                                           "example.jp. 0 IN NS ns2.example.jp."));
  EXPECT_THAT(seen("example.jp", 6).answers(),
              ElementsAre("example.jp. 0 IN SOA ns.example.jp. hostmaster.example.jp. 7 7200 900 "
                          "1209600 86400"));
}

TEST_F(DnsMessageTest, SaysWhatTheAnswerIsTo) {
  const Reply given = reply({.id = 0xabcd, .flags = 0x0110});
  const Seen answer(*given.bytes);

  EXPECT_EQ(ldns_pkt_id(answer.message.get()), 0xabcd);
  EXPECT_TRUE(ldns_pkt_qr(answer.message.get()));
  EXPECT_TRUE(ldns_pkt_aa(answer.message.get()));
  EXPECT_TRUE(ldns_pkt_ra(answer.message.get()));
  EXPECT_TRUE(ldns_pkt_rd(answer.message.get()));
  EXPECT_TRUE(ldns_pkt_cd(answer.message.get()));
  EXPECT_FALSE(ldns_pkt_tc(answer.message.get()));
  EXPECT_FALSE(ldns_pkt_edns(answer.message.get())) << "none was in the query";
  EXPECT_THAT(answer.authorities(), IsEmpty());
  EXPECT_EQ(given.question, "www.example.jp. A");
  EXPECT_EQ(given.outcome, "NOERROR");
}

TEST_F(DnsMessageTest, SplitsALongTextAndKeepsSeveral) {
  const std::string text = std::string(255, 'a') + std::string(45, 'b');
  set("_acme-challenge.example.jp", Type::txt, {text, "second", ""});

  EXPECT_THAT(seen("_acme-challenge.example.jp", 16).answers(),
              ElementsAre("_acme-challenge.example.jp. 0 IN TXT \"" + std::string(255, 'a') +
                              "\" \"" + std::string(45, 'b') + "\"",
                          "_acme-challenge.example.jp. 0 IN TXT \"second\"",
                          "_acme-challenge.example.jp. 0 IN TXT \"\""));
}

TEST_F(DnsMessageTest, FollowsAliasesWithinTheAnswer) {
  set("a.example.jp", Type::cname, {"b.example.jp"});
  set("b.example.jp", Type::cname, {"www.example.jp"});
  set("lost.example.jp", Type::cname, {"nowhere.example.jp"});

  EXPECT_THAT(seen("a.example.jp", 28).answers(),
              ElementsAre("a.example.jp. 0 IN CNAME b.example.jp.",
                          "b.example.jp. 0 IN CNAME www.example.jp.",
                          "www.example.jp. 0 IN AAAA 2001:db8::1"));
  EXPECT_THAT(seen("a.example.jp", 5).answers(),
              ElementsAre("a.example.jp. 0 IN CNAME b.example.jp."));
  EXPECT_THAT(seen("lost.example.jp", 1).answers(),
              ElementsAre("lost.example.jp. 0 IN CNAME nowhere.example.jp."));
  EXPECT_EQ(seen("lost.example.jp", 1).rcode(), LDNS_RCODE_NXDOMAIN) << "RFC 6604";
}

TEST_F(DnsMessageTest, TellsNoSuchNameFromNoSuchRecord) {
  const Seen none = seen("nowhere.example.jp", 1);
  const Seen no_data = seen("www.example.jp", 16);
  const Seen above = seen("jp", 1);
  const Seen elsewhere = seen("example.net", 1);

  EXPECT_EQ(none.rcode(), LDNS_RCODE_NXDOMAIN);
  EXPECT_EQ(no_data.rcode(), LDNS_RCODE_NOERROR);
  EXPECT_EQ(above.rcode(), LDNS_RCODE_NOERROR);
  EXPECT_EQ(elsewhere.rcode(), LDNS_RCODE_NXDOMAIN);
  for (const Seen* one : {&none, &no_data}) {
    EXPECT_THAT(one->answers(), IsEmpty());
    EXPECT_THAT(one->authorities(),
                ElementsAre("example.jp. 0 IN SOA ns.example.jp. hostmaster.example.jp. 7 7200 900 "
                            "1209600 86400"));
  }
  EXPECT_THAT(elsewhere.authorities(), ElementsAre(HasSubstr(". 0 IN SOA ns.shinsa.invalid.")));
}

TEST_F(DnsMessageTest, KnowsWhetherANameExistsForTypesThatNobodyHas) {
  for (const unsigned type : {33u, 43u, 65u, 255u, 65280u}) {
    EXPECT_EQ(seen("www.example.jp", type).rcode(), LDNS_RCODE_NOERROR) << type;
    EXPECT_THAT(seen("www.example.jp", type).answers(), IsEmpty()) << type;
    EXPECT_EQ(seen("nowhere.example.jp", type).rcode(), LDNS_RCODE_NXDOMAIN) << type;
  }
  EXPECT_EQ(reply({.type = 65}).question, "www.example.jp. TYPE65");
}

TEST_F(DnsMessageTest, FailsAsTheZoneFails) {
  ASSERT_TRUE(dns_.put("broken.example.jp", Status::servfail, kMorning));
  ASSERT_TRUE(dns_.put("slow.example.jp", Status::timeout, kMorning));
  set("round.example.jp", Type::cname, {"round.example.jp"});

  EXPECT_EQ(seen("broken.example.jp", 1).rcode(), LDNS_RCODE_SERVFAIL);
  EXPECT_EQ(seen("broken.example.jp", 65).rcode(), LDNS_RCODE_SERVFAIL);
  EXPECT_EQ(seen("round.example.jp", 1).rcode(), LDNS_RCODE_SERVFAIL);
  const Reply nothing = reply({.name = wire_name("slow.example.jp")});
  EXPECT_FALSE(nothing.bytes);
  EXPECT_EQ(nothing.outcome, "timeout");
  EXPECT_EQ(nothing.question, "slow.example.jp. A");
}

TEST_F(DnsMessageTest, FailsAsItIsTold) {
  const std::string query = Asked().bytes();

  EXPECT_FALSE(answer(query, Transport::udp, dns_, kMorning, Status::timeout).bytes);
  EXPECT_EQ(answer(query, Transport::udp, dns_, kMorning, Status::servfail).outcome, "SERVFAIL");
  EXPECT_EQ(answer(query, Transport::udp, dns_, kMorning, Status::nxdomain).outcome, "NXDOMAIN");
}

TEST_F(DnsMessageTest, AnswersForTheInstantThatItIsAskedAt) {
  ASSERT_TRUE(dns_.set("www.example.jp", Type::a, {"192.0.2.9"}, kMorning + hours(1)));
  const std::string query = Asked().bytes();

  const Seen later(*answer(query, Transport::udp, dns_, kMorning + hours(1)).bytes);

  EXPECT_THAT(later.answers(), ElementsAre("www.example.jp. 0 IN A 192.0.2.9"));
  EXPECT_EQ(seen("www.example.jp", 1).answers().size(), 2u);
  EXPECT_EQ(answer(query, Transport::udp, dns_, kMorning - seconds(1)).outcome, "NXDOMAIN");
}

TEST_F(DnsMessageTest, KeepsTheCaseOfTheNameThatWasAskedFor) {
  const Seen answer = seen("wWw.EXAMPLE.jP", 1);

  EXPECT_THAT(answer.section(ldns_pkt_question(answer.message.get())),
              ElementsAre("wWw.EXAMPLE.jP. IN A"));
  EXPECT_EQ(answer.answers().at(0), "wWw.EXAMPLE.jP. 0 IN A 192.0.2.1");
}

TEST_F(DnsMessageTest, AnswersForTheRoot) {
  EXPECT_THAT(seen("", 6).answers(), ElementsAre(HasSubstr(". 0 IN SOA ns.shinsa.invalid.")));
  EXPECT_THAT(seen("", 2).authorities(), ElementsAre(HasSubstr("SOA")));
  EXPECT_EQ(seen("", 2).rcode(), LDNS_RCODE_NOERROR);
}

// ---- EDNS and sizes ----

TEST_F(DnsMessageTest, AnswersEdnsWithEdns) {
  const Seen answer(*reply(with_opt({}, 4096, 0, 0x8000)).bytes);

  EXPECT_TRUE(ldns_pkt_edns(answer.message.get()));
  EXPECT_EQ(ldns_pkt_edns_udp_size(answer.message.get()), kLargestUdpAnswer);
  EXPECT_EQ(ldns_pkt_edns_version(answer.message.get()), 0);
  EXPECT_TRUE(ldns_pkt_edns_do(answer.message.get()));
  EXPECT_EQ(answer.answers().size(), 2u);
}

TEST_F(DnsMessageTest, RefusesAVersionOfEdnsThatItDoesNotKnow) {
  const Reply given = reply(with_opt({}, 4096, 1));
  const Seen answer(*given.bytes);

  EXPECT_EQ(given.outcome, "BADVERS");
  EXPECT_EQ(answer.rcode(), 0);
  EXPECT_EQ(ldns_pkt_edns_extended_rcode(answer.message.get()), 1);
}

TEST_F(DnsMessageTest, TruncatesWhatHasNoRoomOverUdp) {
  set("long.example.jp", Type::txt, {std::string(470, 'x')});
  set("longer.example.jp", Type::txt, {std::string(1300, 'x')});
  const auto asked = [&](std::string_view name, unsigned udp_size, Transport transport) {
    Asked query{.name = wire_name(name), .type = 16};
    if (udp_size != 0) query = with_opt(query, udp_size);
    return reply(query, transport);
  };
  struct Case {
    std::string name;
    unsigned udp_size;
    Transport transport;
    bool is_truncated;
  };
  const std::vector<Case> cases = {{"long.example.jp", 0, Transport::udp, true},
                                   {"long.example.jp", 100, Transport::udp, true},
                                   {"long.example.jp", 1232, Transport::udp, false},
                                   {"long.example.jp", 0, Transport::tcp, false},
                                   {"longer.example.jp", 65535, Transport::udp, true},
                                   {"longer.example.jp", 0, Transport::tcp, false}};
  for (const Case& one : cases) {
    const Reply given = asked(one.name, one.udp_size, one.transport);
    const Seen answer(*given.bytes);
    EXPECT_EQ(given.is_truncated, one.is_truncated) << one.name << one.udp_size;
    EXPECT_EQ(ldns_pkt_tc(answer.message.get()), one.is_truncated) << one.name << one.udp_size;
    EXPECT_EQ(answer.answers().size(), one.is_truncated ? 0u : 1u) << one.name << one.udp_size;
    EXPECT_EQ(ldns_pkt_edns(answer.message.get()), one.udp_size != 0);
  }
}

TEST_F(DnsMessageTest, TruncatesAtTheByteBehindTheLast) {
  // Header 12, name 17 + 4, answer 2 + 10 + 1 + text.
  const std::size_t room = kPlainUdpSize - 12 - 21 - 13 - 1;
  set("fits.example.jp", Type::txt, {std::string(254, 'x'), std::string(room - 254 - 13, 'x')});
  const Reply exactly = reply({.name = wire_name("fits.example.jp"), .type = 16});
  ASSERT_FALSE(exactly.is_truncated);
  const std::size_t missing = kPlainUdpSize - exactly.bytes->size();
  set("fits.example.jp", Type::txt,
      {std::string(254, 'x'), std::string(room - 254 - 13 + missing, 'x')});
  EXPECT_EQ(reply({.name = wire_name("fits.example.jp"), .type = 16}).bytes->size(), kPlainUdpSize);

  set("fits.example.jp", Type::txt,
      {std::string(254, 'x'), std::string(room - 254 - 13 + missing + 1, 'x')});

  EXPECT_TRUE(reply({.name = wire_name("fits.example.jp"), .type = 16}).is_truncated);
}

TEST_F(DnsMessageTest, FailsWhereNoMessageHasRoom) {
  set("huge.example.jp", Type::txt, {std::string(70'000, 'x')});
  set("many.example.jp", Type::txt, Values(10, std::string(9'000, 'x')));

  EXPECT_EQ(seen("huge.example.jp", 16, Transport::tcp).rcode(), LDNS_RCODE_SERVFAIL);
  EXPECT_EQ(seen("many.example.jp", 16, Transport::tcp).rcode(), LDNS_RCODE_SERVFAIL);
}

// ---- what is no query ----

TEST_F(DnsMessageTest, DropsWhatCannotBeAnswered) {
  EXPECT_EQ(answer("", Transport::udp, dns_, kMorning).outcome, "dropped");
  EXPECT_EQ(answer("elevenbytes", Transport::udp, dns_, kMorning).outcome, "dropped");
  EXPECT_FALSE(reply({.flags = 0x8000}).bytes) << "an answer is not answered";
}

TEST_F(DnsMessageTest, RefusesWhatCannotBeRead) {
  const std::string whole = Asked().bytes();
  std::vector<std::string> bad = {
      Asked{.questions = 0}.bytes(),
      Asked{.questions = 2}.bytes(),
      Asked{.answers = 1}.bytes(),
      Asked{.answers = 65535, .additionals = 65535}.bytes(),
      Asked{.rest = "x"}.bytes(),
      Asked{.name = std::string(1, '\x40') + std::string(64, 'a') + '\0'}.bytes(),
      Asked{.name = std::string(1, '\x80') + '\0'}.bytes(),
      Asked{.type = wire_type::kOpt}.bytes(),
      whole + std::string(kLargestQuery, 'x'),
  };
  for (std::size_t size = kHeaderBytes; size < whole.size(); ++size)
    bad.push_back(whole.substr(0, size));
  std::string long_name;
  for (int i = 0; i < 5; ++i) long_name += '\x3f' + std::string(63, 'a');
  bad.push_back(Asked{.name = long_name + '\0'}.bytes());
  Asked two_opts = with_opt({}, 1232);
  two_opts.additionals = 2;
  two_opts.rest += opt(1232);
  bad.push_back(two_opts.bytes());
  Asked misplaced{.answers = 1, .rest = opt(1232)};
  bad.push_back(misplaced.bytes());

  for (const std::string& bytes : bad) {
    const Reply given = answer(bytes, Transport::udp, dns_, kMorning);
    ASSERT_TRUE(given.bytes);
    EXPECT_EQ(given.outcome, "FORMERR") << ::testing::PrintToString(bytes);
    const Seen seen(*given.bytes);
    EXPECT_EQ(ldns_pkt_id(seen.message.get()), 0x1234);
    EXPECT_EQ(seen.rcode(), LDNS_RCODE_FORMERR);
    EXPECT_TRUE(ldns_pkt_qr(seen.message.get()));
  }
}

TEST_F(DnsMessageTest, RefusesNamesThatGoRoundOrForward) {
  const auto pointer = [](unsigned to) { return two(0xc000 | to); };
  std::vector<std::string> names = {pointer(12),
                                    pointer(13),
                                    pointer(0),
                                    pointer(11),
                                    pointer(14),
                                    pointer(0x3fff),
                                    "\x01"
                                    "a" +
                                        pointer(12),
                                    "\x01"
                                    "a" +
                                        pointer(14)};
  for (const std::string& name : names)
    EXPECT_EQ(reply({.name = name}).outcome, "FORMERR") << ::testing::PrintToString(name);

  // Two names behind the question that lead to each other, and one that leads back as it should.
  const std::string record = two(1) + two(1) + two(0) + two(0) + two(0);
  const unsigned behind = kHeaderBytes + wire_name("www.example.jp").size() + 4;
  EXPECT_EQ(
      reply({.additionals = 2, .rest = pointer(behind + 12) + record + pointer(behind) + record})
          .outcome,
      "FORMERR");
  EXPECT_EQ(reply({.additionals = 1, .rest = pointer(12) + record}).outcome, "NOERROR");
}

TEST_F(DnsMessageTest, RefusesOtherOpcodesClassesAndTransfers) {
  const Reply status = reply({.flags = 2u << 11 | 0x0100});

  EXPECT_EQ(status.outcome, "NOTIMP");
  EXPECT_EQ(ldns_pkt_get_opcode(Seen(*status.bytes).message.get()), LDNS_PACKET_STATUS);
  EXPECT_EQ(reply({.flags = 5u << 11}).outcome, "NOTIMP") << "an update";
  EXPECT_EQ(reply({.class_ = 3}).outcome, "REFUSED");
  EXPECT_EQ(reply({.class_ = 255}).outcome, "REFUSED");
  EXPECT_EQ(reply({.type = wire_type::kAxfr}, Transport::tcp).outcome, "REFUSED");
}

TEST_F(DnsMessageTest, KnowsNoNameWithStrangeCharacters) {
  const std::string dotted = std::string(
                                 "\x03"
                                 "a.b"
                                 "\x02"
                                 "jp",
                                 7) +
                             '\0';

  const Reply given = reply({.name = dotted});

  EXPECT_EQ(given.outcome, "NXDOMAIN");
  EXPECT_EQ(given.question, "a\\046b.jp. A");
  EXPECT_EQ(reply({.name = std::string("\x01*\x02jp\0", 6)}).outcome, "NXDOMAIN");
}

}  // namespace
}  // namespace shinsa::fakes::dns
