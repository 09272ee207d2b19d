// Keys as JSON writes them, made into keys of OpenSSL, and their thumbprints.
#include <openssl/core_names.h>
#include <openssl/param_build.h>

#include <array>
#include <boost/json.hpp>
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/jose.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

using ca::KeyOwner;
using ca::NumberOwner;
using BuilderOwner = ca::Owned<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using ParametersOwner = ca::Owned<OSSL_PARAM, OSSL_PARAM_free>;
using ContextOwner = ca::Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192;  // so that nobody makes the server work for seconds
constexpr std::size_t kExponentBytesMax = 8;

struct Curve {
  std::string_view name;       // as a JWK says it
  const char* group;           // as OpenSSL says it
  std::size_t bytes;           // of a coordinate
  std::string_view algorithm;  // that it signs with
};
constexpr std::array kCurves{Curve{"P-256", "P-256", 32, "ES256"},
                             Curve{"P-384", "P-384", 48, "ES384"},
                             Curve{"P-521", "P-521", 66, "ES512"}};

tl::unexpected<Fault> refused(std::string says) {
  return tl::unexpected<Fault>(Fault{Check::key, std::move(says)});
}

/// What a JWK became: the key, and the text whose digest is its thumbprint.
struct Read {
  KeyOwner key;
  std::string_view algorithm;
  std::string canonical;
};

std::string_view text_of(const json::object& jwk, std::string_view name) {
  const json::value* value = jwk.if_contains({name.data(), name.size()});
  if (!value || !value->is_string()) return {};
  return {value->get_string().data(), value->get_string().size()};
}

KeyOwner key_from(const char* kind, OSSL_PARAM_BLD* builder) {
  const ParametersOwner parameters(OSSL_PARAM_BLD_to_param(builder));
  const ContextOwner context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
    return nullptr;
  return KeyOwner(key);
}

/// A number as JWKs write it: octets, most significant first, without leading zeros.
NumberOwner number_in(std::string_view bytes) {
  return NumberOwner(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()),
                               static_cast<int>(bytes.size()), nullptr));
}

Checked<Read> read_rsa(const json::object& jwk) {
  const std::string_view n = text_of(jwk, "n"), e = text_of(jwk, "e");
  const auto modulus = from_base64url(n), exponent = from_base64url(e);
  if (!modulus || !exponent || modulus->empty() || exponent->empty())
    return refused("an RSA key has \"n\" and \"e\" in base64url");
  if (modulus->front() == 0 || exponent->front() == 0)
    return refused("\"n\" and \"e\" are written without leading zeros");
  if (modulus->size() * 8 > kRsaBitsMax || exponent->size() > kExponentBytesMax)
    return refused("the RSA key is larger than this server takes");
  const NumberOwner modulus_number = number_in(*modulus), exponent_number = number_in(*exponent);
  if (BN_num_bits(modulus_number.get()) < kRsaBitsMin)
    return refused("an RSA key has at least 2048 bits, this one has " +
                   std::to_string(BN_num_bits(modulus_number.get())));
  if (!BN_is_odd(exponent_number.get()) || BN_is_one(exponent_number.get()) ||
      !BN_is_odd(modulus_number.get()))
    return refused("modulus and exponent of an RSA key are odd, and the exponent is more than 1");
  const BuilderOwner builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus_number.get()) != 1 ||
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent_number.get()) != 1)
    return refused("the RSA key cannot be read");
  KeyOwner key = key_from("RSA", builder.get());
  if (!key) return refused("the RSA key cannot be read");
  return Read{std::move(key), "RS256",
              R"({"e":")" + std::string(e) + R"(","kty":"RSA","n":")" + std::string(n) + "\"}"};
}

Checked<Read> read_curve(const json::object& jwk, const Curve& curve) {
  const std::string_view x = text_of(jwk, "x"), y = text_of(jwk, "y");
  const auto across = from_base64url(x), up = from_base64url(y);
  if (!across || !up || across->size() != curve.bytes || up->size() != curve.bytes)
    return refused("a key on " + std::string(curve.name) + " has \"x\" and \"y\" of " +
                   std::to_string(curve.bytes) + " octets in base64url");
  const std::string point = "\x04" + *across + *up;
  const BuilderOwner builder(OSSL_PARAM_BLD_new());
  if (!builder ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.group, 0) !=
          1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size()) != 1)
    return refused("the key cannot be read");
  KeyOwner key = key_from("EC", builder.get());
  if (!key)  // OpenSSL holds the point against the curve
    return refused("the point is not on the curve " + std::string(curve.name));
  return Read{std::move(key), curve.algorithm,
              R"({"crv":")" + std::string(curve.name) + R"(","kty":"EC","x":")" + std::string(x) +
                  R"(","y":")" + std::string(y) + "\"}"};
}

Checked<Read> read_ec(const json::object& jwk) {
  const std::string_view name = text_of(jwk, "crv");
  for (const Curve& curve : kCurves)
    if (curve.name == name) return read_curve(jwk, curve);
  return refused("a key is on P-256, P-384 or P-521");
}

Checked<Read> read_okp(const json::object& jwk) {
  constexpr std::size_t kBytes = 32;
  const std::string_view x = text_of(jwk, "x");
  const auto bytes = from_base64url(x);
  if (text_of(jwk, "crv") != "Ed25519" || !bytes || bytes->size() != kBytes)
    return refused("an OKP key is on Ed25519 and has \"x\" of 32 octets in base64url");
  KeyOwner key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr,
                                           reinterpret_cast<const unsigned char*>(bytes->data()),
                                           bytes->size()));
  if (!key) return refused("the key cannot be read");
  return Read{std::move(key), "EdDSA",
              R"({"crv":"Ed25519","kty":"OKP","x":")" + std::string(x) + "\"}"};
}

Checked<Read> read_any(const json::object& jwk) {
  for (const char* secret : {"d", "p", "q", "k"})
    if (jwk.contains(secret)) return refused("the JWK holds a private key");
  const std::string_view kind = text_of(jwk, "kty");
  if (kind == "RSA") return read_rsa(jwk);
  if (kind == "EC") return read_ec(jwk);
  if (kind == "OKP") return read_okp(jwk);
  return refused("\"kty\" of a key is RSA, EC or OKP");
}

}  // namespace

Checked<PublicKey> PublicKey::read(std::string_view jwk) {
  const ca::ErrorQueueGuard guard;
  boost::system::error_code failed;
  const json::value value = json::parse({jwk.data(), jwk.size()}, failed);
  if (failed || !value.is_object()) return refused("\"jwk\" is no JSON object");
  auto read = read_any(value.get_object());
  if (!read) return tl::unexpected<Fault>(read.error());
  PublicKey key;
  key.thumbprint_ = digest_base64url(read->canonical);
  key.spki_sha256_ = ca::sha256_hex(ca::der_of<EVP_PKEY>(i2d_PUBKEY, read->key.get()));
  key.algorithm_ = read->algorithm;
  key.verifier_ = make_verifier(read->key.get(), read->algorithm);
  return key;
}

}  // namespace shinsa::fakes::acme
