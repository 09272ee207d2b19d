// Requests as customers make them, wrong ones included.
#include <openssl/pem.h>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

namespace {

Result<void> put_subject(X509_REQ* request, const CsrRequest& wanted) {
  NameOwner subject(X509_NAME_new());
  if (!wanted.organisation.empty() && !add_to_name(subject.get(), "O", wanted.organisation))
    return openssl_failure("the organisation does not fit a request", wanted.organisation);
  if (!wanted.common_name.empty() && !add_to_name(subject.get(), "CN", wanted.common_name))
    return openssl_failure("the common name does not fit a request", wanted.common_name);
  if (X509_REQ_set_subject_name(request, subject.get()) != 1)
    return openssl_failure("the subject cannot be set");
  return {};
}

Result<void> put_sans(X509_REQ* request, const std::vector<std::string>& sans) {
  if (sans.empty()) return {};
  NamesOwner names = dns_names(sans);
  ExtensionOwner extension(names ? X509V3_EXT_i2d(NID_subject_alt_name, 0, names.get()) : nullptr);
  ExtensionsOwner list(sk_X509_EXTENSION_new_null());
  if (!extension || !list || sk_X509_EXTENSION_push(list.get(), extension.get()) <= 0)
    return openssl_failure("the names cannot be put into a request");
  (void)extension.release();
  if (X509_REQ_add_extensions(request, list.get()) != 1)
    return openssl_failure("the names cannot be put into a request");
  return {};
}

// The signature is the last thing in a request, so its last byte is the last byte of the whole.
RequestOwner with_bad_signature(const X509_REQ* request) {
  Bytes der = der_of(i2d_X509_REQ, request);
  if (der.empty()) return nullptr;
  der.back() ^= 1;
  const unsigned char* at = der.data();
  return RequestOwner(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
}

std::string with_header(std::string pem, CsrHeader header) {
  const std::size_t begin_ends = pem.find('\n') + 1;
  const std::size_t end_starts = pem.rfind("-----END");
  const std::string body = pem.substr(begin_ends, end_starts - begin_ends);
  if (header == CsrHeader::none) return body;
  if (header != CsrHeader::spaced) return pem;
  return "----- BEGIN CERTIFICATE REQUEST -----\n" + body + "----- END CERTIFICATE REQUEST -----\n";
}

}  // namespace

Result<std::string> make_csr(const CsrRequest& wanted) {
  ErrorQueueGuard guard;
  Result<PrivateKey> key = KeyPool::find(wanted.key_name);
  if (!key) return Failure(key.error());
  RequestOwner request(X509_REQ_new());
  if (!request || X509_REQ_set_pubkey(request.get(), key->handle()) != 1)
    return openssl_failure("no request can be made");
  if (Result<void> put = put_subject(request.get(), wanted); !put) return Failure(put.error());
  if (Result<void> put = put_sans(request.get(), wanted.sans); !put) return Failure(put.error());
  if (X509_REQ_sign(request.get(), key->handle(), digest_for(key->handle())) <= 0)
    return openssl_failure("the request cannot be signed", wanted.key_name);
  if (wanted.spoil == CsrSpoil::bad_signature) request = with_bad_signature(request.get());

  const auto write =
      wanted.header == CsrHeader::new_request ? PEM_write_bio_X509_REQ_NEW : PEM_write_bio_X509_REQ;
  std::string pem = written([&](BIO* out) { return request ? write(out, request.get()) : 0; });
  if (pem.empty()) return openssl_failure("the request cannot be written");
  return with_header(std::move(pem), wanted.header);
}

}  // namespace shinsa::fakes::ca
