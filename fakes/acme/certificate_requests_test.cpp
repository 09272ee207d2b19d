// From the request for a certificate to its revocation (RFC 8555 sections 7.4, 7.4.2, 7.6, 11.1)
// and renewal information (RFC 9773).
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "fakes/acme/trial.hpp"
#include "fakes/acme/x509.hpp"
#include "fakes/ca/authority.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::acme {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string in_base64url(const ca::Bytes& bytes) {
  return to_base64url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// A request signed with a digest of one's choice, and names of any kind.
std::string csr_with(const EVP_MD* digest, const char* names) {
  const auto pem = ca::KeyPool::find("rsa-2048-b")->pem();
  const auto key = ca::read_pem<PEM_read_bio_PrivateKey, ca::KeyOwner>(pem);
  const ca::RequestOwner request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key.get());
  const ca::ExtensionsOwner extensions(sk_X509_EXTENSION_new_null());
  sk_X509_EXTENSION_push(extensions.get(),
                         X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names));
  X509_REQ_add_extensions(request.get(), extensions.get());
  X509_REQ_sign(request.get(), key.get(), digest);
  return R"({"csr":")" + in_base64url(ca::der_of(i2d_X509_REQ, request.get())) + "\"}";
}

std::string csr_of(const ca::CsrRequest& wanted) {
  const auto pem = *ca::make_csr(wanted);
  const auto request = ca::read_pem<PEM_read_bio_X509_REQ, ca::RequestOwner>(pem);
  return R"({"csr":")" + in_base64url(ca::der_of(i2d_X509_REQ, request.get())) + "\"}";
}

/// A client whose order for example.jp is ready.
struct Ready {
  Trial trial;
  Client client;
  explicit Ready(TrialOptions options = {}, std::string_view key = "p256-a",
                 const std::vector<std::string>& names = {"example.jp"})
      : trial(std::move(options)), client(trial, key) {
    client.register_account();
    prove(client, names);
  }
  /// Orders and proves; the order is ready then.
  void prove(Client& whom, const std::vector<std::string>& names) {
    const auto ordered = whom.post("/acme/new-order", order_for(names));
    for (const std::string& url : texts_in(body_of(ordered), "authorizations")) {
      const auto authorization = body_of(whom.post(target_of(url), ""));
      publish(trial, whom.signer(), authorization, "dns-01");
      whom.post(target_of(text_in(challenge_in(authorization, "dns-01"), "url")), "{}");
    }
  }
  wire::HttpResponse finalize(const std::string& payload) {
    return client.post("/acme/order/1/finalize", payload);
  }
};

TEST(FinalizeTest, IssuesForASoundRequest) {
  Ready at;

  const auto answer = at.finalize(csr_for({"example.jp"}));

  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(header_in(answer, "Location"), std::string(kTrialBase) + "/acme/order/1");
  EXPECT_EQ(text_in(answer, "status"), "valid");
  EXPECT_TRUE(text_in(answer, "certificate").starts_with(std::string(kTrialBase) + "/acme/cert/"));
}

TEST(FinalizeTest, WaitsForAReadyOrderAndHappensOnce) {
  Ready at;
  at.client.post("/acme/new-order", order_for({"example.jp"}));

  EXPECT_EQ(outcome(at.client.post("/acme/order/2/finalize", csr_for({"example.jp"}))),
            "403 orderNotReady RFC-17");
  EXPECT_EQ(outcome(at.client.post("/acme/order/2/finalize", R"({"csr":"AAAA"})")),
            "403 orderNotReady RFC-17");
  EXPECT_EQ(outcome(at.finalize(csr_for({"example.jp"}))), "200");
  EXPECT_EQ(outcome(at.finalize(csr_for({"example.jp"}))), "403 orderNotReady RFC-17");
}

