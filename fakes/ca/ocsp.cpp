#include "fakes/ca/ocsp.hpp"

#include <openssl/ocsp.h>

#include "fakes/ca/fields.hpp"
#include "fakes/ca/ocsp_responder.hpp"
#include "fakes/ca/revocation_register.hpp"

namespace shinsa::fakes::ca {

namespace {

constexpr int kNonceOctetsMax = 128;  // RFC 9654 section 2.1

using OcspRequestOwner = Owned<OCSP_REQUEST, OCSP_REQUEST_free>;
using OcspResponseOwner = Owned<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using AnswersOwner = Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using CertificateIdOwner = Owned<OCSP_CERTID, OCSP_CERTID_free>;
using OctetsOwner = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;

// ---- reading ----

OcspRequestOwner request_of(std::string_view der) {
  const auto* start = reinterpret_cast<const unsigned char*>(der.data());
  const auto* const end = start + der.size();
  OcspRequestOwner request(d2i_OCSP_REQUEST(nullptr, &start, static_cast<long>(der.size())));
  return request && start == end ? std::move(request) : nullptr;
}

/// The request's nonce; null if it has none.
const X509_EXTENSION* nonce_of(OCSP_REQUEST* request) {
  const int at = OCSP_REQUEST_get_ext_by_NID(request, NID_id_pkix_OCSP_Nonce, -1);
  return at < 0 ? nullptr : OCSP_REQUEST_get_ext(request, at);
}

bool is_taken(const X509_EXTENSION* nonce) {
  const ASN1_OCTET_STRING* value =
      X509_EXTENSION_get_data(const_cast<X509_EXTENSION*>(nonce));  // OpenSSL only reads it
  const unsigned char* start = ASN1_STRING_get0_data(value);
  const unsigned char* const end = start + ASN1_STRING_length(value);
  const OctetsOwner octets(d2i_ASN1_OCTET_STRING(nullptr, &start, end - start));
  return octets && start == end && ASN1_STRING_length(octets.get()) >= 1 &&
         ASN1_STRING_length(octets.get()) <= kNonceOctetsMax;
}

/// RFC 6960 section 4.4: what is not known may be passed over unless it is critical.
bool wants_the_unknown(OCSP_REQUEST* request) {
  for (int at = -1; (at = OCSP_REQUEST_get_ext_by_critical(request, 1, at)) >= 0;)
    if (OCSP_REQUEST_get_ext(request, at) != nonce_of(request)) return true;
  for (int i = 0; i < OCSP_request_onereq_count(request); ++i)
    if (OCSP_ONEREQ_get_ext_by_critical(OCSP_request_onereq_get0(request, i), 1, -1) >= 0)
      return true;
  return false;
}

bool is_sound(OCSP_REQUEST* request) {
  if (!request || OCSP_request_onereq_count(request) <= 0) return false;
  const X509_EXTENSION* nonce = nonce_of(request);
  return (!nonce || is_taken(nonce)) && !wants_the_unknown(request);
}

OCSP_CERTID* certificate_asked(OCSP_REQUEST* request, int index) {
  return OCSP_onereq_get0_id(OCSP_request_onereq_get0(request, index));
}

/// Whether the certificate would be one of that CA: name and key are compared by the hash that was
/// asked with, whichever OpenSSL knows.
bool is_issued_by(X509* issuer, OCSP_CERTID* certificate) {
  ASN1_OBJECT* hash = nullptr;
  OCSP_id_get0_info(nullptr, &hash, nullptr, nullptr, certificate);
  const EVP_MD* digest = EVP_get_digestbyobj(hash);
  if (!digest) return false;
  const CertificateIdOwner own(OCSP_cert_id_new(digest, X509_get_subject_name(issuer),
                                                X509_get0_pubkey_bitstr(issuer), nullptr));
  return own && OCSP_id_issuer_cmp(own.get(), certificate) == 0;
}

bool asks_about(X509* issuer, OCSP_REQUEST* request) {
  for (int i = 0; i < OCSP_request_onereq_count(request); ++i)
    if (is_issued_by(issuer, certificate_asked(request, i))) return true;
  return false;
}

/// In hex; empty for a number that no certificate has.
std::string serial_in(OCSP_CERTID* certificate) {
  ASN1_INTEGER* serial = nullptr;
  OCSP_id_get0_info(nullptr, nullptr, nullptr, &serial, certificate);
  const NumberOwner number(ASN1_INTEGER_to_BN(serial, nullptr));
  if (!number || BN_is_negative(number.get()) || BN_is_zero(number.get())) return {};
  const Owned<char, free_text> hex(BN_bn2hex(number.get()));
  return hex ? std::string(hex.get()) : std::string();
}

// ---- answering ----

OcspAnswer written_answer(OcspStatus status, OCSP_BASICRESP* answers) {
  const OcspResponseOwner response(OCSP_response_create(static_cast<int>(status), answers));
  return {.status = status,
          .der = response ? der_of(i2d_OCSP_RESPONSE, response.get()) : Bytes(),
          .has_nonce = false};
}

/// From when to when an answer holds.
struct Period {
  TimeOwner first, next;
};

bool add_status(OCSP_BASICRESP* answers, OCSP_CERTID* certificate, int status, const Period& period,
                const Revocation* revocation) {
  TimeOwner revoked_at;
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  if (revocation) {
    Result<TimeOwner> at = time_of(revocation->at);
    if (!at) return false;
    revoked_at = std::move(*at);
    if (revocation->reason != Reason::unspecified) reason = static_cast<int>(revocation->reason);
  }
  return OCSP_basic_add1_status(answers, certificate, status, reason, revoked_at.get(),
                                period.first.get(), period.next.get()) != nullptr;
}

bool add_answer(OCSP_BASICRESP* answers, OCSP_CERTID* certificate, const RevocationRegister& known,
                const Period& period, X509* issuer) {
  const std::string serial =
      is_issued_by(issuer, certificate) ? serial_in(certificate) : std::string();
  if (!known.has_issued(serial))
    return add_status(answers, certificate, V_OCSP_CERTSTATUS_UNKNOWN, period, nullptr);
  if (const Revocation* revocation = known.revocation_of(serial))
    return add_status(answers, certificate, V_OCSP_CERTSTATUS_REVOKED, period, revocation);
  return add_status(answers, certificate, V_OCSP_CERTSTATUS_GOOD, period, nullptr);
}

/// OpenSSL has no way to say when an answer was made but the clock of the machine; the field is
/// there from the start, and only the accessor calls it constant.
bool set_made(OCSP_BASICRESP* answers, Instant now) {
  auto* made = const_cast<ASN1_GENERALIZEDTIME*>(OCSP_resp_get0_produced_at(answers));
  return ASN1_GENERALIZEDTIME_set(made, static_cast<time_t>(now.seconds)) != nullptr;
}

bool sign(OCSP_BASICRESP* answers, X509* issuer, EVP_PKEY* key) {
  constexpr unsigned long kHow = OCSP_NOCERTS | OCSP_NOTIME | OCSP_RESPID_KEY;
  return OCSP_basic_sign(answers, issuer, key, EVP_sha256(), nullptr, kHow) == 1;
}

}  // namespace

OcspAnswer ocsp_answer(std::string_view der, const RevocationRegister& known, Instant now,
                       X509* issuer, EVP_PKEY* key) {
  const OcspRequestOwner request = request_of(der);
  if (!is_sound(request.get())) return written_answer(OcspStatus::malformed_request, nullptr);
  if (!asks_about(issuer, request.get())) return written_answer(OcspStatus::unauthorized, nullptr);
  Result<TimeOwner> first = time_of(now), next = time_of(now + kOcspAnswerRunsFor);
  if (!first || !next) return written_answer(OcspStatus::internal_error, nullptr);

  const Period period{std::move(*first), std::move(*next)};
  const AnswersOwner answers(OCSP_BASICRESP_new());
  bool built = answers && set_made(answers.get(), now);
  for (int i = 0; built && i < OCSP_request_onereq_count(request.get()); ++i)
    built = add_answer(answers.get(), certificate_asked(request.get(), i), known, period, issuer);
  built = built && OCSP_copy_nonce(answers.get(), request.get()) > 0 &&
          sign(answers.get(), issuer, key);
  if (!built) return written_answer(OcspStatus::internal_error, nullptr);
  OcspAnswer answer = written_answer(OcspStatus::successful, answers.get());
  answer.has_nonce = nonce_of(request.get()) != nullptr;
  return answer;
}

}  // namespace shinsa::fakes::ca
