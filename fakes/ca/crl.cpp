#include "fakes/ca/crl.hpp"

#include <openssl/pem.h>

#include <algorithm>

#include "fakes/ca/crl_writer.hpp"
#include "fakes/ca/fields.hpp"

namespace shinsa::fakes::ca {

namespace {

// ---- what cannot stand in a list ----

Result<void> check(const CrlRequest& request) {
  if (request.next_update <= request.this_update)
    return fail("a revocation list must run on after it is made", to_text(request.next_update));
  for (const Revocation& entry : request.revoked)
    if (entry.at > request.this_update)
      return fail("a revocation list holds what was revoked before it was made", entry.serial);
  return {};
}

bool holds(X509_CRL* list, const ASN1_INTEGER* serial) {
  const STACK_OF(X509_REVOKED)* entries = X509_CRL_get_REVOKED(list);
  for (int i = 0; i < sk_X509_REVOKED_num(entries); ++i)
    if (ASN1_INTEGER_cmp(X509_REVOKED_get0_serialNumber(sk_X509_REVOKED_value(entries, i)),
                         serial) == 0)
      return true;
  return false;
}

// ---- building ----

bool add_reason(X509_REVOKED* entry, Reason reason) {
  if (reason == Reason::unspecified) return true;  // RFC 5280 section 5.3.1
  Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> code(ASN1_ENUMERATED_new());
  return code && ASN1_ENUMERATED_set(code.get(), static_cast<long>(reason)) == 1 &&
         X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, code.get(), 0, 0) == 1;
}

Result<void> add_entry(X509_CRL* list, const Revocation& revocation) {
  Result<IntegerOwner> serial = serial_of(revocation.serial);
  if (!serial) return Failure(serial.error());
  Result<TimeOwner> at = time_of(revocation.at);
  if (!at) return Failure(at.error());
  if (holds(list, serial->get())) return fail("a certificate is revoked once", revocation.serial);
  RevokedOwner entry(X509_REVOKED_new());
  if (!entry || X509_REVOKED_set_serialNumber(entry.get(), serial->get()) != 1 ||
      X509_REVOKED_set_revocationDate(entry.get(), at->get()) != 1 ||
      !add_reason(entry.get(), revocation.reason) || X509_CRL_add0_revoked(list, entry.get()) != 1)
    return openssl_failure("the entry cannot be written", revocation.serial);
  (void)entry.release();
  return {};
}

bool add_extensions(X509_CRL* list, X509* issuer, std::uint64_t number) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, nullptr, nullptr, list, 0);
  ExtensionOwner key_identifier(
      X509V3_EXT_nconf_nid(nullptr, &context, NID_authority_key_identifier, "keyid:always"));
  IntegerOwner count(ASN1_INTEGER_new());
  return key_identifier && X509_CRL_add_ext(list, key_identifier.get(), -1) == 1 && count &&
         ASN1_INTEGER_set_uint64(count.get(), number) == 1 &&
         X509_CRL_add1_ext_i2d(list, NID_crl_number, count.get(), 0, 0) == 1;
}

RevocationList written_list(X509_CRL* list) {
  constexpr unsigned long kNames = XN_FLAG_ONELINE;
  return {.pem = written([&](BIO* out) { return PEM_write_bio_X509_CRL(out, list); }),
          .der = der_of(i2d_X509_CRL, list),
          .text = written([&](BIO* out) { return X509_CRL_print_ex(out, list, kNames); })};
}

}  // namespace

std::optional<Reason> parse_reason(std::string_view word) {
  if (word == "unspecified") return Reason::unspecified;
  if (word == "key-compromise") return Reason::key_compromise;
  if (word == "superseded") return Reason::superseded;
  if (word == "cessation-of-operation") return Reason::cessation_of_operation;
  return std::nullopt;
}

Result<RevocationList> signed_list(const CrlRequest& request, X509* issuer, EVP_PKEY* key) {
  if (Result<void> checked = check(request); !checked) return Failure(checked.error());
  Result<TimeOwner> made = time_of(request.this_update), next = time_of(request.next_update);
  if (!made) return Failure(made.error());
  if (!next) return Failure(next.error());
  CrlOwner list(X509_CRL_new());
  if (!list) return openssl_failure("no revocation list can be made");
  for (const Revocation& revocation : request.revoked)
    if (Result<void> added = add_entry(list.get(), revocation); !added)
      return Failure(added.error());
  const bool built = X509_CRL_set_version(list.get(), X509_CRL_VERSION_2) == 1 &&
                     X509_CRL_set_issuer_name(list.get(), X509_get_subject_name(issuer)) == 1 &&
                     X509_CRL_set1_lastUpdate(list.get(), made->get()) == 1 &&
                     X509_CRL_set1_nextUpdate(list.get(), next->get()) == 1 &&
                     add_extensions(list.get(), issuer, request.number) &&
                     X509_CRL_sign(list.get(), key, EVP_sha256()) > 0;
  if (!built) return openssl_failure("the revocation list cannot be signed");
  return written_list(list.get());
}

}  // namespace shinsa::fakes::ca
