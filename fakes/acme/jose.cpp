#include "fakes/acme/jose.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/ca/openssl.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

namespace {

using DigestContextOwner = ca::Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using DigestOwner = ca::Owned<EVP_MD, EVP_MD_free>;

constexpr std::array<std::string_view, 5> kSignatureAlgorithms{"ES256", "ES384", "ES512", "RS256",
                                                               "EdDSA"};

tl::unexpected<Fault> refused(Check check, std::string says) {
  return tl::unexpected<Fault>(Fault{check, std::move(says)});
}

const unsigned char* octets(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// The digest that an algorithm ends in (`ES384`, `HS384`), fetched once; none for EdDSA.
const EVP_MD* digest_of(std::string_view algorithm) {
  static const DigestOwner sha256(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  static const DigestOwner sha384(EVP_MD_fetch(nullptr, "SHA384", nullptr));
  static const DigestOwner sha512(EVP_MD_fetch(nullptr, "SHA512", nullptr));
  if (algorithm.ends_with("256")) return sha256.get();
  if (algorithm.ends_with("384")) return sha384.get();
  return algorithm.ends_with("512") ? sha512.get() : nullptr;
}

/// How long r and s of an ECDSA signature are, in octets each; zero for other algorithms.
std::size_t half_of_signature(std::string_view algorithm) {
  if (algorithm == "ES256") return 32;
  if (algorithm == "ES384") return 48;
  return algorithm == "ES512" ? 66 : 0;
}

void append_length(std::string& der, std::size_t length) {
  if (length > 127) der += '\x81';
  der += static_cast<char>(length);
}

/// A positive INTEGER.
std::string integer(std::string_view bytes) {
  bytes.remove_prefix(std::min(bytes.find_first_not_of('\0'), bytes.size() - 1));
  std::string body(bytes);
  if ((static_cast<unsigned char>(body.front()) & 0x80) != 0) body.insert(body.begin(), '\0');
  std::string der = "\x02";
  append_length(der, body.size());
  return der + body;
}

/// JWS writes r and s side by side (RFC 7518 section 3.4), OpenSSL wants them in DER.
std::string as_der(std::string_view signature) {
  const std::size_t half = signature.size() / 2;
  const std::string body = integer(signature.substr(0, half)) + integer(signature.substr(half));
  std::string der = "\x30";
  append_length(der, body.size());
  return der + body;
}

}  // namespace

std::span<const std::string_view> signature_algorithms() { return kSignatureAlgorithms; }

bool is_signature_algorithm(std::string_view algorithm) {
  return std::ranges::count(kSignatureAlgorithms, algorithm) > 0;
}

std::shared_ptr<const EVP_MD_CTX> PublicKey::make_verifier(EVP_PKEY* key,
                                                           std::string_view algorithm) {
  const std::shared_ptr<EVP_MD_CTX> made(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  SHINSA_ASSERT(
      made && EVP_DigestVerifyInit(made.get(), nullptr, digest_of(algorithm), nullptr, key) == 1,
      "OpenSSL verifies with every key that was read");
  return made;
}

Checked<void> verify(const Jws& jws, const PublicKey& key) {
  if (jws.algorithm != key.algorithm())
    return refused(Check::algorithm, "the algorithm " + jws.algorithm +
                                         " does not fit the key, which signs with " +
                                         std::string(key.algorithm()));
  const ca::ErrorQueueGuard guard;
  const std::size_t half = half_of_signature(jws.algorithm);
  if (half != 0 && jws.signature.size() != 2 * half)
    return refused(Check::signature, "an " + jws.algorithm + " signature has " +
                                         std::to_string(2 * half) + " octets");
  const std::string signature = half == 0 ? jws.signature : as_der(jws.signature);
  const DigestContextOwner context(EVP_MD_CTX_new());
  SHINSA_ASSERT(context && EVP_MD_CTX_copy_ex(context.get(), key.verifier()) == 1,
                "OpenSSL verifies with every key that was read");
  if (EVP_DigestVerify(context.get(), octets(signature), signature.size(), octets(jws.signed_text),
                       jws.signed_text.size()) != 1)
    return refused(Check::signature, "the signature does not verify");
  return {};
}

bool is_mac_algorithm(std::string_view algorithm) {
  return algorithm == "HS256" || algorithm == "HS384" || algorithm == "HS512";
}

Checked<void> verify_mac(const Jws& jws, std::string_view key) {
  if (!is_mac_algorithm(jws.algorithm))
    return refused(Check::algorithm,
                   jws.algorithm + " is no MAC algorithm; HS256, HS384 and HS512 are");
  const ca::ErrorQueueGuard guard;
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned length = 0;
  const bool made =
      HMAC(digest_of(jws.algorithm), key.data(), static_cast<int>(key.size()),
           octets(jws.signed_text), jws.signed_text.size(), mac.data(), &length) != nullptr;
  if (!made || jws.signature.size() != length ||
      CRYPTO_memcmp(mac.data(), jws.signature.data(), length) != 0)
    return refused(Check::signature, "the MAC does not verify");
  return {};
}

std::string digest_base64url(std::string_view text) {
  std::array<unsigned char, 32> digest{};
  const bool made = EVP_Digest(text.data(), text.size(), digest.data(), nullptr,
                               digest_of("SHA256"), nullptr) == 1;
  SHINSA_ASSERT(made, "OpenSSL has SHA-256");
  return to_base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace shinsa::fakes::acme