TEST(FinalizeTest, RefusesRequestsThatDoNotFitAndStaysReady) {
  ca::CsrRequest spoilt{"rsa-2048-a", "example.jp"};
  spoilt.spoil = ca::CsrSpoil::bad_signature;
  const struct {
    const char* what;
    std::string payload, outcome;
  } kCases[] = {
      {"no csr", "{}", "400 malformed"},
      {"no text", R"({"csr":1})", "400 malformed"},
      {"padded", R"({"csr":"AAA="})", "400 badCSR"},
      {"no request", R"({"csr":"AAAA"})", "400 badCSR"},
      {"empty", R"({"csr":""})", "400 badCSR"},
      {"bad signature", csr_of(spoilt), "400 badCSR RFC-01"},
      {"SHA-1", csr_with(EVP_sha1(), "DNS:example.jp"), "400 badCSR"},
      {"MD5", csr_with(EVP_md5(), "DNS:example.jp"), "400 badCSR"},
      {"an address", csr_with(EVP_sha256(), "DNS:example.jp,IP:192.0.2.1"), "400 badCSR"},
      {"a mail address", csr_with(EVP_sha256(), "DNS:example.jp,email:a@example.jp"), "400 badCSR"},
      {"weak key", csr_of({"rsa-1024-weak", "example.jp"}), "400 badCSR POL-01"},
      {"Ed25519", csr_of({"ed25519-a", "example.jp"}), "400 badCSR POL-01"},
      {"one name more", csr_for({"example.jp", "www.example.jp"}), "400 badCSR RFC-18"},
      {"another name", csr_for({"www.example.jp"}), "400 badCSR RFC-18"},
      {"CN besides SAN", csr_of({"rsa-2048-a", "www.example.jp", {}, {"example.jp"}}),
       "400 badCSR RFC-18"},
      {"the account's key", csr_for({"example.jp"}, "p256-a"), "400 badCSR"},
      {"no label", csr_of({"rsa-2048-a", "example.jp", {}, {"example.jp", "a_b.jp"}}),
       "400 badCSR"},
  };

  for (const auto& one : kCases) {
    Ready at;
    EXPECT_EQ(outcome(at.finalize(one.payload)), one.outcome) << one.what;
    EXPECT_EQ(text_in(at.client.post("/acme/order/1", ""), "status"), "ready") << one.what;
    EXPECT_EQ(outcome(at.finalize(csr_for({"example.jp"}))), "200") << one.what;
  }
}

TEST(FinalizeTest, TakesNamesWhereverTheyStand) {
  const std::string kCases[] = {
      csr_of({"rsa-2048-a", "example.jp"}),                  // in the common name alone
      csr_with(EVP_sha256(), "DNS:example.jp"),              // no common name
      csr_of({"p384-a", "Example.JP", {}, {"EXAMPLE.jp"}}),  // in any case
      csr_of({"p256-b", "example.jp", {}, {"example.jp"}}),
  };
  for (const std::string& payload : kCases) {
    Ready at;
    EXPECT_EQ(outcome(at.finalize(payload)), "200");
    EXPECT_EQ(text_in(at.client.post("/acme/order/1", ""), "status"), "valid");
  }
}

TEST(FinalizeTest, IsProcessingUntilTheCertificateIsThere) {
  TrialOptions options;
  options.conduct = {{"issuance", "an-hour-later"}};
  Ready at(options);

  const auto answer = at.finalize(csr_for({"example.jp"}));

  EXPECT_EQ(text_in(answer, "status"), "processing");
  EXPECT_EQ(header_in(answer, "Retry-After"), "3");
  EXPECT_EQ(header_in(at.client.post("/acme/order/1", ""), "Retry-After"), "3");
  at.trial.pass(hours(1));
  const auto order = at.client.post("/acme/order/1", "");
  EXPECT_EQ(text_in(order, "status"), "valid");
  EXPECT_EQ(header_in(order, "Retry-After"), "");
}

TEST(FinalizeTest, FailsWhereCaaForbidsIt) {
  const struct {
    const char *status, *values, *error;
  } kCases[] = {{"ok", "0 issue \"ca.example\"", "caa"}, {"servfail", "", "dns"}};
  for (const auto& one : kCases) {
    Ready at;
    // A value with blanks in it cannot be written as a list of words: it is interned whole.
    Facts& facts = at.trial.simulation().facts();
    RecordBuilder caa(facts, kType<"dns.changed">);
    caa.set("name", "example.jp").set("type", "CAA");
    if (*one.values) {
      const TextId value = facts.intern(one.values);
      caa.set("values", facts.intern_list({&value, 1}));
    } else {
      caa.set("status", one.status);
    }
    at.trial.simulation().happen(kType<"dns.changed">, facts.intern("zone/example.jp"),
                                 caa.build());

    const auto order = body_of(at.finalize(csr_for({"example.jp"})));

    EXPECT_EQ(text_in(order, "status"), "invalid");
    const auto& error = order.at("error").as_object();
    EXPECT_EQ(text_in(error, "type"), "urn:ietf:params:acme:error:" + std::string(one.error));
    EXPECT_EQ(text_in(error, "shinsa:clause"), "RFC-19");
  }
}

