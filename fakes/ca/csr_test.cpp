#include "fakes/ca/csr.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "fakes/ca/armour.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {
namespace {

std::string csr(const CsrRequest& wanted) {
  Result<std::string> pem = make_csr(wanted);
  EXPECT_TRUE(pem) << pem.error().text();
  return pem.value_or("");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

std::string as_pem(const Bytes& der) {
  std::string base64(der.size() * 2 + 4, '\0');
  base64.resize(static_cast<std::size_t>(EVP_EncodeBlock(
      reinterpret_cast<unsigned char*>(base64.data()), der.data(), static_cast<int>(der.size()))));
  return "-----BEGIN CERTIFICATE REQUEST-----\n" + base64 + "\n-----END CERTIFICATE REQUEST-----\n";
}

Bytes der_in(const std::string& pem) { return decode_base64(find_armour(pem)->body).value(); }

const CsrRequest kPlain{.key_name = "rsa-2048-a", .common_name = "www.example.jp"};

TEST(CsrTest, TellsWhatTheRequestSays) {
  CsrReport report = examine_csr(csr({.key_name = "rsa-2048-a",
                                      .common_name = "www.example.jp",
                                      .organisation = "株式会社 例え",
                                      .sans = {"www.example.jp", "example.jp"}}));

  EXPECT_TRUE(report.readable);
  EXPECT_EQ(report.problem, "");
  EXPECT_EQ(report.problem_text, "");
  EXPECT_EQ(report.common_name, "www.example.jp");
  EXPECT_EQ(report.organisation, "株式会社 例え");
  EXPECT_EQ(report.sans, (std::vector<std::string>{"www.example.jp", "example.jp"}));
  EXPECT_EQ(report.key_type, "rsa-2048");
  EXPECT_EQ(report.key_sha256, KeyPool::find("rsa-2048-a")->sha256());
  EXPECT_EQ(report.request_sha256.size(), 64u);
}

TEST(CsrTest, AcceptsEverySpellingOfTheMarks) {
  RecordProperty("clause", "JPR-28");
  const std::string plain = csr(kPlain);
  CsrRequest with_new = kPlain, spaced = kPlain;
  with_new.header = CsrHeader::new_request;
  spaced.header = CsrHeader::spaced;
  const std::string kTexts[] = {
      plain,
      csr(with_new),
      csr(spaced),
      replaced(plain, "\n", "\r\n"),
      "下記のCSRでお願いします。\n\n" + plain,
      plain + "\n-- \nExample, Inc.\n",
      plain.substr(0, plain.size() - 1),
      "\xEF\xBB\xBF" + plain,
      replaced(plain, "\n", "  \n"),
  };
  const std::string request = examine_csr(plain).request_sha256;

  for (const std::string& text : kTexts) {
    CsrReport report = examine_csr(text);
    EXPECT_EQ(report.problem, "") << text;
    EXPECT_EQ(report.request_sha256, request) << text;
  }
}

TEST(CsrTest, TheSpacedMarksAreThoseOfTheGuidePage) {
  CsrRequest spaced = kPlain;
  spaced.header = CsrHeader::spaced;
  const std::string text = csr(spaced);

  EXPECT_TRUE(text.starts_with("----- BEGIN CERTIFICATE REQUEST -----\n"));
  EXPECT_TRUE(text.ends_with("\n----- END CERTIFICATE REQUEST -----\n"));
}

TEST(CsrTest, AcceptsEachAllowedKeyType) {
  for (const char* key : {"rsa-2048-b", "rsa-3072-a", "rsa-4096-a", "p256-a", "p384-a", "p521-a"}) {
    CsrReport report = examine_csr(csr({.key_name = key, .common_name = "www.example.jp"}));

    EXPECT_EQ(report.problem, "") << key << ": " << report.problem_text;
    EXPECT_EQ(report.key_type, KeyPool::find(key)->type());
    EXPECT_EQ(report.key_sha256, KeyPool::find(key)->sha256());
  }
}

TEST(CsrTest, RefusesKeysThatTheBaselineRequirementsDoNotAllow) {
  RecordProperty("clause", "POL-01");
  const std::pair<const char*, const char*> kKeys[] = {
      {"rsa-1024-weak", "weak-key"},
      {"rsa-2047-weak", "weak-key"},  // one bit below the limit
      {"rsa-2052-odd", "weak-key"},   // above it, but no multiple of 8
      {"ed25519-a", "key-type-not-allowed"},
  };

  for (const auto& [key, problem] : kKeys)
    EXPECT_EQ(examine_csr(csr({.key_name = key, .common_name = "www.example.jp"})).problem, problem)
        << key;
}

TEST(CsrTest, AcceptsInternationalNamesAsALabels) {
  for (const char* name :
       {"xn--r8jz45g.jp", "www.xn--r8jz45g.jp", "*.xn--r8jz45g.jp", "WWW.Example.JP"}) {
    CsrReport report =
        examine_csr(csr({.key_name = "p256-a", .common_name = name, .sans = {name}}));

    EXPECT_EQ(report.problem, "") << report.problem_text;
    EXPECT_EQ(report.common_name, name);
  }
}

// By precedence: each row has every fault of the rows below it that it can have.
TEST(CsrTest, NamesTheFirstProblemThatApplies) {
  constexpr auto kSpoilt = CsrSpoil::bad_signature;
  const std::string plain = csr(kPlain);
  const std::string weak =
      csr({.key_name = "rsa-1024-weak", .common_name = "例え.jp", .spoil = kSpoilt});
  const struct {
    std::string text;
    const char* problem;
    bool readable;
  } kRows[] = {
      {std::string(kMaxCsrText + 1, 'x'), "too-long", false},
      {"", "not-pem", false},
      {"CSRは後で送ります。", "not-pem", false},
      {csr({.key_name = "rsa-2048-a", .common_name = "www.example.jp", .header = CsrHeader::none}),
       "not-pem", false},
      {replaced(plain, "CERTIFICATE REQUEST", "CERTIFICATE"), "not-pem", false},
      {replaced(plain, "-----END", "END"), "not-pem", false},
      {"-----BEGIN CERTIFICATE REQUEST-----\n-----END CERTIFICATE REQUEST-----\n", "not-base64",
       false},
      {"-----BEGIN CERTIFICATE REQUEST-----\n例え\n-----END CERTIFICATE REQUEST-----\n",
       "not-base64", false},
      {abridge(plain), "not-base64", false},
      {"-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n", "not-asn1",
       false},
      {replaced(plain, "MII", "MIH"), "not-asn1", false},
      {csr({.key_name = "ed25519-a", .common_name = "例え.jp", .spoil = kSpoilt}),
       "key-type-not-allowed", true},
      {weak, "weak-key", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "例え.jp", .spoil = kSpoilt}), "bad-signature",
       true},
      {csr({.key_name = "p256-a", .common_name = "www.example.jp", .spoil = kSpoilt}),
       "bad-signature", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "", .sans = {"www.example.jp"}}),
       "no-common-name", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "例え.jp"}), "name-not-allowed", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "Example, Inc."}), "name-not-allowed", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "www..example.jp"}), "name-not-allowed", true},
      {csr({.key_name = "rsa-2048-a", .common_name = "www.*.example.jp"}), "name-not-allowed",
       true},
      {csr({.key_name = "rsa-2048-a", .common_name = "a.jp", .sans = {"a.jp", "a_b.jp"}}),
       "name-not-allowed", true},
  };

  for (const auto& row : kRows) {
    CsrReport report = examine_csr(row.text);
    EXPECT_EQ(report.problem, row.problem) << row.text.substr(0, 200);
    EXPECT_EQ(report.readable, row.readable) << row.text.substr(0, 200);
    EXPECT_TRUE(report.problem_text.ends_with(".") || report.problem == "name-not-allowed")
        << report.problem_text;
  }
}

