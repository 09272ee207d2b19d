#include "fakes/ca/crl.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/openssl.hpp"
#include "fakes/ca/revocation_register.hpp"

namespace shinsa::fakes::ca {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

CrlRequest three_revoked() {
  return {.revoked = {{"0c", at("2026-11-30T10:00:00+09:00"), Reason::key_compromise},
                      {"0a", at("2026-12-01T10:00:00+09:00"), Reason::superseded},
                      {"0b", at("2026-12-02T10:00:00+09:00"), Reason::unspecified}},
          .this_update = at("2026-12-02T10:00:00+09:00"),
          .next_update = at("2026-12-09T10:00:00+09:00"),
          .number = 7};
}

RevocationList signed_by_the_ca(const CrlRequest& request) {
  static const Authority authority;
  Result<RevocationList> list = authority.sign_crl(request);
  EXPECT_TRUE(list) << list.error().text();
  return list.value_or(RevocationList{});
}

IssuedCertificate issued(const std::string& serial) {
  static const Authority authority;
  return authority
      .issue({.csr_pem = make_csr({.key_name = "p256-a", .common_name = "www.example.jp"}).value(),
              .common_name = "www.example.jp",
              .not_before = at("2026-11-24T10:00:00+09:00"),
              .not_after = at("2027-04-30T23:59:59+09:00"),
              .serial = serial})
      .value();
}

/// A list as OpenSSL reads it back.
struct ReadBack {
  CrlOwner crl;

  explicit ReadBack(const RevocationList& list) {
    const unsigned char* start = list.der.data();
    crl.reset(d2i_X509_CRL(nullptr, &start, static_cast<long>(list.der.size())));
  }

  const X509_REVOKED* entry(int index) const {
    return sk_X509_REVOKED_value(X509_CRL_get_REVOKED(crl.get()), index);
  }
  /// The code of the entry's reason; -1 where it gives none.
  long reason(int index) const {
    Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> code(static_cast<ASN1_ENUMERATED*>(
        X509_REVOKED_get_ext_d2i(entry(index), NID_crl_reason, nullptr, nullptr)));
    return code ? ASN1_ENUMERATED_get(code.get()) : -1;
  }
  long number() const {
    int critical = -1;
    IntegerOwner number(static_cast<ASN1_INTEGER*>(
        X509_CRL_get_ext_d2i(crl.get(), NID_crl_number, &critical, nullptr)));
    EXPECT_EQ(critical, 0);
    return number ? ASN1_INTEGER_get(number.get()) : -1;
  }
};

TEST(CrlTest, WritesWhatTheRequestSaysIntoTheList) {
  const CrlRequest request = three_revoked();
  const ReadBack read(signed_by_the_ca(request));

  ASSERT_TRUE(read.crl);
  EXPECT_EQ(X509_CRL_get_version(read.crl.get()), X509_CRL_VERSION_2);
  EXPECT_EQ(X509_CRL_get_signature_nid(read.crl.get()), NID_ecdsa_with_SHA256);
  EXPECT_EQ(
      ASN1_TIME_cmp_time_t(X509_CRL_get0_lastUpdate(read.crl.get()), request.this_update.seconds),
      0);
  EXPECT_EQ(
      ASN1_TIME_cmp_time_t(X509_CRL_get0_nextUpdate(read.crl.get()), request.next_update.seconds),
      0);
  EXPECT_EQ(read.number(), 7);
  EXPECT_GE(X509_CRL_get_ext_by_NID(read.crl.get(), NID_authority_key_identifier, -1), 0);
  EXPECT_EQ(X509_CRL_get_ext_count(read.crl.get()), 2);
}

TEST(CrlTest, EntriesSayWhichAndWhenAndWhy) {
  const CrlRequest request = three_revoked();
  const ReadBack read(signed_by_the_ca(request));
  const long kSerials[] = {0x0c, 0x0a, 0x0b};
  const long kReasons[] = {1, 4, -1};

  ASSERT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(read.crl.get())), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(ASN1_INTEGER_get(X509_REVOKED_get0_serialNumber(read.entry(i))), kSerials[i]);
    EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_REVOKED_get0_revocationDate(read.entry(i)),
                                   request.revoked[static_cast<std::size_t>(i)].at.seconds),
              0);
    EXPECT_EQ(read.reason(i), kReasons[i]);
  }
}

// RFC 5280 section 5.3.1: the extension is left out, not written as 0.
TEST(CrlTest, AnUnspecifiedReasonLeavesTheEntryWithoutExtensions) {
  const ReadBack read(signed_by_the_ca(three_revoked()));

  EXPECT_EQ(X509_REVOKED_get_ext_count(read.entry(2)), 0);
  EXPECT_EQ(X509_REVOKED_get_ext_count(read.entry(0)), 1);
}

