#include "fakes/ca/ocsp.hpp"

#include <gtest/gtest.h>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/revocation_register.hpp"
#include "fakes/ca/testing/ocsp_client.hpp"

namespace shinsa::fakes::ca {
namespace {

using testing::asking_about;
using testing::bytes_of;
using testing::ReadAnswer;
using testing::Said;

Instant at(std::string_view text) { return parse_instant(text).value(); }

const Instant kNow = at("2026-12-02T10:00:00+09:00");

/// @param der  what stands in the extension, which ought to be an OCTET STRING.
void add_nonce(OCSP_REQUEST* request, std::string_view der) {
  const Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> value(ASN1_OCTET_STRING_new());
  ASN1_OCTET_STRING_set(value.get(), reinterpret_cast<const unsigned char*>(der.data()),
                        static_cast<int>(der.size()));
  const ExtensionOwner nonce(
      X509_EXTENSION_create_by_NID(nullptr, NID_id_pkix_OCSP_Nonce, 0, value.get()));
  EXPECT_EQ(OCSP_REQUEST_add_ext(request, nonce.get(), -1), 1);
}

/// A CA that issued 0a to 0d and revoked the first three.
class OcspTest : public ::testing::Test {
 protected:
  OcspTest() {
    for (const char* name : {"0a", "0B", "0c", "0d"}) known_.issue(name);
    known_.enter("0a", at("2026-12-01T10:00:00+09:00"), Reason::key_compromise);
    known_.enter("0b", at("2026-12-01T11:00:00+09:00"), Reason::superseded);
    known_.enter("0c", at("2026-12-01T12:00:00+09:00"), Reason::unspecified);
  }

  [[nodiscard]] OcspAnswer asked(const OCSP_REQUEST* request, Instant now = kNow) const {
    return authority_.answer_ocsp(bytes_of(request), known_, now);
  }
  [[nodiscard]] Said said_of(const std::string& serial, const EVP_MD* digest = EVP_sha1()) const {
    const auto request = asking_about(issuer_.get(), {serial}, digest);
    return ReadAnswer(asked(request.get()).der).said();
  }

