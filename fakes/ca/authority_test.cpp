#include "fakes/ca/authority.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {
namespace {

Instant at(std::string_view text) { return parse_instant(text).value(); }

std::string csr(const std::string& key, const std::string& common_name) {
  return make_csr({.key_name = key, .common_name = common_name}).value();
}

IssueRequest dv(const std::string& key = "rsa-2048-a") {
  return {.csr_pem = csr(key, "www.example.jp"),
          .common_name = "www.example.jp",
          .sans = {"example.jp"},
          .product = Product::dv,
          .not_before = at("2026-11-24T10:00:00+09:00"),
          .not_after = at("2027-04-30T23:59:59+09:00"),
          .serial = "3c0ffee0123456789abcdef012345678"};
}

IssuedCertificate issued(const IssueRequest& request) {
  static const Authority authority;
  Result<IssuedCertificate> certificate = authority.issue(request);
  EXPECT_TRUE(certificate) << certificate.error().text();
  return certificate.value_or(IssuedCertificate{});
}

/// A certificate as OpenSSL reads it back, for comparing field by field.
struct ReadBack {
  CertificateOwner x509;

  explicit ReadBack(const IssuedCertificate& certificate) {
    const unsigned char* start = certificate.der.data();
    x509.reset(d2i_X509(nullptr, &start, static_cast<long>(certificate.der.size())));
  }

  std::string subject() const {
    return written([&](BIO* out) {
      return X509_NAME_print_ex(
                 out, X509_get_subject_name(x509.get()), 0,
                 XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB)) >= 0;
    });
  }
  std::string serial() const {
    NumberOwner number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(x509.get()), nullptr));
    char* hex = BN_bn2hex(number.get());
    std::string text = hex;
    OPENSSL_free(hex);
    return text;
  }
  /// The extension as OpenSSL prints it, without the last line end; "absent" when it is not there.
  std::string extension(int nid) const {
    int index = X509_get_ext_by_NID(x509.get(), nid, -1);
    if (index < 0) return "absent";
    X509_EXTENSION* found = X509_get_ext(x509.get(), index);
    std::string text = written([&](BIO* out) { return X509V3_EXT_print(out, found, 0, 0); });
    while (text.ends_with('\n')) text.pop_back();
    return X509_EXTENSION_get_critical(found) ? "critical " + text : text;
  }
};

TEST(AuthorityTest, WritesWhatTheRequestSaysIntoTheCertificate) {
  IssuedCertificate certificate = issued(dv());
  ReadBack read(certificate);

  ASSERT_TRUE(read.x509);
  EXPECT_EQ(X509_get_version(read.x509.get()), X509_VERSION_3);
  EXPECT_EQ(read.serial(), "3C0FFEE0123456789ABCDEF012345678");
  EXPECT_EQ(read.subject(), "CN=www.example.jp");
  EXPECT_EQ(
      ASN1_TIME_cmp_time_t(X509_get0_notBefore(read.x509.get()), certificate.not_before.seconds),
      0);
  EXPECT_EQ(
      ASN1_TIME_cmp_time_t(X509_get0_notAfter(read.x509.get()), certificate.not_after.seconds), 0);
  EXPECT_EQ(certificate.not_after, at("2027-04-30T14:59:59Z"));
  EXPECT_EQ(certificate.serial, dv().serial);
  EXPECT_EQ(certificate.key_sha256, KeyPool::find("rsa-2048-a")->sha256());
  EXPECT_EQ(certificate.issuer, "Shinsa Test DV ECC CA");
  EXPECT_EQ(X509_get_signature_nid(read.x509.get()), NID_ecdsa_with_SHA256);
}

TEST(AuthorityTest, WritesATextForPeopleIfTheyWantOne) {
  IssueRequest plain = dv();
  plain.with_text = false;
  const IssuedCertificate without = issued(plain), with = issued(dv());

  EXPECT_EQ(without.text, "");
  EXPECT_NE(with.text.find("Subject: CN = www.example.jp"), std::string::npos);
  EXPECT_EQ(without.pem, with.pem);
}

/// The key is copied from the request as it stands there, whatever its kind.
TEST(AuthorityTest, PutsTheKeyOfTheRequestIntoTheCertificate) {
  for (const char* key : {"rsa-2048-a", "rsa-3072-a", "p256-a", "p384-a", "p521-a"}) {
    IssueRequest request = dv();
    request.csr_pem = *make_csr({key, "www.example.jp"});
    const IssuedCertificate certificate = issued(request);
    ReadBack read(certificate);

    ASSERT_TRUE(read.x509) << key;
    EXPECT_EQ(certificate.key_sha256, KeyPool::find(key)->sha256()) << key;
    EXPECT_EQ(EVP_PKEY_eq(X509_get0_pubkey(read.x509.get()), KeyPool::find(key)->handle()), 1)
        << key;
  }
}

