#include "fakes/ca/repository.hpp"

#include <gtest/gtest.h>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/testing/ocsp_client.hpp"

namespace shinsa::fakes::ca {
namespace {

using testing::ReadAnswer;
using wire::HttpRequest;
using wire::HttpResponse;

Instant at(std::string_view text) { return parse_instant(text).value(); }

const Instant kNow = at("2026-12-02T10:00:00+09:00");
constexpr const char* kBase = "http://127.0.0.1:8080";

std::string in_base64(const std::string& bytes) {
  std::string out(bytes.size() * 4 / 3 + 4, '\0');
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(out.data()),
      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()))));
  return out;
}

std::string percent_encoded(const std::string& text) {
  std::string out;
  for (const char c : text)
    out += c == '/' ? "%2F" : c == '+' ? "%2b" : c == '=' ? "%3D" : std::string(1, c);
  return out;
}

class RepositoryTest : public ::testing::Test {
 protected:
  RepositoryTest() { known_.issue("0d"); }

  HttpResponse ask(const std::string& method, const std::string& target,
                   const std::string& body = {}, Instant now = kNow) {
    HttpRequest request;
    request.method = method;
    request.target = target;
    request.headers = {{"content-type", "application/ocsp-request"}};
    request.body = body;
    return answer(request, authority_, known_, now);
  }
  CrlOwner list(const std::string& target, Instant now = kNow) {
    const std::string der = ask("GET", target, {}, now).body;
    const auto* start = reinterpret_cast<const unsigned char*>(der.data());
    return CrlOwner(d2i_X509_CRL(nullptr, &start, static_cast<long>(der.size())));
  }
  static Bytes body_of(const HttpResponse& response) {
    return {response.body.begin(), response.body.end()};
  }
  static std::string header(const HttpResponse& response, const char* name) {
    const std::string* value = wire::find(response.headers, name);
    return value ? *value : "none";
  }
  [[nodiscard]] std::string request_for(const std::string& serial) const {
    return testing::bytes_of(testing::asking_about(issuer_.get(), {serial}).get());
  }

  const Authority authority_{addresses_at(kBase)};
  const CertificateOwner issuer_ = testing::certificate_in(authority_.chain_pem());
  RevocationRegister known_;
};

TEST_F(RepositoryTest, HasTheCasOwnCertificatesAsDer) {
  for (const auto& [path, der] : {std::pair{"/root.cer", authority_.root_der()},
                                  std::pair{"/issuing.cer", authority_.chain_der()}}) {
    const HttpResponse response = ask("GET", path);

    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(header(response, "Content-Type"), "application/pkix-cert");
    EXPECT_EQ(header(response, "Cache-Control"), "public, max-age=86400");
    EXPECT_EQ(body_of(response), der);
    EXPECT_FALSE(der.empty());
  }
}

TEST_F(RepositoryTest, HasAListBeforeAnythingIsRevoked) {
  const CrlOwner before = list("/issuing.crl");
  ASSERT_TRUE(before);
  EXPECT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(before.get())), -1);  // no entries at all

  known_.enter("0d", kNow, Reason::superseded);
  const CrlOwner after = list("/issuing.crl");

  EXPECT_EQ(sk_X509_REVOKED_num(X509_CRL_get_REVOKED(after.get())), 1);
  EXPECT_EQ(header(ask("GET", "/issuing.crl"), "Content-Type"), "application/pkix-crl");
}

TEST_F(RepositoryTest, AListStaysUntilItRunsOutAndIsFollowedByTheNext) {
  for (const char* path : {"/issuing.crl", "/root.crl"}) {
    const std::string first = ask("GET", path).body;
    const CrlOwner read = list(path);
    std::tm ends{};
    ASN1_TIME_to_tm(X509_CRL_get0_nextUpdate(read.get()), &ends);
    const Instant next{timegm(&ends)};

    EXPECT_GT(next, kNow) << path;
    EXPECT_LE(next, kNow + days(7)) << path;
    EXPECT_EQ(ask("GET", path, {}, next - seconds(1)).body, first) << path;
    const CrlOwner later = list(path, next);
    EXPECT_EQ(ASN1_TIME_compare(X509_CRL_get0_lastUpdate(later.get()),
                                X509_CRL_get0_nextUpdate(read.get())),
              0)
        << path;
  }
}

TEST_F(RepositoryTest, TheListOfTheRootIsSignedByTheRoot) {
  const CertificateOwner root = testing::certificate_in(authority_.root_pem());

  EXPECT_EQ(X509_CRL_verify(list("/root.crl").get(), X509_get0_pubkey(root.get())), 1);
  EXPECT_EQ(X509_CRL_verify(list("/issuing.crl").get(), X509_get0_pubkey(issuer_.get())), 1);
}

TEST_F(RepositoryTest, AnswersOcspByPostAndByGetAlike) {
  const std::string request = request_for("0d");
  const HttpResponse post = ask("POST", "/ocsp", request);
  const HttpResponse get = ask("GET", "/ocsp/" + in_base64(request));
  const HttpResponse encoded = ask("GET", "/ocsp/" + percent_encoded(in_base64(request)));

  EXPECT_EQ(post.status, 200);
  EXPECT_EQ(header(post, "Content-Type"), "application/ocsp-response");
  EXPECT_EQ(ReadAnswer(body_of(post)).said().status, V_OCSP_CERTSTATUS_GOOD);
  EXPECT_EQ(get.body, post.body);
  EXPECT_EQ(encoded.body, post.body);
}

