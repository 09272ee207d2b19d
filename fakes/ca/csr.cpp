#include "fakes/ca/csr.hpp"

#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <algorithm>
#include <optional>

#include "fakes/ca/armour.hpp"
#include "fakes/ca/csr_reader.hpp"
#include "fakes/ca/openssl.hpp"
#include "fakes/ca/request_der.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::ca {

namespace {

struct Problem {
  std::string word;
  std::string text;
};

constexpr std::size_t kMaxAbridged = 200;
constexpr std::string_view kDigestLine = "[sha256 of the request: ";

// ---- from text to a request ----

/// The CertificationRequestInfo as it stands in the request: the first element of the outer
/// sequence. Its own bytes are hashed, not a re-encoding, so that the digest names what the
/// customer signed.
std::span<const unsigned char> signed_part(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  long length = 0;
  int tag = 0, klass = 0;
  if (ASN1_get_object(&at, &length, &tag, &klass, static_cast<long>(der.size())) !=
      V_ASN1_CONSTRUCTED)
    return {};
  const unsigned char* inner = at;
  if (ASN1_get_object(&inner, &length, &tag, &klass, length) != V_ASN1_CONSTRUCTED) return {};
  return {at, inner + length};
}

bool take_request(const Bytes& der, ExaminedCsr& out) {
  RequestOwner request = request_from(der);
  if (!request) return false;
  std::span<const unsigned char> info = signed_part(der);
  if (info.empty()) return false;
  out.report.readable = true;
  out.report.request_sha256 = sha256_hex(info);
  out.key = key_in(request.get());
  out.request = std::move(request);
  return true;
}

std::optional<Problem> read_request(std::string_view text, ExaminedCsr& out) {
  if (text.size() > kMaxCsrText)
    return Problem{"too-long",
                   "The text is longer than " + std::to_string(kMaxCsrText) + " bytes."};
  std::optional<Armoured> armour = find_armour(text);
  if (!armour)
    return Problem{"not-pem", "The text has no lines BEGIN and END CERTIFICATE REQUEST."};
  if (!armour->is_request())
    return Problem{"not-pem", "The text holds a " + std::string(armour->label) +
                                  ", not a CERTIFICATE REQUEST."};
  std::optional<Bytes> der = decode_base64(armour->body);
  if (!der)
    return Problem{"not-base64", "What stands between the BEGIN and END lines is not base64."};
  if (take_request(*der, out)) return std::nullopt;
  std::string reason = openssl_reason();
  return Problem{"not-asn1", "The text decodes to something that is no certificate request" +
                                 (reason.empty() ? "." : " (" + reason + ").")};
}

// ---- what the request says ----

std::string text_of(const X509_NAME* name, int nid) {
  int index = X509_NAME_get_index_by_NID(name, nid, -1);
  if (index < 0) return {};
  unsigned char* utf8 = nullptr;
  int length =
      ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)));
  BytesOwner owner(utf8);
  return length > 0 ? std::string(reinterpret_cast<char*>(utf8), static_cast<std::size_t>(length))
                    : std::string();
}