TEST(AuthorityTest, FollowsTheProfileOfAServerCertificate) {
  ReadBack read(issued(dv()));

  EXPECT_EQ(read.extension(NID_subject_alt_name), "DNS:www.example.jp, DNS:example.jp");
  EXPECT_EQ(read.extension(NID_key_usage), "critical Digital Signature, Key Encipherment");
  EXPECT_EQ(read.extension(NID_ext_key_usage), "TLS Web Server Authentication");
  EXPECT_EQ(read.extension(NID_basic_constraints), "critical CA:FALSE");
  EXPECT_EQ(read.extension(NID_certificate_policies), "Policy: 2.23.140.1.2.1");
  EXPECT_EQ(
      read.extension(NID_info_access),
      "OCSP - URI:http://ocsp.ca.test/\nCA Issuers - URI:http://repository.ca.test/issuing.cer");
  EXPECT_NE(read.extension(NID_crl_distribution_points).find("URI:http://crl.ca.test/issuing.crl"),
            std::string::npos);
  EXPECT_NE(read.extension(NID_authority_key_identifier), "absent");
  EXPECT_EQ(read.extension(NID_subject_key_identifier), "absent");
}

TEST(AuthorityTest, AnOvCertificateNamesTheOrganisation) {
  IssueRequest request = dv();
  request.product = Product::ov;
  request.organisation = "株式会社 例え";
  ReadBack read(issued(request));

  EXPECT_EQ(read.subject(), "CN=www.example.jp,O=株式会社 例え,L=Chiyoda-ku,ST=Tokyo,C=JP");
  EXPECT_EQ(read.extension(NID_certificate_policies), "Policy: 2.23.140.1.2.2");
}

TEST(AuthorityTest, AnOvCertificateNamesWhereTheOrganisationSitsIfThatIsSaid) {
  IssueRequest request = dv();
  request.product = Product::ov;
  request.organisation = "Example, Inc.";
  request.unit = "Sales";
  request.seat = {"Kita-ku", "Osaka", "JP"};

  EXPECT_EQ(ReadBack(issued(request)).subject(),
            "CN=www.example.jp,OU=Sales,O=Example\\, Inc.,L=Kita-ku,ST=Osaka,C=JP");
  request.seat = {"", "", "JP"};
  EXPECT_EQ(ReadBack(issued(request)).subject(),
            "CN=www.example.jp,OU=Sales,O=Example\\, Inc.,C=JP");
}

TEST(AuthorityTest, ADvCertificateLeavesTheOrganisationOut) {
  IssueRequest request = dv();
  request.organisation = "Example, Inc.";

  EXPECT_EQ(ReadBack(issued(request)).subject(), "CN=www.example.jp");
}

TEST(AuthorityTest, PutsEachNameInOnceAndTheCommonNameFirst) {
  IssueRequest request = dv();
  request.product = Product::dv_wildcard;
  request.common_name = "*.xn--r8jz45g.jp";
  request.sans = {"xn--r8jz45g.jp", "*.xn--r8jz45g.jp", "xn--r8jz45g.jp"};
  ReadBack read(issued(request));

  EXPECT_EQ(read.subject(), "CN=*.xn--r8jz45g.jp");
  EXPECT_EQ(read.extension(NID_subject_alt_name), "DNS:*.xn--r8jz45g.jp, DNS:xn--r8jz45g.jp");
}

TEST(AuthorityTest, IssuesForACsrWithoutACommonName) {
  IssueRequest request = dv();
  request.csr_pem =
      make_csr({.key_name = "p256-a", .common_name = "", .sans = {"www.example.jp"}}).value();

  EXPECT_NE(issued(request).text.find("CN = www.example.jp"), std::string::npos);
}

TEST(AuthorityTest, IssuesForEachAllowedKeyType) {
  const Authority authority;
  for (const char* key :
       {"rsa-2048-a", "rsa-3072-a", "rsa-4096-a", "p256-a", "p256-b", "p384-a", "p521-a"}) {
    IssuedCertificate certificate = issued(dv(key));
    ReadBack read(certificate);

    EXPECT_EQ(certificate.key_sha256, KeyPool::find(key)->sha256()) << key;
    EXPECT_EQ(read.extension(NID_key_usage), std::string(key).starts_with("rsa")
                                                 ? "critical Digital Signature, Key Encipherment"
                                                 : "critical Digital Signature");
    EXPECT_TRUE(authority.verify(certificate.pem, certificate.not_before)) << key;
  }
}