TEST_F(RepositoryTest, WhatMayChangeIsNotUsedAgainUnasked) {
  constexpr const char* kFleeting = "public, max-age=0, no-transform, must-revalidate";
  const auto with_nonce = testing::asking_about(issuer_.get(), {"0d"});
  OCSP_request_add1_nonce(with_nonce.get(), nullptr, 16);

  EXPECT_EQ(header(ask("GET", "/issuing.crl"), "Cache-Control"), kFleeting);
  EXPECT_EQ(header(ask("POST", "/ocsp", request_for("0d")), "Cache-Control"), kFleeting);
  EXPECT_EQ(header(ask("POST", "/ocsp", testing::bytes_of(with_nonce.get())), "Cache-Control"),
            "no-store");
  EXPECT_EQ(header(ask("POST", "/ocsp", "garbage"), "Cache-Control"), "no-store");
}

TEST_F(RepositoryTest, WhatIsNoRequestIsMalformedByEitherWay) {
  for (const HttpResponse& response :
       {ask("POST", "/ocsp", "garbage"), ask("POST", "/ocsp"), ask("GET", "/ocsp"),
        ask("GET", "/ocsp/"), ask("GET", "/ocsp/%%%%"), ask("GET", "/ocsp/===="),
        ask("GET", "/ocsp/AA=="), ask("GET", "/ocsp/A"), ask("GET", "/ocsp/AAA%3")}) {
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(ReadAnswer(body_of(response)).status(), OCSP_RESPONSE_STATUS_MALFORMEDREQUEST);
  }
}

TEST_F(RepositoryTest, RefusesOtherPathsMethodsAndTypes) {
  EXPECT_EQ(ask("GET", "/").status, 404);
  EXPECT_EQ(ask("GET", "/ocspx").status, 404);
  EXPECT_EQ(ask("POST", "/root.cer").status, 405);
  EXPECT_EQ(header(ask("POST", "/root.cer"), "Allow"), "GET, HEAD");
  EXPECT_EQ(header(ask("DELETE", "/ocsp"), "Allow"), "GET, HEAD, POST");
  const HttpRequest form{.method = "POST",
                         .scheme = "http",
                         .host = {},
                         .target = "/ocsp",
                         .headers = {{"Content-Type", "text/plain"}},
                         .body = {},
                         .peer = {}};
  EXPECT_EQ(answer(form, authority_, known_, kNow).status, 415);
  EXPECT_EQ(ask("GET", "/issuing.crl", {}, at("9999-12-30T00:00:00Z")).status, 500);
}

// ---- that certificates lead here ----

std::vector<std::string> addresses_in(const std::string& pem) {
  const CertificateOwner certificate = testing::certificate_in(pem);
  std::vector<std::string> found;
  Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free> access(
      static_cast<AUTHORITY_INFO_ACCESS*>(
          X509_get_ext_d2i(certificate.get(), NID_info_access, nullptr, nullptr)));
  const auto add = [&](const GENERAL_NAME* name) {
    const ASN1_IA5STRING* uri = name->d.uniformResourceIdentifier;
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(uri)));
  };
  for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i)
    add(sk_ACCESS_DESCRIPTION_value(access.get(), i)->location);
  Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free> points(static_cast<CRL_DIST_POINTS*>(
      X509_get_ext_d2i(certificate.get(), NID_crl_distribution_points, nullptr, nullptr)));
  add(sk_GENERAL_NAME_value(sk_DIST_POINT_value(points.get(), 0)->distpoint->name.fullname, 0));
  return found;
}

std::string issued_by(const Authority& authority) {
  return authority
      .issue({.csr_pem = make_csr({.key_name = "p256-a", .common_name = "www.example.jp"}).value(),
              .common_name = "www.example.jp",
              .not_before = kNow,
              .not_after = kNow + days(90),
              .serial = "0d"})
      .value()
      .pem;
}

TEST(AddressesTest, CertificatesLeadToTheRepositoryThatTheirCaWasGiven) {
  for (const std::string base : {"http://127.0.0.1:8080", "http://[::1]:8080"}) {
    const Authority authority(addresses_at(base));

    EXPECT_EQ(addresses_in(issued_by(authority)),
              (std::vector{base + "/ocsp", base + "/issuing.cer", base + "/issuing.crl"}));
    EXPECT_EQ(addresses_in(authority.chain_pem()),
              (std::vector{base + "/root.cer", base + "/root.crl"}));
    EXPECT_TRUE(authority.verify(issued_by(authority), kNow));
  }
}

TEST(AddressesTest, OtherwiseTheyLeadToNobody) {
  EXPECT_EQ(
      addresses_in(issued_by(Authority())),
      (std::vector<std::string>{"http://ocsp.ca.test/", "http://repository.ca.test/issuing.cer",
                                "http://crl.ca.test/issuing.crl"}));
  EXPECT_EQ(Authority().chain_pem(), Authority(Addresses{}).chain_pem());
}

TEST(AddressesTest, TheRootIsTheSameWhateverTheAddresses) {
  EXPECT_EQ(Authority(addresses_at(kBase)).root_pem(), Authority().root_pem());
}

}  // namespace
}  // namespace shinsa::fakes::ca