TEST(CsrTest, RefusesBytesAfterTheRequest) {
  Bytes der = der_in(csr(kPlain));
  der.push_back(0);

  EXPECT_EQ(examine_csr(as_pem(der)).problem, "not-asn1");
}

TEST(CsrTest, RefusesTwoCommonNames) {
  PrivateKey key = KeyPool::find("rsa-2048-a").value();
  RequestOwner request(X509_REQ_new());
  NameOwner subject(X509_NAME_new());
  ASSERT_TRUE(add_to_name(subject.get(), "CN", "a.example.jp") &&
              add_to_name(subject.get(), "CN", "b.example.jp"));
  X509_REQ_set_subject_name(request.get(), subject.get());
  X509_REQ_set_pubkey(request.get(), key.handle());
  ASSERT_GT(X509_REQ_sign(request.get(), key.handle(), EVP_sha256()), 0);

  CsrReport report = examine_csr(as_pem(der_of(i2d_X509_REQ, request.get())));

  EXPECT_EQ(report.problem, "several-common-names");
  EXPECT_EQ(report.common_name, "a.example.jp");
}

// The encoded exponent 65537 becomes 65536 or 1; the signature is no longer looked at.
TEST(CsrTest, RefusesAPublicExponentThatIsEvenOrOne) {
  const Bytes sound = der_in(csr(kPlain));
  const Bytes exponent{0x02, 0x03, 0x01, 0x00, 0x01};
  auto at =
      std::search(sound.begin(), sound.end(), exponent.begin(), exponent.end()) - sound.begin();
  Bytes even = sound, one = sound;
  even[static_cast<std::size_t>(at) + 4] = 0x00;
  one[static_cast<std::size_t>(at) + 2] = 0x00;

  EXPECT_EQ(examine_csr(as_pem(even)).problem, "weak-key");
  EXPECT_EQ(examine_csr(as_pem(one)).problem, "weak-key");
}

