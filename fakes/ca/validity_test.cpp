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
  }
  void TearDown() override {
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  void write(const char* name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  std::string verified_at(Instant at) {
    const std::string in = folder_.string();
    return output_of("openssl verify -x509_strict -purpose sslserver -attime " +
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

}  // namespace
}  // namespace shinsa::fakes::ca
