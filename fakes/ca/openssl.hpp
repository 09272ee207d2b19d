/// OpenSSL with owners and errors in our form. Private to the `.cpp` files of this folder, of
/// fakes/acme and of fakes/web: no other header includes it.
///
/// Every public function of these folders opens an `ErrorQueueGuard`, so that OpenSSL's per-thread
/// error queue neither brings in old reasons nor keeps ours.
#pragma once

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::ca {

/// Frees what OpenSSL allocated with the function that belongs to it.
template <auto Free>
struct FreeWith {
  void operator()(auto* object) const { Free(object); }
};
template <class T, auto Free>
using Owned = std::unique_ptr<T, FreeWith<Free>>;

inline void free_extensions(STACK_OF(X509_EXTENSION) * list) {
  sk_X509_EXTENSION_pop_free(list, X509_EXTENSION_free);
}
inline void free_bytes(unsigned char* bytes) { OPENSSL_free(bytes); }
inline void free_text(char* text) { OPENSSL_free(text); }
inline void free_certificate_stack(STACK_OF(X509) * list) { sk_X509_free(list); }

using BioOwner = Owned<BIO, BIO_free>;
using KeyOwner = Owned<EVP_PKEY, EVP_PKEY_free>;
using RequestOwner = Owned<X509_REQ, X509_REQ_free>;
using CertificateOwner = Owned<X509, X509_free>;
using CrlOwner = Owned<X509_CRL, X509_CRL_free>;
using RevokedOwner = Owned<X509_REVOKED, X509_REVOKED_free>;
using NameOwner = Owned<X509_NAME, X509_NAME_free>;
using ExtensionOwner = Owned<X509_EXTENSION, X509_EXTENSION_free>;
using ExtensionsOwner = Owned<STACK_OF(X509_EXTENSION), free_extensions>;
using NamesOwner = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using NumberOwner = Owned<BIGNUM, BN_free>;
using IntegerOwner = Owned<ASN1_INTEGER, ASN1_INTEGER_free>;
using TimeOwner = Owned<ASN1_TIME, ASN1_TIME_free>;
using StoreOwner = Owned<X509_STORE, X509_STORE_free>;
using StoreContextOwner = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using BytesOwner = Owned<unsigned char, free_bytes>;
using CertificatesView =
    Owned<STACK_OF(X509), free_certificate_stack>;  // owns the list, not what is in it

/// Clears this thread's error queue now and when the scope ends.
struct ErrorQueueGuard {
  ErrorQueueGuard() { ERR_clear_error(); }
  ~ErrorQueueGuard() { ERR_clear_error(); }
  ErrorQueueGuard(const ErrorQueueGuard&) = delete;
  ErrorQueueGuard& operator=(const ErrorQueueGuard&) = delete;
};

/// `what` and OpenSSL's reason in brackets; takes the reasons off the queue.
[[nodiscard]] Failure openssl_failure(std::string what, std::string where = {});
/// OpenSSL's first reason in its own words ("wrong tag"), empty when it gave none; takes all off
/// the queue.
[[nodiscard]] std::string openssl_reason();

using Bytes = std::vector<unsigned char>;

/// What an `i2d_` function writes: DER, empty when it fails.
template <class T>
[[nodiscard]] Bytes der_of(int (*encode)(const T*, unsigned char**), const T* object) {
  unsigned char* out = nullptr;
  int length = encode(object, &out);
  BytesOwner owner(out);
  return length > 0 ? Bytes(out, out + length) : Bytes();
}

/// What a `PEM_write_bio_` or print function writes, called with a memory BIO; empty when it fails.
template <class Write>
[[nodiscard]] std::string written(Write write) {
  BioOwner memory(BIO_new(BIO_s_mem()));
  if (!memory || write(memory.get()) != 1) return {};
  char* data = nullptr;
  long length = BIO_get_mem_data(memory.get(), &data);
  return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

/// Without it OpenSSL would ask on the terminal for the password of an encrypted text.
inline int no_password(char*, int, int, void*) { return 0; }

/// A memory BIO that reads the text, which has to outlive it; null when it is too long.
[[nodiscard]] BioOwner reader_of(std::string_view text);

/// The first object of its kind in a PEM text; null when there is none that can be read.
template <auto Read, class Owner>
[[nodiscard]] Owner read_pem(std::string_view pem) {
  const BioOwner memory = reader_of(pem);
  return Owner(memory ? Read(memory.get(), nullptr, no_password, nullptr) : nullptr);
}

/// Lower-case hex of the SHA-256 of the bytes.
[[nodiscard]] std::string sha256_hex(std::span<const unsigned char> bytes);
/// The name under which keys, requests and certificates share a public key: SHA-256 of its
/// SubjectPublicKeyInfo.
[[nodiscard]] std::string spki_sha256(const X509_PUBKEY* key);

/// `rsa-2048`, `p256`, `ed25519`; other kinds by OpenSSL's name for them in lower case.
[[nodiscard]] std::string key_type_of(const EVP_PKEY* key);

/// The digest that a key of that kind signs with: SHA-256, SHA-384 for P-384, SHA-512 for
/// P-521, none for Ed25519.
[[nodiscard]] const EVP_MD* digest_for(const EVP_PKEY* key);

/// Adds `text` (UTF-8) to a distinguished name; `field` is "CN", "O" or "C". False when OpenSSL
/// refuses it.
[[nodiscard]] bool add_to_name(X509_NAME* name, const char* field, std::string_view text);

/// A subjectAltName list of DNS names, in the order given; null when memory or a name fails.
[[nodiscard]] NamesOwner dns_names(std::span<const std::string> names);

}  // namespace shinsa::fakes::ca
