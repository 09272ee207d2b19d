// A method of an EC key can be replaced by the interface from before OpenSSL 3 alone. A key that
// has one is never handed to a provider, so that all signatures come this way.
#define OPENSSL_API_COMPAT 0x10100000L

#include "fakes/ca/deterministic_ecdsa.hpp"

#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>

namespace shinsa::fakes::ca {

namespace {

using GroupPoint = Owned<EC_POINT, EC_POINT_free>;
using Scratch = Owned<BN_CTX, BN_CTX_free>;
using EcKeyOwner = Owned<EC_KEY, EC_KEY_free>;

constexpr int kBytes = SHA256_DIGEST_LENGTH;  // of a digest, of a private key and of P-256's order
using Block = std::array<unsigned char, kBytes>;

bool is_p256(const EC_KEY* key) {
  return key && EC_GROUP_get_curve_name(EC_KEY_get0_group(key)) == NID_X9_62_prime256v1;
}

Block hmac(const Block& key, std::span<const unsigned char> text) {
  Block out{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), kBytes, text.data(), text.size(), out.data(), &size);
  return out;
}

/// The numbers of RFC 6979 section 3.2 for one key and one digest, as many as are asked for.
class Nonces {
 public:
  /// @param order  of the curve.
  Nonces(const BIGNUM* secret, const Block& digest, const BIGNUM* order) : order_(order) {
    NumberOwner reduced(BN_bin2bn(digest.data(), kBytes, nullptr));
    if (BN_cmp(reduced.get(), order) >= 0) BN_sub(reduced.get(), reduced.get(), order);
    Block x{}, h{};
    BN_bn2binpad(secret, x.data(), kBytes);
    BN_bn2binpad(reduced.get(), h.data(), kBytes);
    value_.fill(1);
    for (const unsigned char step : {0, 1}) {
      Bytes text(value_.begin(), value_.end());
      text.push_back(step);
      text.insert(text.end(), x.begin(), x.end());
      text.insert(text.end(), h.begin(), h.end());
      key_ = hmac(key_, text);
      value_ = hmac(key_, value_);
    }
  }

  NumberOwner next() {
    while (true) {
      value_ = hmac(key_, value_);
      NumberOwner nonce(BN_bin2bn(value_.data(), kBytes, nullptr));
      const bool is_one = !BN_is_zero(nonce.get()) && BN_cmp(nonce.get(), order_) < 0;
      Bytes text(value_.begin(), value_.end());
      text.push_back(0);
      if (is_one) return nonce;
      key_ = hmac(key_, text);
      value_ = hmac(key_, value_);
    }
  }

 private:
  const BIGNUM* order_;
  Block key_{}, value_{};
};

/// The nonce's inverse, and `r` of the signature, as OpenSSL wants them to sign with.
struct Prepared {
  NumberOwner inverse, r;
};

Prepared prepared(const EC_KEY* key, const Block& digest) {
  const EC_GROUP* const group = EC_KEY_get0_group(key);
  const BIGNUM* const order = EC_GROUP_get0_order(group);
  const Scratch scratch(BN_CTX_new());
  const GroupPoint point(EC_POINT_new(group));
  Prepared out{NumberOwner(BN_new()), NumberOwner(BN_new())};
  const NumberOwner nonce = Nonces(EC_KEY_get0_private_key(key), digest, order).next();
  const bool made =
      EC_POINT_mul(group, point.get(), nonce.get(), nullptr, nullptr, scratch.get()) == 1 &&
      EC_POINT_get_affine_coordinates(group, point.get(), out.r.get(), nullptr, scratch.get()) ==
          1 &&
      BN_nnmod(out.r.get(), out.r.get(), order, scratch.get()) == 1 &&
      BN_mod_inverse(out.inverse.get(), nonce.get(), order, scratch.get()) != nullptr;
  return made ? std::move(out) : Prepared{};
}

/// As OpenSSL signs, with that nonce. A signature that would be zero does not happen.
int sign(int type, const unsigned char* digest, int size, unsigned char* signature,
         unsigned int* length, const BIGNUM* inverse, const BIGNUM* r, EC_KEY* key) {
  int (*as_always)(int, const unsigned char*, int, unsigned char*, unsigned int*, const BIGNUM*,
                   const BIGNUM*, EC_KEY*) = nullptr;
  EC_KEY_METHOD_get_sign(EC_KEY_OpenSSL(), &as_always, nullptr, nullptr);
  if (size != kBytes || inverse || r)
    return as_always(type, digest, size, signature, length, inverse, r, key);
  Block block{};
  std::copy_n(digest, kBytes, block.begin());
  const Prepared with = prepared(key, block);
  return with.r ? as_always(type, digest, size, signature, length, with.inverse.get(), with.r.get(),
                            key)
                : 0;
}

const EC_KEY_METHOD* method() {
  static const EC_KEY_METHOD* const own = [] {
    EC_KEY_METHOD* const made = EC_KEY_METHOD_new(EC_KEY_OpenSSL());
    int (*setup)(EC_KEY*, BN_CTX*, BIGNUM**, BIGNUM**) = nullptr;
    ECDSA_SIG* (*sign_sig)(const unsigned char*, int, const BIGNUM*, const BIGNUM*, EC_KEY*) =
        nullptr;
    EC_KEY_METHOD_get_sign(EC_KEY_OpenSSL(), nullptr, &setup, &sign_sig);
    EC_KEY_METHOD_set_sign(made, sign, setup, sign_sig);
    return made;
  }();
  return own;
}

}  // namespace

KeyOwner with_deterministic_ecdsa(const EVP_PKEY* key) {
  EVP_PKEY* const of = EVP_PKEY_dup(const_cast<EVP_PKEY*>(key));  // reads it alone
  const KeyOwner copy(of);
  EcKeyOwner own(copy ? EVP_PKEY_get1_EC_KEY(copy.get()) : nullptr);
  if (!is_p256(own.get())) return nullptr;
  EcKeyOwner signer(EC_KEY_dup(own.get()));
  KeyOwner out(EVP_PKEY_new());
  if (!signer || !out || EC_KEY_set_method(signer.get(), method()) != 1 ||
      EVP_PKEY_assign_EC_KEY(out.get(), signer.get()) != 1)
    return nullptr;
  (void)signer.release();
  return out;
}

}  // namespace shinsa::fakes::ca