TEST(FinalizeTest, EndsWhereTheRegistrationDoes) {
  TrialOptions options;
  options.conduct = {{"issuance", "an-hour-later"}};
  Trial trial(options);
  Client client(trial, "p256-a");
  client.register_account();
  trial.pass(days(371) + hours(13) + minutes(30));
  const Issued issued = issue(trial, client, {"example.jp"}, "http-01");
  EXPECT_EQ(text_in(client.post(issued.order, ""), "status"), "processing");

  trial.pass(minutes(30));

  const auto order = body_of(client.post(issued.order, ""));
  EXPECT_EQ(text_in(order, "status"), "invalid");
  EXPECT_EQ(text_in(order.at("error").as_object(), "type"),
            "urn:ietf:params:acme:error:rejectedIdentifier");
}

// -- download
// ------------------------------------------------------------------------------------------------------------

/// A client with a certificate for example.jp.
struct Certified : Ready {
  std::string target;
  CertificateFace face;
  explicit Certified(TrialOptions options = {}, std::string_view key = "p256-a")
      : Ready(std::move(options), key) {
    target = target_of(text_in(finalize(csr_for({"example.jp"})), "certificate"));
    face = *read_certificate_pem(client.post(target, "").body);
  }
  std::string payload(std::string_view more = {}) const {
    return R"({"certificate":")" + to_base64url(face.der) + "\"" + std::string(more) + "}";
  }
  wire::HttpResponse revoke(std::string_view more = {}) {
    return client.post("/acme/revoke-cert", payload(more));
  }
};

std::size_t count_of(std::string_view text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
    ++count;
  return count;
}

TEST(CertificateTest, IsDownloadedWithEitherChain) {
  Certified at;

  const auto answer = at.client.post(at.target, "");
  const auto other = at.client.post(target_of(linked(answer, "alternate")), "");

  EXPECT_EQ(header_in(answer, "Content-Type"), "application/pem-certificate-chain");
  EXPECT_EQ(count_of(answer.body, "-----BEGIN CERTIFICATE-----"), 2u);
  EXPECT_EQ(count_of(other.body, "-----BEGIN CERTIFICATE-----"), 3u);
  EXPECT_TRUE(other.body.starts_with(answer.body));
  EXPECT_EQ(target_of(linked(other, "alternate")), at.target);
  EXPECT_TRUE(ca::Authority().verify(answer.body, at.trial.now()));
  EXPECT_EQ(outcome(at.client.post(at.target, "{}")), "400 malformed");
  EXPECT_EQ(outcome(at.trial.get(at.target)), "405 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/cert/00", "")), "404 malformed");
}

// -- revocation
// ----------------------------------------------------------------------------------------------------------

TEST(RevocationTest, IsCarriedOutForTheAccountThatOrderedIt) {
  for (const auto& [more, reason] :
       {std::pair{"", ""}, std::pair{R"(,"reason":0)", "unspecified"},
        std::pair{R"(,"reason":1)", "key-compromise"}, std::pair{R"(,"reason":4)", "superseded"},
        std::pair{R"(,"reason":5)", "cessation-of-operation"}}) {
    Certified at;

    const auto answer = at.revoke(more);

    EXPECT_EQ(outcome(answer), "200") << more;
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(at.trial.seen("certificate.revoked").size(), 1u) << reason;
    EXPECT_EQ(outcome(at.revoke(more)), "400 alreadyRevoked RFC-02");
    EXPECT_EQ(outcome(at.client.post(at.target, "")), "200");  // it can be had all the same
    EXPECT_TRUE(at.trial.simulation().artefacts().contains("certificates/crl.pem"));
  }
}

