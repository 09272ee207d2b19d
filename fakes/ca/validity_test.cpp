// What relying parties outside this project see: the `openssl` command at virtual times.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"

namespace shinsa::fakes::ca {
namespace {

std::string output_of(const std::string& command) {
  std::string output;
  std::array<char, 256> part{};
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  while (pipe && fgets(part.data(), part.size(), pipe)) output += part.data();
  if (pipe) pclose(pipe);
  return output;
}

/// A certificate and its chain in files of their own, for the command line.
class OpensslCommandTest : public testing::Test {
 protected:
  void SetUp() override {
    if (output_of("openssl version").find("OpenSSL 3") != 0)
      GTEST_SKIP() << "no openssl command, version 3";
    std::string pattern = (std::filesystem::temp_directory_path() / "shinsa-ca-XXXXXX").string();
    ASSERT_TRUE(mkdtemp(pattern.data()));
    folder_ = pattern;
    write("root.pem", authority_.root_pem());
    write("chain.pem", authority_.chain_pem());
    write("certificate.pem", certificate_.pem);
    write("crl.pem", list_.pem);
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void write(const char* name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  std::string verified_at(Instant at, const std::string& options = {}) {
    const std::string in = folder_.string();
    return output_of("openssl verify" + options + " -x509_strict -purpose sslserver -attime " +
                     std::to_string(at.seconds) + " -CAfile " + in + "/root.pem -untrusted " + in +
                     "/chain.pem " + in + "/certificate.pem");
  }

  Authority authority_;
  IssuedCertificate certificate_ =
      authority_
          .issue({.csr_pem =
                      make_csr({.key_name = "rsa-2048-a", .common_name = "www.example.jp"}).value(),
                  .common_name = "www.example.jp",
                  .not_before = parse_instant("2026-11-24T10:00:00+09:00").value(),
                  .not_after = parse_instant("2027-04-30T23:59:59+09:00").value(),
                  .serial = "0123456789abcdef"})
          .value();
  const Instant revoked_ = certificate_.not_before + days(7);
  RevocationList list_ =
      authority_
          .sign_crl({.revoked = {{"0123456789abcdef", revoked_, Reason::key_compromise}},
                     .this_update = revoked_,
                     .next_update = revoked_ + days(7),
                     .number = 1})
          .value();
  std::filesystem::path folder_;
};

TEST_F(OpensslCommandTest, AcceptsTheCertificateWithinItsValidity) {
  EXPECT_NE(verified_at(certificate_.not_before).find("certificate.pem: OK"), std::string::npos);
  EXPECT_NE(verified_at(certificate_.not_after - seconds(1)).find("certificate.pem: OK"),
            std::string::npos);
}

TEST_F(OpensslCommandTest, RefusesTheCertificateOutsideItsValidity) {
  EXPECT_NE(verified_at(certificate_.not_before - seconds(1)).find("certificate is not yet valid"),
            std::string::npos);
  EXPECT_NE(verified_at(certificate_.not_after + seconds(1)).find("certificate has expired"),
            std::string::npos);
}

// RFC 5280 counts the second of notAfter as valid, and so does Authority::verify. OpenSSL 3.0 does
// not.
TEST_F(OpensslCommandTest, RefusesTheVeryLastSecondThatRfc5280Includes) {
  EXPECT_NE(verified_at(certificate_.not_after).find("certificate has expired"), std::string::npos);
  EXPECT_TRUE(authority_.verify(certificate_.pem, certificate_.not_after));
}

/// What `openssl verify` and `Authority::verify` both say of the certificate when they know the
/// list: the command's finding, or OK.
TEST_F(OpensslCommandTest, AgreesOnARevokedCertificate) {
  const std::string with_list = " -crl_check -CRLfile " + (folder_ / "crl.pem").string();
  const std::pair<Instant, const char*> kFindings[] = {
      {revoked_ - seconds(1), "CRL is not yet valid"},
      {revoked_, "certificate revoked"},
      {revoked_ + days(7) - seconds(1), "certificate revoked"},
      {revoked_ + days(7), "CRL has expired"},
  };

  for (const auto& [at, finding] : kFindings) {
    EXPECT_NE(verified_at(at, with_list).find(finding), std::string::npos) << finding;
    const Result<void> ours = authority_.verify(certificate_.pem, list_.pem, at);
    ASSERT_FALSE(ours) << finding;
    EXPECT_NE(ours.error().what.find(finding), std::string::npos) << ours.error().text();
  }
  EXPECT_NE(verified_at(revoked_).find("certificate.pem: OK"), std::string::npos);
}

TEST_F(OpensslCommandTest, AgreesOnACertificateThatIsNotInTheList) {
  write("crl.pem", authority_
                       .sign_crl({.revoked = {{"0b", revoked_, Reason::superseded}},
                                  .this_update = revoked_,
                                  .next_update = revoked_ + days(7),
                                  .number = 2})
                       ->pem);

  EXPECT_NE(verified_at(revoked_, " -crl_check -CRLfile " + (folder_ / "crl.pem").string())
                .find("certificate.pem: OK"),
            std::string::npos);
}

TEST_F(OpensslCommandTest, PrintsTheListAsItsTextDoes) {
  EXPECT_EQ(output_of("openssl crl -noout -text -in " + (folder_ / "crl.pem").string()),
            list_.text);
  EXPECT_NE(list_.text.find("Key Compromise"), std::string::npos) << list_.text;
}

}  // namespace
}  // namespace shinsa::fakes::ca