TEST(AuthorityTest, WritesTheSerialAsGiven) {
  for (const char* serial :
       {"01", "7F", "80", "00ff", "7fffffffffffffffffffffffffffffffffffffff"}) {
    IssueRequest request = dv();
    request.serial = serial;
    IssuedCertificate certificate = issued(request);

    BIGNUM* parsed = nullptr;
    BN_hex2bn(&parsed, serial);
    NumberOwner wanted(parsed);
    NumberOwner found(
        ASN1_INTEGER_to_BN(X509_get0_serialNumber(ReadBack(certificate).x509.get()), nullptr));
    EXPECT_EQ(BN_cmp(wanted.get(), found.get()), 0) << serial;
    EXPECT_EQ(certificate.serial, serial);
  }
}

TEST(AuthorityTest, MakesTheSameBytesFromTheSameRequest) {
  const Authority one, other;
  const IssueRequest request = dv("p256-a");

  EXPECT_EQ(one.root_pem(), other.root_pem());
  EXPECT_EQ(one.chain_pem(), other.chain_pem());
  EXPECT_EQ(one.issue(request)->der, other.issue(request)->der);
  EXPECT_EQ(one.issue(request)->text, other.issue(request)->text);
}

// An ECDSA request has another signature each time; nothing of it reaches the certificate.
TEST(AuthorityTest, MakesTheSameBytesForTwoSignaturesOfOneRequest) {
  IssueRequest first = dv("p256-a"), second = dv("p256-a");

  ASSERT_NE(first.csr_pem, second.csr_pem);
  EXPECT_EQ(issued(first).pem, issued(second).pem);
}

TEST(AuthorityTest, SaysWhyACertificateCannotBeMade) {
  const Authority authority;
  const struct {
    const char* what;
    void (*spoil)(IssueRequest&);
  } kRows[] = {
      {"(not-pem)", [](IssueRequest& r) { r.csr_pem = "later"; }},
      {"(weak-key)", [](IssueRequest& r) { r.csr_pem = csr("rsa-1024-weak", "www.example.jp"); }},
      {"(weak-key)", [](IssueRequest& r) { r.csr_pem = csr("rsa-2047-weak", "www.example.jp"); }},
      {"(key-type-not-allowed)",
       [](IssueRequest& r) { r.csr_pem = csr("ed25519-a", "www.example.jp"); }},
      {"end before it begins", [](IssueRequest& r) { r.not_after = r.not_before - seconds(1); }},
      {"A-labels in lower case", [](IssueRequest& r) { r.common_name = "例え.jp"; }},
      {"A-labels in lower case", [](IssueRequest& r) { r.sans = {"WWW.example.jp"}; }},
      {"wildcard product carries", [](IssueRequest& r) { r.common_name = "*.example.jp"; }},
      {"wildcard product carries", [](IssueRequest& r) { r.sans = {"*.example.jp"}; }},
      {"wildcard product needs", [](IssueRequest& r) { r.product = Product::dv_wildcard; }},
      {"at most 64", [](IssueRequest& r) { r.common_name = std::string(63, 'a') + ".jp"; }},
      {"names an organisation", [](IssueRequest& r) { r.product = Product::ov; }},
      {"string too long",
       [](IssueRequest& r) { r.product = Product::ov, r.organisation = std::string(65, 'x'); }},
      {"serial number", [](IssueRequest& r) { r.serial = ""; }},
      {"serial number", [](IssueRequest& r) { r.serial = "0"; }},
      {"serial number", [](IssueRequest& r) { r.serial = "-1"; }},
      {"serial number", [](IssueRequest& r) { r.serial = "8" + std::string(39, '0'); }},
      {"serial number", [](IssueRequest& r) { r.serial = std::string(41, '1'); }},
      {"years 0001 to 9999", [](IssueRequest& r) { r.not_after = kNever; }},
      {"years 0001 to 9999", [](IssueRequest& r) { r.not_after = Instant{253402300800}; }},
      {"years 0001 to 9999", [](IssueRequest& r) { r.not_before = Instant{-62135596801}; }},
  };

  for (const auto& row : kRows) {
    IssueRequest request = dv();
    row.spoil(request);
    Result<IssuedCertificate> certificate = authority.issue(request);

    ASSERT_FALSE(certificate) << row.what;
    EXPECT_NE(certificate.error().what.find(row.what), std::string::npos)
        << certificate.error().text();
    EXPECT_EQ(ERR_peek_error(), 0u) << row.what;
  }
}

