#include "fakes/acme/x509.hpp"

#include <openssl/pem.h>

#include <algorithm>

#include "fakes/acme/base64url.hpp"
#include "fakes/ca/csr_reader.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::acme {

namespace {

using ca::CertificateOwner;

constexpr std::size_t kSerialDigits = 32;

std::string_view octets_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

std::string hex(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) {
    text += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    text += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
  }
  return text;
}

/// Without the octet that keeps the number positive, and with the zeros that DER leaves out.
std::string serial_of(std::string_view octets) {
  if (octets.size() > 1 && octets.front() == 0) octets.remove_prefix(1);
  std::string digits = hex(octets);
  if (digits.size() < kSerialDigits) digits.insert(0, kSerialDigits - digits.size(), '0');
  return digits;
}

bool is_signed_with_an_old_digest(X509_REQ* request) {
  int digest = NID_undef;
  OBJ_find_sigid_algs(X509_REQ_get_signature_nid(request), &digest, nullptr);
  return digest == NID_sha1 || digest == NID_md5;
}

bool has_other_names(X509_REQ* request) {
  const ca::ExtensionsOwner extensions(X509_REQ_get_extensions(request));
  const ca::NamesOwner names(static_cast<GENERAL_NAMES*>(
      X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (sk_GENERAL_NAME_value(names.get(), i)->type != GEN_DNS) return true;
  return false;
}

/// An INTEGER as DER writes its octets: a zero in front of a high bit.
std::string der_octets(const ASN1_INTEGER* number) {
  std::string octets(octets_of(number));
  if (!octets.empty() && (static_cast<unsigned char>(octets.front()) & 0x80) != 0)
    octets.insert(octets.begin(), '\0');
  return octets;
}

CertificateFace face_of(X509* certificate) {
  CertificateFace face;
  const std::string serial = der_octets(X509_get0_serialNumber(certificate));
  face.serial = serial_of(serial);
  face.key = ca::spki_sha256(X509_get_X509_PUBKEY(certificate));
  const ca::Bytes der = ca::der_of(i2d_X509, certificate);
  face.der.assign(der.begin(), der.end());
  if (const ASN1_OCTET_STRING* issuer = X509_get0_authority_key_id(certificate))
    face.id = to_base64url(octets_of(issuer)) + "." + to_base64url(serial);
  return face;
}

}  // namespace

tl::expected<ca::Csr, std::string> read_request(std::string_view der) {
  const ca::ErrorQueueGuard guard;
  ca::Csr csr = ca::Csr::read_der(der);
  if (!csr.report().readable) return tl::unexpected<std::string>("\"csr\" is no PKCS #10 request");
  X509_REQ* const request = csr.examined().request.get();
  if (is_signed_with_an_old_digest(request))
    return tl::unexpected<std::string>("the request is signed with SHA-1 or MD5");
  if (has_other_names(request))
    return tl::unexpected<std::string>("the request asks for names that are no DNS names");
  return csr;
}

std::optional<CertificateFace> read_certificate(std::string_view der) {
  const ca::ErrorQueueGuard guard;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const auto* end = at + der.size();
  const CertificateOwner certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!certificate || at != end) return std::nullopt;
  return face_of(certificate.get());
}

std::optional<CertificateFace> read_certificate_pem(std::string_view pem) {
  const ca::ErrorQueueGuard guard;
  const auto certificate = ca::read_pem<PEM_read_bio_X509, CertificateOwner>(pem);
  if (!certificate) return std::nullopt;
  return face_of(certificate.get());
}

std::optional<std::string> serial_in(std::string_view certificate_id) {
  const std::size_t dot = certificate_id.find('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  const auto issuer = from_base64url(certificate_id.substr(0, dot));
  const auto serial = from_base64url(certificate_id.substr(dot + 1));
  if (!issuer || !serial || serial->empty()) return std::nullopt;
  return serial_of(*serial);
}

}  // namespace shinsa::fakes::acme
