/// The other side of `jose.hpp`: what an ACME client does with its keys. For tests, and for the
/// load client of the bench; the server never signs a JWS.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/vocabulary/result.hpp"

struct evp_pkey_st;

namespace shinsa::fakes::acme {

/// A private key that signs requests.
class Signer {
 public:
  /// @param pem  PKCS #8, of a kind that `PublicKey` accepts or a weaker RSA key, so that wrong
  ///             requests can be made too. An Error when it cannot be read.
  [[nodiscard]] static Result<Signer> from_pem(std::string_view pem);

  /// The public half as JSON text.
  [[nodiscard]] const std::string& jwk() const { return jwk_; }
  /// RFC 7638.
  [[nodiscard]] const std::string& thumbprint() const { return thumbprint_; }
  /// `ES256`.
  [[nodiscard]] const std::string& algorithm() const { return algorithm_; }

  /// The signature over a text in the form that JWS gives it, as octets.
  [[nodiscard]] std::string sign(std::string_view text) const;
  /// A flattened JWS. @param header  JSON text of the protected header. @param payload  octets.
  [[nodiscard]] std::string jws(std::string_view header, std::string_view payload) const;

 private:
  std::shared_ptr<evp_pkey_st> key_;
  std::string algorithm_, jwk_, thumbprint_;
};

/// A flattened JWS with a MAC, as in an external account binding.
/// @param algorithm  `HS256`, `HS384` or `HS512`. @param key  octets.
[[nodiscard]] std::string mac_jws(std::string_view algorithm, std::string_view key,
                                  std::string_view header, std::string_view payload);

/// The three parts put together.
[[nodiscard]] std::string flattened(std::string_view header, std::string_view payload,
                                    std::string_view signature);

}  // namespace shinsa::fakes::acme