// Baseline Requirements 6.1.1.3: a CA certifies no key of which it knows that it is compromised.
TEST(RevocationTest, OfACompromisedKeyKeepsTheKeyFromBeingCertifiedAgain) {
  for (const int reason : {0, 1, 4}) {
    Certified at;
    ASSERT_EQ(outcome(at.revoke(",\"reason\":" + std::to_string(reason))), "200");

    const Issued again = issue(at.trial, at.client, {"example.jp"}, "http-01");

    EXPECT_EQ(again.certificate.empty(), reason == 1) << reason;
    if (reason != 1) continue;
    const std::string finalize = again.order + "/finalize";
    EXPECT_EQ(outcome(at.client.post(finalize, csr_for({"example.jp"}))), "400 badCSR");
    EXPECT_EQ(outcome(at.client.post(finalize, csr_for({"example.jp"}, "p256-b"))), "200");
  }
}

TEST(RevocationTest, RefusesReasonsThatItDoesNotTake) {
  Certified at;
  for (const int reason : {2, 3, 6, 7, 8, 9, 10, 11, 255, -1})
    EXPECT_EQ(outcome(at.revoke(",\"reason\":" + std::to_string(reason))),
              "400 badRevocationReason")
        << reason;
  for (const char* reason : {R"("1")", "1.5", "{}", "null"})
    EXPECT_EQ(outcome(at.revoke(",\"reason\":" + std::string(reason))), "400 malformed") << reason;
  EXPECT_THAT(at.trial.seen("certificate.revoked"), IsEmpty());
}

TEST(RevocationTest, RefusesWhatThisCaDidNotIssue) {
  Certified at;
  const auto authority = ca::Authority();
  const auto stranger =
      ca::read_pem<PEM_read_bio_X509, ca::CertificateOwner>(std::string_view(authority.root_pem()));
  std::string changed = at.face.der;
  changed.back() ^= 1;
  const auto revoke = [&](std::string_view der) {
    return outcome(
        at.client.post("/acme/revoke-cert", R"({"certificate":")" + to_base64url(der) + "\"}"));
  };
  const ca::Bytes root = ca::der_of(i2d_X509, stranger.get());

  EXPECT_EQ(revoke({reinterpret_cast<const char*>(root.data()), root.size()}), "404 malformed");
  EXPECT_EQ(revoke(changed), "404 malformed");
  EXPECT_EQ(revoke("no certificate"), "400 malformed");
  EXPECT_EQ(revoke(at.face.der + "x"), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/revoke-cert", "{}")), "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/revoke-cert", R"({"certificate":"AA=="})")),
            "400 malformed");
}

TEST(RevocationTest, IsCarriedOutForTheKeyOfTheCertificate) {
  Certified at;
  Client owner(at.trial, "rsa-2048-a"), other(at.trial, "p256-b");

  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "403 unauthorized");
  EXPECT_EQ(outcome(owner.post("/acme/revoke-cert", at.payload(R"(,"reason":1)"))), "200");
  EXPECT_EQ(at.trial.seen("certificate.revoked").size(), 1u);
}

TEST(RevocationTest, IsCarriedOutForWhoeverProvesTheNames) {
  TrialOptions options;
  options.account = true;
  Certified at(options);
  Client other(at.trial, "p256-b");
  ASSERT_TRUE(at.trial.server().adopt("account/1", other.signer().jwk()));
  other.use_account(std::string(kTrialBase) + "/acme/account/1");

  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "403 unauthorized");
  at.prove(other, {"www.example.jp"});
  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "403 unauthorized");
  at.prove(other, {"example.jp"});
  EXPECT_EQ(outcome(other.post("/acme/authz/3-1", R"({"status":"deactivated"})")), "200");
  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "403 unauthorized");
  at.prove(other, {"example.jp"});
  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "200");
}

TEST(RevocationTest, WhoOrderedItNeedsNoAuthorizationAnyMore) {
  Certified at;
  EXPECT_EQ(outcome(at.client.post("/acme/authz/1-1", R"({"status":"deactivated"})")), "200");

  EXPECT_EQ(outcome(at.revoke()), "200");
}