TEST(CrlTest, WritesTimesFrom2050OnAsGeneralizedTime) {
  CrlRequest request = three_revoked();
  request.this_update = at("2049-12-31T23:59:59Z");
  request.next_update = at("2050-01-01T00:00:00Z");
  const ReadBack read(signed_by_the_ca(request));

  EXPECT_EQ(ASN1_STRING_type(X509_CRL_get0_lastUpdate(read.crl.get())), V_ASN1_UTCTIME);
  EXPECT_EQ(ASN1_STRING_type(X509_CRL_get0_nextUpdate(read.crl.get())), V_ASN1_GENERALIZEDTIME);
}

TEST(CrlTest, MakesTheSameBytesFromTheSameRequest) {
  const Authority one, other;

  EXPECT_EQ(one.sign_crl(three_revoked())->der, other.sign_crl(three_revoked())->der);
  EXPECT_EQ(one.sign_crl(three_revoked())->text, other.sign_crl(three_revoked())->text);
}

TEST(CrlTest, SaysWhyAListCannotBeMade) {
  const Authority authority;
  const struct {
    const char* what;
    void (*spoil)(CrlRequest&);
  } kRows[] = {
      {"must run on", [](CrlRequest& r) { r.next_update = r.this_update; }},
      {"before it was made", [](CrlRequest& r) { r.revoked[0].at = r.this_update + seconds(1); }},
      {"revoked once", [](CrlRequest& r) { r.revoked[2].serial = "C"; }},
      {"serial number", [](CrlRequest& r) { r.revoked[1].serial = "source"; }},
      {"serial number", [](CrlRequest& r) { r.revoked[1].serial = "0"; }},
      {"years 0001 to 9999", [](CrlRequest& r) { r.next_update = kNever; }},
  };

  for (const auto& row : kRows) {
    CrlRequest request = three_revoked();
    row.spoil(request);
    const Result<RevocationList> list = authority.sign_crl(request);

    ASSERT_FALSE(list) << row.what;
    EXPECT_NE(list.error().what.find(row.what), std::string::npos) << list.error().text();
    EXPECT_EQ(ERR_peek_error(), 0u) << row.what;
  }
}

TEST(CrlTest, ReadsTheReasonsOfTheEvents) {
  EXPECT_EQ(parse_reason("unspecified"), Reason::unspecified);
  EXPECT_EQ(parse_reason("key-compromise"), Reason::key_compromise);
  EXPECT_EQ(parse_reason("superseded"), Reason::superseded);
  EXPECT_EQ(parse_reason("cessation-of-operation"), Reason::cessation_of_operation);
  EXPECT_EQ(parse_reason("certificate-hold"), std::nullopt);
}

TEST(CrlTest, AClientWithTheListRefusesWhatItHolds) {
  const Authority authority;
  const CrlRequest request = three_revoked();
  const std::string list = signed_by_the_ca(request).pem;
  const IssuedCertificate revoked = issued("0b"), good = issued("0d");

  EXPECT_TRUE(authority.verify(good.pem, list, request.this_update));
  EXPECT_EQ(authority.verify(revoked.pem, list, request.this_update).error().text(),
            "2026-12-02T10:00:00+09:00: the certificate is not accepted: certificate revoked");
  EXPECT_TRUE(authority.verify(revoked.pem, request.this_update));  // a client without a list
}

TEST(CrlTest, AListCountsFromItsFirstSecondUntilItsNextUpdate) {
  const Authority authority;
  const CrlRequest request = three_revoked();
  const std::string list = signed_by_the_ca(request).pem;
  const IssuedCertificate good = issued("0d");
  const auto finding = [&](Instant when) {
    const Result<void> verified = authority.verify(good.pem, list, when);
    return verified ? std::string("accepted") : verified.error().what;
  };

  EXPECT_EQ(finding(request.this_update - seconds(1)),
            "the certificate is not accepted: CRL is not yet valid");
  EXPECT_EQ(finding(request.this_update), "accepted");
  EXPECT_EQ(finding(request.next_update - seconds(1)), "accepted");
  EXPECT_EQ(finding(request.next_update), "the certificate is not accepted: CRL has expired");
}

TEST(CrlTest, AClientRefusesAListThatIsForgedOrUnreadable) {
  const Authority authority;
  const CrlRequest request = three_revoked();
  const IssuedCertificate good = issued("0d");
  RevocationList list = signed_by_the_ca(request);
  list.der.back() ^= 1;
  const ReadBack forged(list);
  const std::string pem =
      written([&](BIO* out) { return PEM_write_bio_X509_CRL(out, forged.crl.get()); });

  EXPECT_EQ(authority.verify(good.pem, pem, request.this_update).error().what,
            "the certificate is not accepted: CRL signature failure");
  EXPECT_FALSE(authority.verify(good.pem, "no list", request.this_update));
  EXPECT_EQ(ERR_peek_error(), 0u);
}

// ---- the register ----