TEST(AuthorityTest, TheTextIsForPeople) {
  IssueRequest request = dv();
  request.product = Product::ov;
  request.organisation = "株式会社 例え";
  const std::string text = issued(request).text;

  for (const char* part : {"Subject: C = JP, ST = Tokyo, L = Chiyoda-ku, O = 株式会社 例え, "
                           "CN = www.example.jp",
                           "Not After : Apr 30 14:59:59 2027 GMT", "CN = Shinsa Test DV ECC CA",
                           "DNS:www.example.jp, DNS:example.jp", "3c:0f:fe:e0"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
}

TEST(AuthorityTest, VerifiesFromTheFirstSecondToTheLast) {
  const Authority authority;
  const IssuedCertificate certificate = issued(dv());
  const Instant first = certificate.not_before, last = certificate.not_after;

  EXPECT_FALSE(authority.verify(certificate.pem, first - seconds(1)));
  EXPECT_TRUE(authority.verify(certificate.pem, first));
  EXPECT_TRUE(authority.verify(certificate.pem, last - seconds(1)));
  EXPECT_TRUE(authority.verify(certificate.pem, last));
  EXPECT_FALSE(authority.verify(certificate.pem, last + seconds(1)));
  EXPECT_EQ(authority.verify(certificate.pem, last + seconds(1)).error().text(),
            "2027-05-01T00:00:00+09:00: the certificate is not accepted: certificate has expired");
}

TEST(AuthorityTest, VerifiesACertificateAcrossTheYear2050) {
  const Authority authority;
  IssueRequest request = dv();
  request.not_before = at("2049-12-01T00:00:00+09:00");
  request.not_after = at("2050-05-31T23:59:59+09:00");
  const IssuedCertificate certificate = issued(request);

  EXPECT_TRUE(authority.verify(certificate.pem, request.not_after));
  EXPECT_FALSE(authority.verify(certificate.pem, request.not_after + seconds(1)));
}

TEST(AuthorityTest, RefusesToVerifyWhatItDidNotIssueOrCannotRead) {
  const Authority authority;
  const IssuedCertificate certificate = issued(dv());
  std::vector<unsigned char> der = certificate.der;
  der.back() ^= 1;
  const unsigned char* start = der.data();
  CertificateOwner forged(d2i_X509(nullptr, &start, static_cast<long>(der.size())));
  const std::string forged_pem =
      written([&](BIO* out) { return PEM_write_bio_X509(out, forged.get()); });
  const std::string encrypted =
      "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,"
      "00000000000000000000000000000000\n\nAAAA\n-----END CERTIFICATE-----\n";

  for (const std::string& pem :
       {forged_pem, encrypted, std::string(), std::string("no certificate")}) {
    EXPECT_FALSE(authority.verify(pem, certificate.not_before)) << pem;
    EXPECT_EQ(ERR_peek_error(), 0u);
  }
  EXPECT_FALSE(authority.verify(certificate.pem, kNever));
}

TEST(AuthorityTest, ItsOwnCertificatesSayThatTheyAreForTests) {
  const Authority authority;
  for (const std::string& pem : {authority.root_pem(), authority.chain_pem()}) {
    EXPECT_TRUE(authority.verify(pem, at("2010-01-01T09:00:00+09:00")) ||
                pem == authority.root_pem());  // a root is trusted, not a server certificate
    BioOwner memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    CertificateOwner x509(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
    ASSERT_TRUE(x509);
    const std::string name = written([&](BIO* out) {
      return X509_NAME_print_ex(out, X509_get_subject_name(x509.get()), 0, XN_FLAG_RFC2253) >= 0;
    });
    EXPECT_NE(name.find("Shinsa Test"), std::string::npos);
    EXPECT_EQ(X509_check_ca(x509.get()), 1);
  }
}

TEST(ProductTest, ReadsTheWordsOfTheEvents) {
  EXPECT_EQ(parse_product("DV"), Product::dv);
  EXPECT_EQ(parse_product("OV"), Product::ov);
  EXPECT_EQ(parse_product("DV-wildcard"), Product::dv_wildcard);
  EXPECT_EQ(parse_product("OV-wildcard"), Product::ov_wildcard);
  EXPECT_EQ(parse_product("EV"), std::nullopt);
}

}  // namespace
}  // namespace shinsa::fakes::ca