  const Authority authority_;
  const CertificateOwner issuer_ = testing::certificate_in(authority_.chain_pem());
  const CertificateOwner root_ = testing::certificate_in(authority_.root_pem());
  RevocationRegister known_;
};

TEST_F(OcspTest, SaysGoodOfWhatWasIssuedAndNotRevoked) {
  const Said said = said_of("0d");

  EXPECT_EQ(said.status, V_OCSP_CERTSTATUS_GOOD);
  EXPECT_EQ(said.revoked, "");
}

TEST_F(OcspTest, SaysWhenAndWhyACertificateWasRevokedAsTheListDoes) {
  const struct {
    const char *serial, *revoked;
    int reason;
  } kRows[] = {{"0a", "Dec  1 01:00:00 2026 GMT", 1},
               {"0b", "Dec  1 02:00:00 2026 GMT", 4},
               {"0c", "Dec  1 03:00:00 2026 GMT", OCSP_REVOKED_STATUS_NOSTATUS}};

  for (const auto& row : kRows) {
    const Said said = said_of(row.serial);

    EXPECT_EQ(said.status, V_OCSP_CERTSTATUS_REVOKED) << row.serial;
    EXPECT_EQ(said.revoked, row.revoked);
    EXPECT_EQ(said.reason, row.reason) << row.serial;
  }
}

// Baseline Requirements 4.9.10.
TEST_F(OcspTest, NeverSaysGoodOfASerialNumberThatWasNotIssued) {
  for (const char* serial : {"0e", "0da", "7fffffffffffffffffffffffffffffffffffffff"})
    EXPECT_EQ(said_of(serial).status, V_OCSP_CERTSTATUS_UNKNOWN) << serial;
}

TEST_F(OcspTest, KnowsACertificateByAnyHashOfItsIssuer) {
  for (const EVP_MD* digest : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
    EXPECT_EQ(said_of("0a", digest).status, V_OCSP_CERTSTATUS_REVOKED) << EVP_MD_get0_name(digest);
    EXPECT_EQ(said_of("0d", digest).status, V_OCSP_CERTSTATUS_GOOD) << EVP_MD_get0_name(digest);
  }
}

TEST_F(OcspTest, AnswersEachOfSeveralInTheirOrder) {
  const auto request = asking_about(issuer_.get(), {"0d", "0a", "0e", "0d"});
  const ReadAnswer answer(asked(request.get()).der);

  ASSERT_EQ(answer.count(), 4);
  EXPECT_EQ(answer.said(0).status, V_OCSP_CERTSTATUS_GOOD);
  EXPECT_EQ(answer.said(1).status, V_OCSP_CERTSTATUS_REVOKED);
  EXPECT_EQ(answer.said(2).status, V_OCSP_CERTSTATUS_UNKNOWN);
  EXPECT_EQ(answer.said(3).status, V_OCSP_CERTSTATUS_GOOD);
}

TEST_F(OcspTest, HoldsFromTheVirtualNowForSevenDays) {
  const auto request = asking_about(issuer_.get(), {"0d"});
  const ReadAnswer answer(asked(request.get()).der);

  EXPECT_EQ(answer.made(), "Dec  2 01:00:00 2026 GMT");
  EXPECT_EQ(answer.said().this_update, "Dec  2 01:00:00 2026 GMT");
  EXPECT_EQ(answer.said().next_update, "Dec  9 01:00:00 2026 GMT");
  EXPECT_GE(kOcspAnswerRunsFor, hours(8));  // Baseline Requirements 4.9.10
  EXPECT_LE(kOcspAnswerRunsFor, days(10));
}

TEST_F(OcspTest, IsSignedByTheIssuingCa) {
  const auto request = asking_about(issuer_.get(), {"0a", "0d"});
  Bytes der = asked(request.get()).der;

  EXPECT_TRUE(ReadAnswer(der).is_signed_by(issuer_.get()));
  EXPECT_FALSE(ReadAnswer(der).is_signed_by(root_.get()));
  der.back() ^= 1;
  EXPECT_FALSE(ReadAnswer(der).is_signed_by(issuer_.get()));
}

TEST_F(OcspTest, SaysTheSameBytesToTheSameRequest) {
  const auto request = asking_about(issuer_.get(), {"0a", "0d"});

  EXPECT_EQ(asked(request.get()).der, asked(request.get()).der);
  EXPECT_NE(asked(request.get()).der, asked(request.get(), kNow + seconds(1)).der);
}

TEST_F(OcspTest, SendsANonceBackAndSaysSo) {
  unsigned char octets[128] = {1, 2, 3};
  for (const int length : {1, 16, 32, 128}) {
    const auto request = asking_about(issuer_.get(), {"0d"});
    OCSP_request_add1_nonce(request.get(), octets, length);
    const OcspAnswer answer = asked(request.get());

    EXPECT_TRUE(answer.has_nonce);
    EXPECT_EQ(OCSP_check_nonce(request.get(), ReadAnswer(answer.der).answers()), 1) << length;
  }
  const auto without = asking_about(issuer_.get(), {"0d"});
  EXPECT_FALSE(asked(without.get()).has_nonce);
}

// RFC 9654 section 2.1.
TEST_F(OcspTest, RefusesANonceThatIsTooLongOrEmptyOrNone) {
  unsigned char octets[129] = {};
  const auto request = asking_about(issuer_.get(), {"0d"});
  OCSP_request_add1_nonce(request.get(), octets, 129);
  EXPECT_EQ(asked(request.get()).status, OcspStatus::malformed_request);

  for (const std::string_view der : {std::string_view("\x04\0", 2), std::string_view("\x05\0", 2),
                                     std::string_view("\x04\1ax", 4), std::string_view()}) {
    const auto spoilt = asking_about(issuer_.get(), {"0d"});
    add_nonce(spoilt.get(), der);
    EXPECT_EQ(asked(spoilt.get()).status, OcspStatus::malformed_request) << der;
  }
}

TEST_F(OcspTest, PassesOverAnUnknownExtensionUnlessItIsCritical) {
  for (const int critical : {0, 1}) {
    const auto request = asking_about(issuer_.get(), {"0d"});
    Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free> nothing(ASN1_OCTET_STRING_new());
    OCSP_REQUEST_add1_ext_i2d(request.get(), NID_id_pkix_OCSP_archiveCutoff, nothing.get(),
                              critical, 0);
    const OcspStatus expected = critical ? OcspStatus::malformed_request : OcspStatus::successful;
    EXPECT_EQ(asked(request.get()).status, expected);

    const auto single = asking_about(issuer_.get(), {"0d"});
    OCSP_ONEREQ_add1_ext_i2d(OCSP_request_onereq_get0(single.get(), 0),
                             NID_id_pkix_OCSP_archiveCutoff, nothing.get(), critical, 0);
    EXPECT_EQ(asked(single.get()).status, expected);
  }
}

TEST_F(OcspTest, HasNoWordOnTheCertificatesOfAnotherCa) {
  const auto request = asking_about(root_.get(), {"0d", "0102"});
  const OcspAnswer answer = asked(request.get());

  EXPECT_EQ(answer.status, OcspStatus::unauthorized);
  EXPECT_EQ(ReadAnswer(answer.der).status(), OCSP_RESPONSE_STATUS_UNAUTHORIZED);
  EXPECT_EQ(ReadAnswer(answer.der).answers(), nullptr);
}

TEST_F(OcspTest, BesideItsOwnAnotherCasCertificateIsUnknown) {
  const auto request = asking_about(issuer_.get(), {"0a"});
  OCSP_request_add0_id(request.get(), testing::certificate_id(root_.get(), "0d"));
  const ReadAnswer answer(asked(request.get()).der);

  ASSERT_EQ(answer.count(), 2);
  EXPECT_EQ(answer.said(0).status, V_OCSP_CERTSTATUS_REVOKED);
  EXPECT_EQ(answer.said(1).status, V_OCSP_CERTSTATUS_UNKNOWN);
}

TEST_F(OcspTest, WhatIsNoRequestIsMalformed) {
  const auto request = asking_about(issuer_.get(), {"0d"});
  const std::string sound = bytes_of(request.get());
  const testing::RequestToSend nothing(OCSP_REQUEST_new());
  for (const std::string& bytes :
       {std::string(), std::string("garbage"), sound + "x", sound.substr(0, sound.size() - 1),
        bytes_of(nothing.get()), std::string(1000, '\x30')}) {
    const OcspAnswer answer = authority_.answer_ocsp(bytes, known_, kNow);

    EXPECT_EQ(answer.status, OcspStatus::malformed_request);
    EXPECT_EQ(ReadAnswer(answer.der).status(), OCSP_RESPONSE_STATUS_MALFORMEDREQUEST);
    EXPECT_EQ(ERR_peek_error(), 0u);
  }
}

TEST_F(OcspTest, EveryCutOrSpoiltRequestIsAnsweredSomehow) {
  const auto request = asking_about(issuer_.get(), {"0d", "0a"});
  const std::string sound = bytes_of(request.get());
  for (std::size_t i = 0; i < sound.size(); ++i) {
    std::string spoilt = sound;
    spoilt[i] = static_cast<char>(spoilt[i] ^ 0x55);
    EXPECT_NE(ReadAnswer(authority_.answer_ocsp(spoilt, known_, kNow).der).status(), -1);
    EXPECT_EQ(authority_.answer_ocsp(sound.substr(0, i), known_, kNow).status,
              OcspStatus::malformed_request);
  }
}

TEST_F(OcspTest, AnInstantThatCannotBeWrittenIsAnInternalError) {
  const auto request = asking_about(issuer_.get(), {"0d"});
  const OcspAnswer answer = asked(request.get(), at("9999-12-30T00:00:00Z"));

  EXPECT_EQ(answer.status, OcspStatus::internal_error);
  EXPECT_EQ(ReadAnswer(answer.der).status(), OCSP_RESPONSE_STATUS_INTERNALERROR);
}

}  // namespace
}  // namespace shinsa::fakes::ca