TEST(RevocationTest, AnAuthorizationThatRanOutProvesNothing) {
  TrialOptions options;
  options.account = true;
  Certified at(options);
  Client other(at.trial, "p256-b");
  ASSERT_TRUE(at.trial.server().adopt("account/1", other.signer().jwk()));
  other.use_account(std::string(kTrialBase) + "/acme/account/1");
  at.prove(other, {"example.jp"});

  at.trial.pass(days(25));

  EXPECT_EQ(outcome(other.post("/acme/revoke-cert", at.payload())), "403 unauthorized");
  EXPECT_EQ(outcome(at.revoke()), "200");
}

TEST(RevocationTest, NeedsAKeyOrAnAccountThatIsActive) {
  Certified at;
  at.client.post(target_of(at.client.account()), R"({"status":"deactivated"})");

  EXPECT_EQ(outcome(at.revoke()), "401 unauthorized");
}

// -- renewal
// -------------------------------------------------------------------------------------------------------------

TEST(RenewalTest, SuggestsAWindow) {
  Certified at;

  const auto answer = at.trial.get("/acme/renewal-info/" + at.face.id);

  EXPECT_EQ(outcome(answer), "200");
  EXPECT_EQ(header_in(answer, "Retry-After"), "21600");
  const auto window = body_of(answer).at("suggestedWindow").as_object();
  EXPECT_EQ(text_in(window, "start"), "2027-01-23T01:00:00Z");  // 30 of 90 days are left
  EXPECT_EQ(text_in(window, "end"), "2027-01-25T01:00:00Z");
}

TEST(RenewalTest, OfARevokedCertificateIsDue) {
  Certified at;
  at.revoke();

  const auto window =
      body_of(at.trial.get("/acme/renewal-info/" + at.face.id)).at("suggestedWindow").as_object();

  EXPECT_EQ(text_in(window, "end"), "2026-11-24T00:59:59Z");
}

TEST(RenewalTest, KnowsItsOwnCertificatesAlone) {
  Certified at;
  const std::string issuer = at.face.id.substr(0, at.face.id.find('.'));
  const std::string serial = at.face.id.substr(at.face.id.find('.') + 1);

  for (const std::string& id : {issuer + ".AQ", "AAAA." + serial})
    EXPECT_EQ(outcome(at.trial.get("/acme/renewal-info/" + id)), "404 malformed") << id;
  for (const std::string& id :
       {issuer, "." + serial, issuer + ".", issuer + ".=", std::string("a b.c")})
    EXPECT_EQ(outcome(at.trial.get("/acme/renewal-info/" + id)), "400 malformed") << id;
}

TEST(RenewalTest, AnOrderReplacesOneCertificateOnce) {
  TrialOptions options;
  options.account = true;
  Certified at(options);
  Client other(at.trial, "p256-b");
  ASSERT_TRUE(at.trial.server().adopt("account/1", other.signer().jwk()));
  other.use_account(std::string(kTrialBase) + "/acme/account/1");
  const std::string issuer = at.face.id.substr(0, at.face.id.find('.'));
  const auto wish = [](const std::string& id, const char* name = "example.jp") {
    return order_for({name}, R"(,"replaces":")" + id + "\"");
  };

  EXPECT_EQ(outcome(at.client.post("/acme/new-order", wish("no id"))), "400 malformed");
  EXPECT_EQ(
      outcome(at.client.post("/acme/new-order", order_for({"example.jp"}, ",\"replaces\":1"))),
      "400 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", wish(issuer + ".AQ"))), "404 malformed");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", wish(at.face.id, "www.example.jp"))),
            "400 malformed");
  EXPECT_EQ(outcome(other.post("/acme/new-order", wish(at.face.id))), "403 unauthorized");
  const auto order = at.client.post("/acme/new-order", wish(at.face.id));
  EXPECT_EQ(outcome(order), "201");
  EXPECT_EQ(text_in(order, "replaces"), at.face.id);
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", wish(at.face.id))), "409 alreadyReplaced");
  // An order that came to nothing replaces nothing.
  const std::string authorization = target_of(texts_in(body_of(order), "authorizations").at(0));
  at.client.post(authorization, R"({"status":"deactivated"})");
  EXPECT_EQ(outcome(at.client.post("/acme/new-order", wish(at.face.id))), "201");
}

}  // namespace
}  // namespace shinsa::fakes::acme
