#include "fakes/ca/request_der.hpp"

#include <openssl/asn1t.h>
#include <openssl/ec.h>
#include <openssl/provider.h>

#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::ca {

namespace {

/// The provider goes first.
struct Library {
  Owned<OSSL_LIB_CTX, OSSL_LIB_CTX_free> context;
  Owned<OSSL_PROVIDER, OSSL_PROVIDER_unload> provider;
};

/// A library that can do nothing. OpenSSL 3.0 reads the key of every request that it reads, and
/// takes more than twenty times as long to find out how as to read the rest; in a library without
/// decoders it leaves the key alone.
OSSL_LIB_CTX* without_decoders() {
  static const Library library = [] {
    Library made;
    made.context.reset(OSSL_LIB_CTX_new());
    made.provider.reset(OSSL_PROVIDER_load(made.context.get(), "null"));
    SHINSA_ASSERT(made.context && made.provider, "OpenSSL has an empty provider");
    return made;
  }();
  return library.context.get();
}

/// A key on a curve that has no point yet.
struct Curve {
  int nid;
  KeyOwner blank;
};

Curve curve(const char* name) {
  const KeyOwner some(EVP_EC_gen(name));
  KeyOwner blank(EVP_PKEY_new());
  SHINSA_ASSERT(some && blank && EVP_PKEY_copy_parameters(blank.get(), some.get()) == 1,
                "OpenSSL has the curves of the Baseline Requirements");
  return {OBJ_txt2nid(name), std::move(blank)};
}

/// A key on a named curve, from the octets of its point; null for every other kind.
KeyOwner key_on_a_curve(const X509_ALGOR* algorithm, std::span<const unsigned char> point) {
  static const std::array curves{curve("prime256v1"), curve("secp384r1"), curve("secp521r1")};
  const ASN1_OBJECT* kind = nullptr;
  const void* parameters = nullptr;
  int type = V_ASN1_UNDEF;
  X509_ALGOR_get0(&kind, &type, &parameters, algorithm);
  if (OBJ_obj2nid(kind) != NID_X9_62_id_ecPublicKey || type != V_ASN1_OBJECT) return nullptr;
  const int nid = OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(parameters));
  for (const Curve& one : curves) {
    if (one.nid != nid) continue;
    KeyOwner key(EVP_PKEY_dup(one.blank.get()));
    return key && EVP_PKEY_set1_encoded_public_key(key.get(), point.data(), point.size()) == 1
               ? std::move(key)
               : nullptr;
  }
  return nullptr;
}

}  // namespace

RequestOwner request_from(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  RequestOwner request(reinterpret_cast<X509_REQ*>(
      ASN1_item_d2i_ex(nullptr, &at, static_cast<long>(der.size()), ASN1_ITEM_rptr(X509_REQ),
                       without_decoders(), nullptr)));
  return at == der.data() + der.size() ? std::move(request) : nullptr;
}

/// In the common case without a search for a decoder.
KeyOwner key_in(X509_REQ* request) {
  X509_PUBKEY* const carried = X509_REQ_get_X509_PUBKEY(request);
  const unsigned char* bytes = nullptr;
  int size = 0;
  X509_ALGOR* algorithm = nullptr;
  if (X509_PUBKEY_get0_param(nullptr, &bytes, &size, &algorithm, carried) != 1) return nullptr;
  if (KeyOwner key = key_on_a_curve(algorithm, {bytes, static_cast<std::size_t>(size)})) return key;
  const Bytes der = der_of(i2d_X509_PUBKEY, static_cast<const X509_PUBKEY*>(carried));
  const unsigned char* at = der.data();
  return KeyOwner(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
}

}  // namespace shinsa::fakes::ca