TEST(CsrTest, WritesBytesOutsideAsciiInADnsNameAsHex) {
  Bytes der =
      der_in(csr({.key_name = "rsa-2048-a", .common_name = "a.jp", .sans = {"abcdefgh.jp"}}));
  const std::string name = "abcdefgh.jp";
  auto at = std::search(der.begin(), der.end(), name.begin(), name.end());
  ASSERT_NE(at, der.end());
  at[1] = 0x00;
  at[2] = 0xFF;

  EXPECT_EQ(examine_csr(as_pem(der)).sans, (std::vector<std::string>{"a\\x00\\xffdefgh.jp"}));
}

TEST(CsrTest, MakesTheSameRsaRequestEveryTime) { EXPECT_EQ(csr(kPlain), csr(kPlain)); }

TEST(CsrTest, SaysWhyARequestCannotBeMade) {
  const struct {
    CsrRequest wanted;
    const char* what;
  } kRows[] = {
      {{.key_name = "rsa-2048-z", .common_name = "www.example.jp"}, "there is no test key"},
      {{.key_name = "rsa-2048-a", .common_name = std::string(65, 'a')}, "string too long"},
      {{.key_name = "rsa-2048-a", .common_name = "a.jp", .organisation = std::string(65, 'a')},
       "string too long"},
      {{.key_name = "rsa-2048-a", .common_name = "\xFF\xFE"}, "invalid utf8string"},
  };

  for (const auto& row : kRows) {
    Result<std::string> pem = make_csr(row.wanted);
    ASSERT_FALSE(pem) << row.what;
    EXPECT_NE(pem.error().what.find(row.what), std::string::npos) << pem.error().text();
    EXPECT_EQ(ERR_peek_error(), 0u);
  }
}