/// DNS names are ASCII by their ASN.1 type, but nothing keeps a hostile request to it, and events
/// must be UTF-8.
std::string printable(const ASN1_IA5STRING* text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (int i = 0; i < ASN1_STRING_length(text); ++i) {
    unsigned char byte = ASN1_STRING_get0_data(text)[i];
    if (byte >= 0x20 && byte < 0x7F) {
      out += static_cast<char>(byte);
    } else {
      out += {'\\', 'x', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

std::vector<std::string> sans_of(X509_REQ* request) {
  std::vector<std::string> sans;
  ExtensionsOwner extensions(X509_REQ_get_extensions(request));
  NamesOwner names(static_cast<GENERAL_NAMES*>(
      X509V3_get_d2i(extensions.get(), NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) sans.push_back(printable(name->d.dNSName));
  }
  return sans;
}

void describe(X509_REQ* request, const EVP_PKEY* key, CsrReport& report) {
  const X509_NAME* subject = X509_REQ_get_subject_name(request);
  report.common_name = text_of(subject, NID_commonName);
  report.organisation = text_of(subject, NID_organizationName);
  report.sans = sans_of(request);
  report.key_sha256 = spki_sha256(X509_REQ_get_X509_PUBKEY(request));
  if (key) report.key_type = key_type_of(key);
}

// ---- what is wrong with it ----

bool of_an_allowed_algorithm(X509_REQ* request) {
  ASN1_OBJECT* algorithm = nullptr;
  X509_PUBKEY_get0_param(&algorithm, nullptr, nullptr, nullptr, X509_REQ_get_X509_PUBKEY(request));
  int nid = OBJ_obj2nid(algorithm);
  return nid == NID_rsaEncryption || nid == NID_X9_62_id_ecPublicKey;
}

bool curve_is_spelt_out(const EVP_PKEY* key) {
  int spelt_out = 0;
  return EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS, &spelt_out) ==
             1 &&
         spelt_out;
}

bool exponent_is_sound(const EVP_PKEY* key) {
  BIGNUM* exponent = nullptr;
  bool found = EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &exponent) == 1;
  NumberOwner owner(exponent);
  return found && BN_is_odd(exponent) && !BN_is_one(exponent);
}

// Baseline Requirements 6.1.5 and 6.1.6; README.md lists the checks of 6.1.1.3 that are not made
// here.
std::optional<Problem> key_problem(X509_REQ* request, const EVP_PKEY* key,
                                   const std::string& key_type) {
  if (!of_an_allowed_algorithm(request))
    return Problem{"key-type-not-allowed",
                   "The key is neither RSA nor on a curve (" + (key ? key_type : "unknown") + ")."};
  if (!key)
    return Problem{"unreadable-key",
                   "The public key in the request cannot be read (" + openssl_reason() + ")."};
  if (EVP_PKEY_is_a(key, "RSA")) {
    int bits = EVP_PKEY_get_bits(key);
    if (bits < 2048)
      return Problem{"weak-key",
                     "The RSA key has " + std::to_string(bits) + " bits; 2048 are required."};
    if (bits % 8 != 0)
      return Problem{"weak-key", "The length of the RSA key is no multiple of 8 bits."};
    if (!exponent_is_sound(key))
      return Problem{"weak-key", "The public exponent is not an odd number from 3 on."};
    return std::nullopt;
  }
  if (curve_is_spelt_out(key) || (key_type != "p256" && key_type != "p384" && key_type != "p521"))
    return Problem{"key-type-not-allowed",
                   "The key is on no named curve of P-256, P-384 and P-521 (" + key_type + ")."};
  return std::nullopt;
}

std::optional<Problem> signature_problem(X509_REQ* request, EVP_PKEY* key) {
  if (X509_REQ_verify(request, key) == 1) return std::nullopt;
  return Problem{"bad-signature", "The request's signature does not fit its key."};
}

bool is_a_label(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  Result<std::string> mapped = to_a_label(name);
  return mapped && *mapped == name;
}

std::optional<Problem> name_problem(X509_REQ* request, const CsrReport& report) {
  const X509_NAME* subject = X509_REQ_get_subject_name(request);
  int first = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (first < 0 || report.common_name.empty())
    return Problem{"no-common-name", "The request has no common name."};
  if (X509_NAME_get_index_by_NID(subject, NID_commonName, first) >= 0)
    return Problem{"several-common-names", "The request has more than one common name."};
  if (!is_a_label(report.common_name))
    return Problem{"name-not-allowed",
                   "The common name is no host name in A-label form: " + report.common_name};
  for (const std::string& name : report.sans)
    if (!is_a_label(name))
      return Problem{"name-not-allowed", "A DNS name is no host name in A-label form: " + name};
  return std::nullopt;
}

/// Of a request that was taken.
std::optional<Problem> first_problem(ExaminedCsr& out) {
  X509_REQ* const request = out.request.get();
  describe(request, out.key.get(), out.report);
  if (auto problem = key_problem(request, out.key.get(), out.report.key_type)) return problem;
  if (auto problem = signature_problem(request, out.key.get())) return problem;
  return name_problem(request, out.report);
}

/// A text with what is wrong with it: what is known by now, else what is found in the request.
ExaminedCsr told(std::string_view text, std::optional<Problem> problem, ExaminedCsr out) {
  out.text = text;
  if (!problem) problem = first_problem(out);
  if (problem) {
    out.report.problem = std::move(problem->word);
    out.report.problem_text = std::move(problem->text);
  }
  return out;
}

// ---- abridging ----

/// The first characters of UTF-8 text; a character is never cut in two.
std::string_view first_characters(std::string_view text, std::size_t count) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    bool starts_one = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (starts_one && count-- == 0) return text.substr(0, at);
  }
  return text;
}

bool is_digest_line(std::string_view line) {
  return line.size() == kDigestLine.size() + 65 && line.starts_with(kDigestLine) &&
         line.ends_with("]") &&
         line.substr(kDigestLine.size(), 64).find_first_not_of("0123456789abcdef") ==
             std::string_view::npos;
}

/// `[sha256 of the request: ...]` when the body holds a request or already that line; else nothing.
std::optional<std::string> digest_line(std::string_view body) {
  std::size_t first = body.find_first_not_of("\r\n"), last = body.find_last_not_of("\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  std::string_view line = body.substr(first, last - first + 1);
  if (is_digest_line(line)) return std::string(line);
  std::optional<Bytes> der = decode_base64(body);
  ExaminedCsr request;
  if (!der || !take_request(*der, request)) return std::nullopt;
  return std::string(kDigestLine) + request.report.request_sha256 + "]";
}

std::string with_marks(const Armoured& armour, const std::string& line) {
  return std::string(armour.begin) + "\n" + line + "\n" + std::string(armour.end) + "\n";
}

}  // namespace

ExaminedCsr read_csr(std::string_view text) {
  ErrorQueueGuard guard;
  ExaminedCsr out;
  std::optional<Problem> problem = read_request(text, out);
  return told(text, std::move(problem), std::move(out));
}

Csr Csr::read(std::string_view text) {
  Csr csr;
  csr.examined_ = std::make_shared<const ExaminedCsr>(read_csr(text));
  return csr;
}
Csr Csr::read_der(std::string_view der) {
  ErrorQueueGuard guard;
  ExaminedCsr out;
  std::optional<Problem> problem;
  std::string text;
  if (take_request(Bytes(der.begin(), der.end()), out))
    text = written([&](BIO* to) { return PEM_write_bio_X509_REQ(to, out.request.get()); });
  else
    problem = Problem{"not-asn1", "The octets are no certificate request."};
  Csr csr;
  csr.examined_ =
      std::make_shared<const ExaminedCsr>(told(text, std::move(problem), std::move(out)));
  return csr;
}
const std::string& Csr::text() const { return examined_->text; }
const CsrReport& Csr::report() const { return examined_->report; }
std::string Csr::der() const {
  const X509_REQ* const request = examined_->request.get();
  const Bytes octets = request ? der_of(i2d_X509_REQ, request) : Bytes();
  return {octets.begin(), octets.end()};
}

CsrReport examine_csr(std::string_view text) { return read_csr(text).report; }

std::string abridge(std::string_view text) {
  if (text.size() > kMaxCsrText) return std::string(first_characters(text, kMaxAbridged));
  ErrorQueueGuard guard;
  std::optional<Armoured> armour = find_armour(text);
  if (!armour || !armour->is_request())
    return digest_line(text).value_or(std::string(first_characters(text, kMaxAbridged)));
  return with_marks(*armour, digest_line(armour->body).value_or("[unreadable body]"));
}

std::string abridge(std::string_view text, const CsrReport& report) {
  const std::optional<Armoured> armour = find_armour(text);
  if (!report.readable || !armour) return abridge(text);
  return with_marks(*armour, std::string(kDigestLine) + report.request_sha256 + "]");
}

std::string_view digest_in(std::string_view abridged) {
  const std::size_t at = abridged.find(kDigestLine);
  return at == std::string_view::npos ? std::string_view()
                                      : abridged.substr(at + kDigestLine.size(), 64);
}

}  // namespace shinsa::fakes::ca
