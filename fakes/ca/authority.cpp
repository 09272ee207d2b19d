#include "fakes/ca/authority.hpp"

#include <openssl/pem.h>

#include <algorithm>

#include "fakes/ca/crl_writer.hpp"
#include "fakes/ca/csr_reader.hpp"
#include "fakes/ca/deterministic_ecdsa.hpp"
#include "fakes/ca/fields.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/ca/ocsp_responder.hpp"
#include "fakes/ca/openssl.hpp"
#include "fakes/ca/profile.hpp"
#include "fakes/ca/verify.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::ca {

namespace {

constexpr Instant kCaNotBefore{1262304000};  // 2010-01-01T00:00:00Z
constexpr Instant kCaNotAfter{2840140800};   // 2060-01-01T00:00:00Z
constexpr std::size_t kMaxCommonName = 64;   // Baseline Requirements 7.1.4.2, RFC 5280 appendix A

bool is_wildcard(std::string_view name) { return name.starts_with("*."); }
bool is_ov(Product product) { return product == Product::ov || product == Product::ov_wildcard; }
bool is_wildcard(Product product) {
  return product == Product::dv_wildcard || product == Product::ov_wildcard;
}

// ---- what no CA software could put into a certificate ----

Result<void> check_name(const std::string& name, Product product) {
  Result<std::string> mapped = to_a_label(name);
  if (!mapped) return Failure(mapped.error());
  if (*mapped != name)
    return fail("a certificate carries names as A-labels in lower case", name, "write " + *mapped);
  if (is_wildcard(name) && !is_wildcard(product))
    return fail("only a wildcard product carries a wildcard name", name);
  return {};
}

/// The DNS names of the certificate, CN first, each once.
Result<std::vector<std::string>> names_of(const IssueRequest& request) {
  std::vector<std::string> names{request.common_name};
  for (const std::string& name : request.sans)
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  for (const std::string& name : names)
    if (Result<void> checked = check_name(name, request.product); !checked)
      return Failure(checked.error());
  if (is_wildcard(request.product) && !is_wildcard(request.common_name))
    return fail("a wildcard product needs a wildcard common name", request.common_name);
  if (request.common_name.size() > kMaxCommonName)
    return fail("a common name has at most 64 characters", request.common_name);
  return names;
}

// ---- building ----

NameOwner ca_name(const char* common_name) {
  NameOwner name(X509_NAME_new());
  bool added = add_to_name(name.get(), "C", "JP") && add_to_name(name.get(), "O", kOperator) &&
               add_to_name(name.get(), "CN", common_name);
  return added ? std::move(name) : nullptr;
}

Result<NameOwner> subject_of(const IssueRequest& request) {
  NameOwner name(X509_NAME_new());
  if (is_ov(request.product)) {
    if (request.organisation.empty())
      return fail("an OV certificate names an organisation", request.common_name);
    const Seat seat = request.seat.value_or(Seat{kWard, kPrefecture, "JP"});
    // In the order of Baseline Requirements 7.1.4.2.
    for (const auto& [attribute, value] :
         {std::pair{"C", seat.country}, std::pair{"ST", seat.prefecture},
          std::pair{"L", seat.locality}, std::pair{"O", request.organisation},
          std::pair{"OU", request.unit}})
      if (!value.empty() && !add_to_name(name.get(), attribute, value))
        return openssl_failure("the organisation does not fit a certificate", request.organisation);
  }
  if (!add_to_name(name.get(), "CN", request.common_name))
    return openssl_failure("the common name does not fit a certificate", request.common_name);
  return name;
}

/// Everything of a certificate that differs from one to the next, except the key.
struct Contents {
  NameOwner subject;
  NamesOwner names;  // empty for the CA's own
  IntegerOwner serial;
  TimeOwner first;
  TimeOwner last;
};

Result<Contents> contents_of(const IssueRequest& request) {
  if (request.not_after < request.not_before)
    return fail("the certificate would end before it begins", request.common_name);
  Result<std::vector<std::string>> names = names_of(request);
  if (!names) return Failure(names.error());
  Result<NameOwner> subject = subject_of(request);
  if (!subject) return Failure(subject.error());
  Result<IntegerOwner> serial = serial_of(request.serial);
  if (!serial) return Failure(serial.error());
  Result<TimeOwner> first = time_of(request.not_before), last = time_of(request.not_after);
  if (!first) return Failure(first.error());
  if (!last) return Failure(last.error());
  NamesOwner sans = dns_names(*names);
  if (!sans) return openssl_failure("the names do not fit a certificate", request.common_name);
  return Contents{std::move(*subject), std::move(sans), std::move(*serial), std::move(*first),
                  std::move(*last)};
}

/// A certificate without key, extensions and signature. Without an issuer it is its own.
CertificateOwner begun(const Contents& contents, X509* issuer) {
  CertificateOwner certificate(X509_new());
  bool set = certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
             X509_set_serialNumber(certificate.get(), contents.serial.get()) == 1 &&
             X509_set1_notBefore(certificate.get(), contents.first.get()) == 1 &&
             X509_set1_notAfter(certificate.get(), contents.last.get()) == 1 &&
             X509_set_subject_name(certificate.get(), contents.subject.get()) == 1 &&
             X509_set_issuer_name(certificate.get(), issuer ? X509_get_subject_name(issuer)
                                                            : contents.subject.get()) == 1;
  return set ? std::move(certificate) : nullptr;
}

/// The parameters of a key's algorithm as `X509_PUBKEY_set0_param` takes them over.
void* copy_of(const void* parameters, int type) {
  if (type == V_ASN1_OBJECT) return OBJ_dup(static_cast<const ASN1_OBJECT*>(parameters));
  if (type == V_ASN1_NULL || type == V_ASN1_UNDEF) return nullptr;
  return ASN1_STRING_dup(static_cast<const ASN1_STRING*>(parameters));
}

/// Puts the key of a request into a certificate as it is written there: to set it as a key would
/// write and read it once more, which takes as long as half a signature.
bool copy_key(X509* to, X509_REQ* from) {
  ASN1_OBJECT* algorithm = nullptr;
  const unsigned char* bytes = nullptr;
  int size = 0, type = V_ASN1_UNDEF;
  X509_ALGOR* whole = nullptr;
  const void* parameters = nullptr;
  if (X509_PUBKEY_get0_param(&algorithm, &bytes, &size, &whole, X509_REQ_get_X509_PUBKEY(from)) !=
      1)
    return false;
  X509_ALGOR_get0(nullptr, &type, &parameters, whole);
  auto* const own =
      static_cast<unsigned char*>(OPENSSL_memdup(bytes, static_cast<std::size_t>(size)));
  return own && X509_PUBKEY_set0_param(X509_get_X509_PUBKEY(to), OBJ_dup(algorithm), type,
                                       copy_of(parameters, type), own, size) == 1;
}

/// One of the CA's own certificates; without an issuer, the root.
CertificateOwner ca_certificate(const char* name, const char* serial_hex, const PrivateKey& key,
                                const std::vector<Extension>& extensions, X509* issuer,
                                const PrivateKey& signer) {
  ErrorQueueGuard guard;
  NameOwner subject = ca_name(name);
  SHINSA_ASSERT(subject, "the CA's own name can be written");
  Contents contents{std::move(subject), nullptr, serial_of(serial_hex).value(),
                    time_of(kCaNotBefore).value(), time_of(kCaNotAfter).value()};
  CertificateOwner certificate = begun(contents, issuer);
  bool built = certificate && X509_set_pubkey(certificate.get(), key.handle()) == 1 &&
               add_extensions(certificate.get(), issuer ? issuer : certificate.get(), extensions) &&
               X509_sign(certificate.get(), signer.handle(), EVP_sha256()) > 0;
  SHINSA_ASSERT(built, "the CA's own certificates can be made");
  return certificate;
}

std::string pem_of(X509* certificate) {
  return written([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}

std::string text_of(X509* certificate) {
  constexpr unsigned long kNamesInUtf8 =
      XN_FLAG_ONELINE & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  return written(
      [&](BIO* out) { return X509_print_ex(out, certificate, kNamesInUtf8, X509_FLAG_COMPAT); });
}

IssuedCertificate issued(X509* certificate, const IssueRequest& request) {
  return {.serial = request.serial,
          .pem = pem_of(certificate),
          .der = der_of(i2d_X509, certificate),
          .text = request.with_text ? text_of(certificate) : std::string(),
          .key_sha256 = spki_sha256(X509_get_X509_PUBKEY(certificate)),
          .not_before = request.not_before,
          .not_after = request.not_after,
          .issuer = kIssuerName};
}

PrivateKey ca_key(std::string_view name) {
  Result<PrivateKey> key = KeyPool::find(name);
  SHINSA_ASSERT(key, "the CA's own keys are in the pool");
  return *key;
}

KeyOwner signer_of(const PrivateKey& key) {
  KeyOwner signer = with_deterministic_ecdsa(key.handle());
  SHINSA_ASSERT(signer, "the issuing CA's key is on P-256");
  return signer;
}

}  // namespace

std::optional<Product> parse_product(std::string_view word) {
  if (word == "DV") return Product::dv;
  if (word == "OV") return Product::ov;
  if (word == "DV-wildcard") return Product::dv_wildcard;
  if (word == "OV-wildcard") return Product::ov_wildcard;
  return std::nullopt;
}

struct Authority::Keys {
  Addresses addresses;
  PrivateKey root_key = ca_key("root-rsa");
  PrivateKey issuer_key = ca_key("intermediate-p256");
  KeyOwner issuer_signer = signer_of(issuer_key);
  CertificateOwner root =
      ca_certificate(kRootName, "0101", root_key, root_extensions(), nullptr, root_key);
  CertificateOwner issuer = ca_certificate(kIssuerName, "0102", issuer_key,
                                           issuer_extensions(addresses), root.get(), root_key);
  std::string root_pem = pem_of(root.get());
  std::string chain_pem = pem_of(issuer.get());
  Bytes root_der = der_of(i2d_X509, root.get());
  Bytes chain_der = der_of(i2d_X509, issuer.get());
};

Authority::Authority(const Addresses& addresses) {
  static const std::shared_ptr<const Keys> shared = std::make_shared<const Keys>();
  keys_ = addresses == shared->addresses ? shared : std::make_shared<const Keys>(Keys{addresses});
}

const std::string& Authority::chain_pem() const { return keys_->chain_pem; }
const std::string& Authority::root_pem() const { return keys_->root_pem; }
const std::vector<unsigned char>& Authority::chain_der() const { return keys_->chain_der; }
const std::vector<unsigned char>& Authority::root_der() const { return keys_->root_der; }

Result<IssuedCertificate> Authority::issue(const IssueRequest& request) const {
  ErrorQueueGuard guard;
  const Csr csr = request.csr ? request.csr : Csr::read(request.csr_pem);
  const CsrReport& report = csr.report();
  // The names are those of `request`; clients of ACME leave the common name out.
  if (!report.problem.empty() && report.problem != "no-common-name")
    return fail("the CSR is refused (" + report.problem + "): " + report.problem_text,
                request.common_name);
  Result<Contents> contents = contents_of(request);
  if (!contents) return Failure(contents.error());

  const EVP_PKEY* const key = csr.examined().key.get();
  CertificateOwner certificate = begun(*contents, keys_->issuer.get());
  bool built = certificate && copy_key(certificate.get(), csr.examined().request.get()) &&
               add_extensions(certificate.get(), keys_->issuer.get(),
                              server_extensions(keys_->addresses, is_ov(request.product),
                                                EVP_PKEY_is_a(key, "RSA"))) &&
               X509_add1_ext_i2d(certificate.get(), NID_subject_alt_name, contents->names.get(), 0,
                                 0) == 1 &&
               X509_sign(certificate.get(), keys_->issuer_signer.get(), EVP_sha256()) > 0;
  if (!built) return openssl_failure("the certificate cannot be made", request.common_name);
  return issued(certificate.get(), request);
}

Result<RevocationList> Authority::sign_crl(const CrlRequest& request) const {
  ErrorQueueGuard guard;
  return signed_list(request, keys_->issuer.get(), keys_->issuer_signer.get());
}

Result<RevocationList> Authority::sign_root_crl(const CrlRequest& request) const {
  ErrorQueueGuard guard;
  return signed_list(request, keys_->root.get(), keys_->root_key.handle());
}

OcspAnswer Authority::answer_ocsp(std::string_view request, const RevocationRegister& known,
                                  Instant now) const {
  ErrorQueueGuard guard;
  return ocsp_answer(request, known, now, keys_->issuer.get(), keys_->issuer_signer.get());
}

Result<void> Authority::verify(std::string_view cert_pem, Instant at) const {
  ErrorQueueGuard guard;
  return verify_chain(cert_pem, keys_->issuer.get(), keys_->root.get(), at);
}

Result<void> Authority::verify(std::string_view cert_pem, std::string_view crl_pem,
                               Instant at) const {
  ErrorQueueGuard guard;
  return verify_chain(cert_pem, keys_->issuer.get(), keys_->root.get(), at, crl_pem);
}

}  // namespace shinsa::fakes::ca
