/// What stands in a certificate of the fake CA besides names, key and time. Private to this folder.
///
/// Source: Baseline Requirements 7.1.2.1 (root), 7.1.2.6 (issuing CA), 7.1.2.7 (server
/// certificate), checked against version 2.2.6.
#pragma once

#include <string>
#include <vector>

#include "fakes/ca/addresses.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

inline constexpr const char* kRootName = "Shinsa Test Root CA";
inline constexpr const char* kIssuerName = "Shinsa Test DV ECC CA";
inline constexpr const char* kOperator = "Shinsa Test (not a real CA)";

/// Where every organisation sits: a certificate that names one must say its state or locality
/// (Baseline Requirements 7.1.2.7.4), and no page and no event tells an address.
inline constexpr const char* kPrefecture = "Tokyo";
inline constexpr const char* kWard = "Chiyoda-ku";

/// An extension as OpenSSL's configuration files write it: `{NID_key_usage,
/// "critical,digitalSignature"}`.
struct Extension {
  int nid;
  std::string value;
};

[[nodiscard]] std::vector<Extension> root_extensions();
[[nodiscard]] std::vector<Extension> issuer_extensions(const Addresses& addresses);
/// @param organisation_validated  OV, else DV.
/// @param rsa_key                 whether the subscriber's key is RSA and may encipher keys.
[[nodiscard]] std::vector<Extension> server_extensions(const Addresses& addresses,
                                                       bool organisation_validated, bool rsa_key);

/// Adds them in order. `issuer` is the certificate whose key identifier goes into AKI; for a root,
/// itself.
[[nodiscard]] bool add_extensions(X509* certificate, X509* issuer,
                                  const std::vector<Extension>& extensions);

}  // namespace shinsa::fakes::ca
