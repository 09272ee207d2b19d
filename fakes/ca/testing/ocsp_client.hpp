/// An OCSP client of OpenSSL's, for tests: writes requests as DER and reads answers.
#pragma once

#include <gtest/gtest.h>
#include <openssl/ocsp.h>
#include <openssl/pem.h>

#include <string>
#include <vector>

#include "fakes/ca/fields.hpp"
#include "fakes/ca/ocsp.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca::testing {

using RequestToSend = Owned<OCSP_REQUEST, OCSP_REQUEST_free>;

inline CertificateOwner certificate_in(const std::string& pem) {
  return read_pem<PEM_read_bio_X509, CertificateOwner>(pem);
}

/// A certificate's name to an OCSP responder. @param serial  hex.
inline OCSP_CERTID* certificate_id(X509* issuer, const std::string& serial,
                                   const EVP_MD* digest = EVP_sha1()) {
  return OCSP_cert_id_new(digest, X509_get_subject_name(issuer), X509_get0_pubkey_bitstr(issuer),
                          serial_of(serial).value().get());
}

/// A request about each serial number.
inline RequestToSend asking_about(X509* issuer, const std::vector<std::string>& serials,
                                  const EVP_MD* digest = EVP_sha1()) {
  RequestToSend request(OCSP_REQUEST_new());
  for (const std::string& serial : serials)
    EXPECT_NE(OCSP_request_add0_id(request.get(), certificate_id(issuer, serial, digest)), nullptr);
  return request;
}

inline std::string bytes_of(const OCSP_REQUEST* request) {
  const Bytes der = der_of(i2d_OCSP_REQUEST, request);
  return {der.begin(), der.end()};
}

/// What is said of one certificate.
struct Said {
  int status = -1;                                ///< of `V_OCSP_CERTSTATUS_`
  int reason = -1;                                ///< -1: none
  std::string revoked, this_update, next_update;  ///< as OpenSSL prints times; empty: none
};

/// An answer as OpenSSL reads it.
class ReadAnswer {
 public:
  explicit ReadAnswer(const Bytes& der) {
    const unsigned char* start = der.data();
    response_.reset(d2i_OCSP_RESPONSE(nullptr, &start, static_cast<long>(der.size())));
    if (response_) answers_.reset(OCSP_response_get1_basic(response_.get()));
    ERR_clear_error();
  }

  [[nodiscard]] int status() const {
    return response_ ? OCSP_response_status(response_.get()) : -1;
  }
  [[nodiscard]] OCSP_BASICRESP* answers() const { return answers_.get(); }
  [[nodiscard]] int count() const { return OCSP_resp_count(answers_.get()); }
  [[nodiscard]] std::string made() const {
    return text_of(OCSP_resp_get0_produced_at(answers_.get()));
  }

  [[nodiscard]] Said said(int index = 0) const {
    OCSP_SINGLERESP* one = OCSP_resp_get0(answers_.get(), index);
    if (!one) return {};
    ASN1_GENERALIZEDTIME *revoked = nullptr, *first = nullptr, *next = nullptr;
    Said said;
    said.status = OCSP_single_get0_status(one, &said.reason, &revoked, &first, &next);
    said.revoked = text_of(revoked);
    said.this_update = text_of(first);
    said.next_update = text_of(next);
    return said;
  }

  /// Whether a client that knows the issuing CA believes it.
  [[nodiscard]] bool is_signed_by(X509* issuer) const {
    const StoreOwner nobody_else(X509_STORE_new());
    const CertificatesView known(sk_X509_new_null());
    sk_X509_push(known.get(), issuer);
    const int verified =
        OCSP_basic_verify(answers_.get(), known.get(), nobody_else.get(), OCSP_TRUSTOTHER);
    ERR_clear_error();
    return verified == 1;
  }

 private:
  static std::string text_of(const ASN1_GENERALIZEDTIME* time) {
    return time ? written([&](BIO* out) { return ASN1_GENERALIZEDTIME_print(out, time); })
                : std::string();
  }

  Owned<OCSP_RESPONSE, OCSP_RESPONSE_free> response_;
  Owned<OCSP_BASICRESP, OCSP_BASICRESP_free> answers_;
};

}  // namespace shinsa::fakes::ca::testing
