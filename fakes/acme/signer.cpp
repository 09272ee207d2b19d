#include "fakes/acme/signer.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include <array>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/jose.hpp"
#include "fakes/ca/openssl.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

namespace {

using ca::NumberOwner;
using DigestContextOwner = ca::Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using SignatureOwner = ca::Owned<ECDSA_SIG, ECDSA_SIG_free>;

std::string in_octets(const BIGNUM* number, std::size_t size) {
  std::string bytes(size, '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(size));
  return bytes;
}

std::string parameter(const EVP_PKEY* key, const char* name, std::size_t size = 0) {
  BIGNUM* number = nullptr;
  EVP_PKEY_get_bn_param(key, name, &number);
  const NumberOwner owner(number);
  if (!number) return {};
  return to_base64url(
      in_octets(number, size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(number))));
}

struct Kind {
  std::string algorithm, jwk;
};

Kind curve(const EVP_PKEY* key, const std::string& name, std::size_t size,
           const std::string& algorithm) {
  return {algorithm, R"({"crv":")" + name + R"(","kty":"EC","x":")" +
                         parameter(key, OSSL_PKEY_PARAM_EC_PUB_X, size) + R"(","y":")" +
                         parameter(key, OSSL_PKEY_PARAM_EC_PUB_Y, size) + "\"}"};
}

Kind kind_of(const EVP_PKEY* key) {
  const std::string type = ca::key_type_of(key);
  if (type == "p256") return curve(key, "P-256", 32, "ES256");
  if (type == "p384") return curve(key, "P-384", 48, "ES384");
  if (type == "p521") return curve(key, "P-521", 66, "ES512");
  if (type == "ed25519") {
    std::array<unsigned char, 32> raw{};
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(key, raw.data(), &size);
    return {"EdDSA", R"({"crv":"Ed25519","kty":"OKP","x":")" +
                         to_base64url({reinterpret_cast<const char*>(raw.data()), size}) + "\"}"};
  }
  return {"RS256", R"({"e":")" + parameter(key, OSSL_PKEY_PARAM_RSA_E) + R"(","kty":"RSA","n":")" +
                       parameter(key, OSSL_PKEY_PARAM_RSA_N) + "\"}"};
}

/// r and s side by side instead of DER.
std::string side_by_side(const std::string& der, std::size_t half) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const SignatureOwner signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
  SHINSA_ASSERT(signature, "OpenSSL reads the signature that it made");
  return in_octets(ECDSA_SIG_get0_r(signature.get()), half) +
         in_octets(ECDSA_SIG_get0_s(signature.get()), half);
}

}  // namespace

Result<Signer> Signer::from_pem(std::string_view pem) {
  const ca::ErrorQueueGuard guard;
  auto key = ca::read_pem<PEM_read_bio_PrivateKey, ca::KeyOwner>(pem);
  if (!key) return ca::openssl_failure("the text holds no private key in PEM");
  Signer signer;
  Kind kind = kind_of(key.get());
  signer.algorithm_ = std::move(kind.algorithm);
  signer.thumbprint_ = digest_base64url(kind.jwk);
  signer.jwk_ = std::move(kind.jwk);
  signer.key_ = {key.release(), EVP_PKEY_free};
  return signer;
}

std::string Signer::sign(std::string_view text) const {
  const DigestContextOwner context(EVP_MD_CTX_new());
  std::size_t length = 0;
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  const EVP_MD* digest = ca::digest_for(key_.get());
  bool made = EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
              EVP_DigestSign(context.get(), nullptr, &length, bytes, text.size()) == 1;
  std::string signature(length, '\0');
  made = made && EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()),
                                &length, bytes, text.size()) == 1;
  SHINSA_ASSERT(made, "OpenSSL signs with every key that was read");
  signature.resize(length);
  if (algorithm_ == "ES256") return side_by_side(signature, 32);
  if (algorithm_ == "ES384") return side_by_side(signature, 48);
  return algorithm_ == "ES512" ? side_by_side(signature, 66) : signature;
}

std::string Signer::jws(std::string_view header, std::string_view payload) const {
  return flattened(header, payload, sign(to_base64url(header) + "." + to_base64url(payload)));
}

std::string mac_jws(std::string_view algorithm, std::string_view key, std::string_view header,
                    std::string_view payload) {
  const std::string text = to_base64url(header) + "." + to_base64url(payload);
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  const EVP_MD* digest = algorithm == "HS512"   ? EVP_sha512()
                         : algorithm == "HS384" ? EVP_sha384()
                                                : EVP_sha256();
  HMAC(digest, key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &length);
  return flattened(header, payload, {reinterpret_cast<const char*>(mac.data()), length});
}

std::string flattened(std::string_view header, std::string_view payload,
                      std::string_view signature) {
  return R"({"protected":")" + to_base64url(header) + R"(","payload":")" + to_base64url(payload) +
         R"(","signature":")" + to_base64url(signature) + "\"}";
}

}  // namespace shinsa::fakes::acme
