/// TLS in process: what a client sees of a server's certificate, from a real handshake.
///
/// OpenSSL plays both ends over a pair of memory BIOs; the server chooses by SNI (RFC 6066 section
/// 3), the client verifies at a virtual instant (RFC 5280 section 6, RFC 9525 for the name).
/// The ephemeral keys of a handshake are drawn by OpenSSL and differ each time; nothing of them is
/// in what is given back, so that the same arguments give the same result.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

/// Certificate and key of one site, as texts in PEM.
struct KeyPair {
  std::string chain_pem;  ///< the site's own certificate first, then those that lead to the root
  std::string key_pem;    ///< PKCS #8 or another unencrypted form
  friend bool operator==(const KeyPair&, const KeyPair&) = default;
};

/// Why a server cannot be started with it: an unreadable certificate or key, two that do not belong
/// together, or a key too weak for TLS today (security level 2: RSA from 2048 bits).
[[nodiscard]] Result<void> check(const KeyPair& pair);

/// The pairs of a running server, by name of the site; the first serves names that none has.
using Served = std::vector<std::pair<std::string, KeyPair>>;

/// Whom the client trusts.
struct Trust {
  std::string root_pem;
  /// Where given, a revocation list of the issuer, which has to be current at the instant.
  std::optional<std::string> crl_pem = std::nullopt;
};

/// What the client makes of what it saw. Where several things are wrong, the first of this order
/// counts; `Handshake::problems` has them all.
enum class Verification {
  no_certificate,      ///< there was no handshake
  revoked,             ///< the list holds the site's certificate
  untrusted,           ///< no path to the root, or one that must not be used so
  name_mismatch,       ///< it is for other names
  not_yet_valid,       ///< it, or one above it
  expired,             ///< likewise; the second of notAfter is still valid
  revocation_unknown,  ///< the list is outdated, not yet made, or of another issuer
  trusted
};
/// `no-certificate`, `revoked`, ...: the names above with hyphens.
[[nodiscard]] std::string_view to_text(Verification verification);

struct SeenCertificate {
  std::string pem;
  std::string serial;             ///< hex in lower case, an even number of digits
  Instant not_before;             ///< first valid second
  Instant not_after;              ///< last valid second
  std::string subject;            ///< RFC 4514, in UTF-8: `CN=www.example.jp`
  std::string issuer;             ///< likewise
  std::vector<std::string> sans;  ///< the DNS names, in their order
  std::string key_sha256;         ///< as `PrivateKey::sha256`
};

struct Handshake {
  Verification verification = Verification::no_certificate;
  std::vector<std::string> problems;    ///< in OpenSSL's words, each once, in the order of finding
  std::optional<SeenCertificate> leaf;  ///< nothing exactly with `no_certificate`
  std::vector<SeenCertificate> chain;   ///< what the server sent behind it
};

/// Connects to a server that serves `served` and asks for `name`, both by SNI and for checking.
/// Without anything served, or when the two ends cannot agree, there is no certificate.
/// An Error: the root or the list cannot be read.
[[nodiscard]] Result<Handshake> shake_hands(const Served& served, const std::string& name,
                                            const Trust& trust, Instant at);

}  // namespace shinsa::fakes::web