TEST(CsrTest, LeavesNoErrorOfOpenSslBehind) {
  (void)examine_csr(
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n");
  EXPECT_EQ(ERR_peek_error(), 0u);
  (void)examine_csr(
      csr({.key_name = "p256-a", .common_name = "a.jp", .spoil = CsrSpoil::bad_signature}));
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(AbridgeTest, KeepsTheMarksAndReplacesTheBodyByADigest) {
  CsrRequest spaced = kPlain;
  spaced.header = CsrHeader::spaced;
  const std::string text = csr(spaced);

  EXPECT_EQ(abridge("Please:\n" + text + "Thanks"),
            "----- BEGIN CERTIFICATE REQUEST -----\n"
            "[sha256 of the request: " +
                examine_csr(text).request_sha256 +
                "]\n"
                "----- END CERTIFICATE REQUEST -----\n");
}

TEST(AbridgeTest, GivesTheSameTextForTwoSignaturesOfOneRequest) {
  for (CsrHeader header :
       {CsrHeader::standard, CsrHeader::new_request, CsrHeader::spaced, CsrHeader::none}) {
    CsrRequest wanted{.key_name = "p256-a", .common_name = "www.example.jp", .header = header};
    const std::string first = csr(wanted), second = csr(wanted);

    EXPECT_NE(first, second);
    EXPECT_EQ(abridge(first), abridge(second));
  }
}

TEST(AbridgeTest, GivesTheSameTextForASpoiltSignature) {
  CsrRequest spoilt = kPlain;
  spoilt.spoil = CsrSpoil::bad_signature;

  EXPECT_EQ(abridge(csr(spoilt)), abridge(csr(kPlain)));
}

TEST(AbridgeTest, TheDigestOfAnAbridgedTextIsThatOfTheRequest) {
  const std::string text = csr(kPlain);
  EXPECT_EQ(digest_in(abridge(text)), examine_csr(text).request_sha256);
  for (const char* none : {"", "-----BEGIN CERTIFICATE REQUEST-----", "[unreadable body]"})
    EXPECT_EQ(digest_in(none), "") << none;
}

TEST(CsrTest, ItsOctetsAreTheSameRequest) {
  const Csr read = Csr::read(csr(kPlain));
  EXPECT_EQ(Csr::read_der(read.der()).report().request_sha256, read.report().request_sha256);
  EXPECT_EQ(Csr::read_der(read.der()).report().problem, "");
  EXPECT_EQ(Csr::read("no request").der(), "");
}

TEST(AbridgeTest, SaysThatABodyIsUnreadable) {
  EXPECT_EQ(abridge("-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----"),
            "-----BEGIN CERTIFICATE REQUEST-----\n[unreadable body]\n-----END CERTIFICATE "
            "REQUEST-----\n");
}

TEST(AbridgeTest, GivesTheSameTextForWhatWasExamined) {
  CsrRequest spoilt = kPlain, spaced = kPlain, bare = kPlain;
  spoilt.spoil = CsrSpoil::bad_signature;
  spaced.header = CsrHeader::spaced;
  bare.header = CsrHeader::none;
  const std::string kTexts[] = {
      csr(kPlain),
      "Please:\n" + csr(spaced) + "Thanks",
      csr(spoilt),
      csr(bare),
      csr({.key_name = "rsa-1024-weak", .common_name = "www.example.jp"}),
      abridge(csr(kPlain)),
      "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
      "CSRは後で送ります。",
      "",
      std::string(kMaxCsrText + 1, 'x'),
  };

  for (const std::string& text : kTexts)
    EXPECT_EQ(abridge(text, examine_csr(text)), abridge(text)) << text.substr(0, 200);
}

TEST(AbridgeTest, CutsTextWithoutMarksAt200Characters) {
  std::string kana;
  for (int i = 0; i < 300; ++i) kana += "あ";

  EXPECT_EQ(abridge("CSRは後で送ります。"), "CSRは後で送ります。");
  EXPECT_EQ(abridge(kana), kana.substr(0, 600));
  EXPECT_EQ(abridge(std::string(kMaxCsrText + 1, 'x')), std::string(200, 'x'));
}

RC_GTEST_PROP(CsrProperty, RandomBytesEndInAProblem, (const std::string& bytes)) {
  CsrReport report = examine_csr(bytes);
  RC_ASSERT(!report.readable);
  RC_ASSERT(!report.problem.empty());
  RC_ASSERT(abridge(abridge(bytes)) == abridge(bytes));
}

RC_GTEST_PROP(CsrProperty, RandomBytesBetweenTheMarksEndInAProblem, (const Bytes& bytes)) {
  RC_PRE(!bytes.empty());
  RC_ASSERT(!examine_csr(as_pem(bytes)).problem.empty());
}

// The signature's own algorithm field is not signed, and OpenSSL lets a wrong parameter there pass;
// whatever was signed cannot change unseen.
RC_GTEST_PROP(CsrProperty, NoChangeOfWhatWasSignedGoesUnseen, ()) {
  static const std::vector<Bytes> kSound = {
      der_in(csr(
          {.key_name = "rsa-2048-a", .common_name = "www.example.jp", .sans = {"www.example.jp"}})),
      der_in(
          csr({.key_name = "p256-a", .common_name = "www.example.jp", .organisation = "Example"})),
      der_in(csr({.key_name = "ed25519-a", .common_name = "www.example.jp"}))};
  const Bytes& sound = *rc::gen::elementOf(kSound);
  Bytes changed = sound;
  for (int i = *rc::gen::inRange(1, 5); i > 0; --i)
    changed[*rc::gen::inRange<std::size_t>(0, changed.size())] =
        *rc::gen::arbitrary<unsigned char>();
  changed.resize(changed.size() -
                 *rc::gen::weightedElement<std::size_t>({{8, 0}, {1, 1}, {1, 40}}));

  CsrReport report = examine_csr(as_pem(changed));

  RC_TAG(report.problem);
  RC_ASSERT(!report.problem.empty() ||
            report.request_sha256 == examine_csr(as_pem(sound)).request_sha256);
  RC_ASSERT(report.readable == !report.request_sha256.empty());
  RC_ASSERT(ERR_peek_error() == 0u);
  std::string abridged = abridge(as_pem(changed));
  RC_ASSERT(abridge(abridged) == abridged);
}

}  // namespace
}  // namespace shinsa::fakes::ca
