/// JOSE as ACME uses it: a flattened JSON JWS read strictly, the public keys it is verified with,
/// and the MAC of an external account binding.
///
/// Sources: RFC 7515 (JWS), RFC 7517 and 7518 (JWK, algorithms), RFC 8037 (Ed25519), RFC 7638
/// (thumbprints), RFC 7797 (`b64`), RFC 8555 sections 6.2 and 7.3.4.
/// Nothing here knows a request or an account. What is wrong is a value that says which check
/// failed; hostile bytes end in such a value, never in a throw.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

// OpenSSL's EVP_PKEY and EVP_MD_CTX, which no header of this project shows.
struct evp_pkey_st;
struct evp_md_ctx_st;

namespace shinsa::fakes::acme {

/// Which check failed, in the order in which they are made.
enum class Check : std::uint8_t {
  json,       ///< the bytes, or the protected header, are no JSON object
  shape,      ///< no flattened serialization: a member is missing, of another kind, or forbidden
  base64,     ///< a member is not base64url without padding
  header,     ///< the protected header lacks `alg`, or a parameter is of another kind
  critical,   ///< `crit` or `b64` is there: extensions that this server does not know
  algorithm,  ///< the algorithm is none that is supported here, or does not fit the key
  key,        ///< a JWK that is none, or that an ACME account may not have
  signature,  ///< signature or MAC does not verify
};

struct Fault {
  Check check;
  std::string says;  ///< one sentence for people
};
template <class T>
using Checked = tl::expected<T, Fault>;

/// A signed request, taken apart. `payload` is what was signed, decoded; all else is the protected
/// header.
struct Jws {
  std::string algorithm;
  std::optional<std::string> nonce = {};
  std::optional<std::string> url = {};
  std::optional<std::string> kid = {};
  std::optional<std::string> jwk = {};  ///< as JSON text; see `PublicKey::read`
  std::string payload;
  std::string signed_text;  ///< protected header, a dot, payload; both as they came
  std::string signature;    ///< octets
};

/// Takes a flattened JSON serialization apart; verifies nothing. Members besides `protected`,
/// `payload` and `signature` are ignored (RFC 7515 section 7.2.2), except `header` and
/// `signatures`, which RFC 8555 section 6.2 forbids.
[[nodiscard]] Checked<Jws> parse_jws(std::string_view text);

/// A public key that an account may have, parsed once. Cheap to copy; copies share the key.
class PublicKey {
 public:
  /// @param jwk  JSON text. Accepted: RSA from 2048 to 8192 bits with an odd exponent, P-256,
  ///             P-384 and P-521 with a point on the curve, Ed25519. Members that RFC 7638 does not
  ///             count are ignored, private ones refused.
  [[nodiscard]] static Checked<PublicKey> read(std::string_view jwk);

  /// RFC 7638 with SHA-256, in base64url: what a key authorization ends in.
  [[nodiscard]] const std::string& thumbprint() const { return thumbprint_; }
  /// SHA-256 of the SubjectPublicKeyInfo, lower-case hex: how traces name a key.
  [[nodiscard]] const std::string& spki_sha256() const { return spki_sha256_; }
  /// `ES256`: the one algorithm that a key of this kind signs with.
  [[nodiscard]] std::string_view algorithm() const { return algorithm_; }
  /// For this folder's own sources only: has the key and is ready to verify with it. It is copied
  /// for each signature; to find the algorithm's code anew would take ten times as long.
  [[nodiscard]] const evp_md_ctx_st* verifier() const { return verifier_.get(); }

 private:
  [[nodiscard]] static std::shared_ptr<const evp_md_ctx_st> make_verifier(
      evp_pkey_st* key, std::string_view algorithm);

  std::shared_ptr<const evp_md_ctx_st> verifier_;
  std::string_view algorithm_;
  std::string thumbprint_, spki_sha256_;
};

/// The signature algorithms that this server takes, in the order in which it names them in a
/// `badSignatureAlgorithm` problem: ES256, ES384, ES512, RS256, EdDSA.
[[nodiscard]] std::span<const std::string_view> signature_algorithms();
[[nodiscard]] bool is_signature_algorithm(std::string_view algorithm);

/// Whether the signature is that of the key over what was signed.
[[nodiscard]] Checked<void> verify(const Jws& jws, const PublicKey& key);

/// Whether the algorithm is HS256, HS384 or HS512.
[[nodiscard]] bool is_mac_algorithm(std::string_view algorithm);
/// Whether the MAC of an external account binding is right. @param key  the octets of the secret.
[[nodiscard]] Checked<void> verify_mac(const Jws& jws, std::string_view key);

/// SHA-256 of a text in base64url: the value of a TXT record (RFC 8555 section 8.4).
[[nodiscard]] std::string digest_base64url(std::string_view text);

}  // namespace shinsa::fakes::acme
