#include "fakes/ca/verify.hpp"

#include <openssl/pem.h>

namespace shinsa::fakes::ca {

namespace {

int accept_the_last_second(int sound, X509_STORE_CTX* context) {
  if (sound || !is_the_last_second(context)) return sound;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

}  // namespace

// X509_cmp_time never says "equal": a certificate whose notAfter is the instant asked for counts as
// expired. RFC 5280 includes that second, so this one finding is set right.
bool is_the_last_second(X509_STORE_CTX* context) {
  if (X509_STORE_CTX_get_error(context) != X509_V_ERR_CERT_HAS_EXPIRED) return false;
  const X509* certificate = X509_STORE_CTX_get_current_cert(context);
  const time_t at = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(context));
  return ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), at) == 0;
}

Result<void> verify_chain(std::string_view pem, X509* issuer, X509* root, Instant at,
                          std::optional<std::string_view> crl_pem) {
  CertificateOwner certificate = read_pem<PEM_read_bio_X509, CertificateOwner>(pem);
  if (!certificate) return openssl_failure("the certificate cannot be read");
  CrlOwner crl = crl_pem ? read_pem<PEM_read_bio_X509_CRL, CrlOwner>(*crl_pem) : nullptr;
  if (crl_pem && !crl) return openssl_failure("the revocation list cannot be read");
  StoreOwner trusted(X509_STORE_new());
  CertificatesView untrusted(sk_X509_new_null());
  StoreContextOwner context(X509_STORE_CTX_new());
  if (!trusted || !untrusted || !context || X509_STORE_add_cert(trusted.get(), root) != 1 ||
      sk_X509_push(untrusted.get(), issuer) <= 0 ||
      (crl && X509_STORE_add_crl(trusted.get(), crl.get()) != 1) ||
      X509_STORE_CTX_init(context.get(), trusted.get(), certificate.get(), untrusted.get()) != 1)
    return openssl_failure("the verification cannot start");

  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(at.seconds));
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
  if (crl) X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK);
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  X509_STORE_CTX_set_verify_cb(context.get(), accept_the_last_second);
  if (X509_verify_cert(context.get()) == 1) return {};
  return fail(std::string("the certificate is not accepted: ") +
                  X509_verify_cert_error_string(X509_STORE_CTX_get_error(context.get())),
              to_text(at));
}

}  // namespace shinsa::fakes::ca
