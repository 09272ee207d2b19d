/// All suites, one core: with real certificates, and with certificates on paper. The peer is
/// OpenSSL alone: a certificate of one name, made and signed with an RSA key of 2048 bits.
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstdio>
#include <span>

#include "bench/measure.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"

namespace {

using namespace shinsa;

constexpr int kTimes = 5;
constexpr int kCertificates = 500;

double seconds_of_suites(std::span<const scenarios::Story> stories, fakes::Detail detail) {
  std::vector<double> times;
  for (int i = 0; i < kTimes; ++i) {
    const double begin = bench::cpu_seconds();
    for (std::size_t at = 0; at < stories.size();) {
      const auto parts = stories.subspan(at, scenarios::count_together(stories.subspan(at)));
      scenarios::RunOptions options;
      options.detail = detail;
      for (const auto& run : scenarios::run_together(parts, options))
        if (run.end == scenarios::StoryRun::End::failed ||
            run.end == scenarios::StoryRun::End::error) {
          std::fprintf(stderr, "%s does not pass\n", stories[at].id.c_str());
          std::exit(1);
        }
      at += parts.size();
    }
    times.push_back(bench::cpu_seconds() - begin);
  }
  return bench::median(times);
}

double seconds_of_a_bare_certificate() {
  EVP_PKEY* const key = EVP_RSA_gen(2048);
  const double begin = bench::cpu_seconds();
  for (int i = 0; i < kCertificates; ++i) {
    X509* const certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), i + 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>("www.example.jp"), -1, -1, 0);
    if (X509_sign(certificate, key, EVP_sha256()) == 0) std::exit(1);
    X509_free(certificate);
  }
  const double end = bench::cpu_seconds();
  EVP_PKEY_free(key);
  return (end - begin) / kCertificates;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : "scenarios";
  const auto loaded = scenarios::load_paths({root}, root);
  if (!loaded.errors.empty() || loaded.stories.empty()) {
    std::fprintf(stderr, "no suites below %s; call it where scenarios/ is\n", root.c_str());
    return 1;
  }
  const double bare = seconds_of_a_bare_certificate();
  std::printf("a bare certificate         %8.3f ms\n", bare * 1e3);
  for (const auto& [name, detail] : {std::pair{"with X.509", fakes::Detail::full},
                                     std::pair{"certificates on paper", fakes::Detail::paper}}) {
    const double all = seconds_of_suites(loaded.stories, detail);
    const double one = all / static_cast<double>(loaded.stories.size());
    std::printf("%-24s %4zu scenarios  %6.2f s  %6.3f ms each, %5.1f bare certificates\n", name,
                loaded.stories.size(), all, one * 1e3, one / bare);
  }
  return 0;
}