TEST(RevocationRegisterTest, EachListHoldsAllThatWasRevokedAndHasAHigherNumber) {
  const Authority authority;
  RevocationRegister revocations;
  const Instant first = at("2026-12-01T10:00:00+09:00");
  revocations.enter("0a", first, Reason::superseded);
  const ReadBack one(revocations.publish(authority, first).value());
  revocations.enter("0b", first + hours(1), Reason::key_compromise);
  const ReadBack two(revocations.publish(authority, first + hours(1)).value());

  EXPECT_GT(one.number(), 0);
  EXPECT_GT(two.number(), one.number());
  EXPECT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(one.crl.get())), 1);
  EXPECT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(two.crl.get())), 2);
}

TEST(RevocationRegisterTest, WhatIsInTheRegisterStaysAsItIs) {
  const Authority authority;
  RevocationRegister revocations;
  const Instant first = at("2026-12-01T10:00:00+09:00");
  revocations.enter("0A", first, Reason::key_compromise);
  revocations.enter("a", first + hours(1), Reason::superseded);
  const ReadBack list(revocations.publish(authority, first + hours(2)).value());

  ASSERT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(list.crl.get())), 1);
  EXPECT_EQ(list.reason(0), 1);
}

TEST(RevocationRegisterTest, TheCurrentListIsTheNewestUntilSomethingIsRevokedOrItHasRunOut) {
  const Authority authority;
  RevocationRegister revocations;
  const Instant first = at("2026-12-01T10:00:00+09:00");
  const Instant ends = first + hours(1) + RevocationRegister::kListRunsFor;
  const auto number_at = [&](Instant now) {
    return ReadBack(revocations.current(authority, now).value()).number();
  };

  const long one = number_at(first);
  EXPECT_EQ(number_at(first + hours(1)), one);
  revocations.enter("0a", first + hours(1), Reason::superseded);
  const long two = number_at(first + hours(1));
  EXPECT_GT(two, one);
  EXPECT_EQ(number_at(ends - seconds(1)), two);
  EXPECT_GT(number_at(ends), two);
}

TEST(RevocationRegisterTest, NumbersGoOnInARegisterThatKnowsNoEarlierList) {
  const Authority authority;
  const Instant first = at("2026-12-01T10:00:00+09:00");
  const auto number_at = [&](Instant now, std::initializer_list<const char*> revoked) {
    RevocationRegister anew;
    for (const char* one : revoked) anew.enter(one, first, Reason::superseded);
    return ReadBack(anew.current(authority, now).value()).number();
  };

  const long one = number_at(first, {});
  EXPECT_EQ(number_at(first, {}), one);  // the same list
  EXPECT_GT(number_at(first, {"0a"}), one);
  EXPECT_GT(number_at(first, {"0a", "0b"}), number_at(first, {"0a"}));
  EXPECT_GT(number_at(first + seconds(1), {}), number_at(first, {"0a", "0b"}));
}

TEST(RevocationRegisterTest, TwoListsOfOneInstantHaveTwoNumbers) {
  const Authority authority;
  RevocationRegister revocations;
  const Instant now = at("2026-12-01T10:00:00+09:00");

  const ReadBack one(revocations.publish(authority, now).value());
  const ReadBack two(revocations.publish(authority, now).value());

  EXPECT_GT(two.number(), one.number());
}

TEST(RevocationRegisterTest, WhatIsRevokedCountsAsIssued) {
  RevocationRegister revocations;
  revocations.issue("0A");
  revocations.enter("0b", at("2026-12-01T10:00:00+09:00"), Reason::superseded);

  EXPECT_TRUE(revocations.has_issued("a"));
  EXPECT_TRUE(revocations.has_issued("000B"));
  EXPECT_FALSE(revocations.has_issued("c"));
  EXPECT_FALSE(revocations.has_issued(""));
  EXPECT_EQ(revocations.revocation_of("0a"), nullptr);
  ASSERT_NE(revocations.revocation_of("B"), nullptr);
  EXPECT_EQ(revocations.revocation_of("B")->reason, Reason::superseded);
}

TEST(RevocationRegisterTest, AListRunsForTenDaysAtMost) {
  EXPECT_LE(RevocationRegister::kListRunsFor, days(10));
}

TEST(RevocationRegisterTest, ANameThatIsNoNumberStandsForOne) {
  EXPECT_EQ(serial_named("A"), "a");
  EXPECT_EQ(serial_named("00ff"), "ff");
  EXPECT_EQ(serial_named("3C0FFEE0123456789abcdef012345678"), "3c0ffee0123456789abcdef012345678");
  for (const char* name : {"source", "", "0", "7f.2", "例"}) {
    const std::string serial = serial_named(name);
    EXPECT_EQ(serial.size(), 32u) << name;
    EXPECT_EQ(serial.find_first_not_of("0123456789abcdef"), std::string::npos) << name;
    EXPECT_NE(serial, serial_named("Z")) << name;
  }
  EXPECT_EQ(serial_named(std::string(40, 'f')).size(), 32u);
}

}  // namespace
}  // namespace shinsa::fakes::ca
