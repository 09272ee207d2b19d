#include "fakes/web/seen_certificate.hpp"

#include <openssl/pem.h>

#include <ctime>

namespace shinsa::fakes::web {
namespace {

std::string serial_of(const X509* certificate) {
  const ca::NumberOwner number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  const ca::Owned<char, ca::free_text> hex(number ? BN_bn2hex(number.get()) : nullptr);
  std::string text(hex ? hex.get() : "");
  for (char& c : text)
    if (c >= 'A' && c <= 'F') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

Instant instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  return ASN1_TIME_to_tm(time, &parts) == 1 ? Instant{timegm(&parts)} : kNever;
}

std::string text_of(const X509_NAME* name) {
  constexpr unsigned long kInUtf8 =
      XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  return ca::written(
      [&](BIO* out) { return X509_NAME_print_ex(out, name, 0, kInUtf8) >= 0 ? 1 : 0; });
}

std::vector<std::string> dns_names_of(const X509* certificate) {
  const ca::NamesOwner names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> result;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    result.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                        static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  return result;
}

}  // namespace

SeenCertificate seen(X509* certificate) {
  return {.pem = ca::written([&](BIO* out) { return PEM_write_bio_X509(out, certificate); }),
          .serial = serial_of(certificate),
          .not_before = instant_of(X509_get0_notBefore(certificate)),
          .not_after = instant_of(X509_get0_notAfter(certificate)),
          .subject = text_of(X509_get_subject_name(certificate)),
          .issuer = text_of(X509_get_issuer_name(certificate)),
          .sans = dns_names_of(certificate),
          .key_sha256 = ca::spki_sha256(X509_get_X509_PUBKEY(certificate))};
}

}  // namespace shinsa::fakes::web
