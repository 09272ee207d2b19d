/// The fake CA's certificate half: a test root, one issuing CA below it, and end-entity
/// certificates, revocation lists and answers by OCSP in virtual time.
///
/// Sources: RFC 5280 (certificates; 4.1.2.5: notAfter is the last valid second; 5: revocation
/// lists), Baseline Requirements 7.1.2.7 (the profile of DV and OV certificates), 7.1.4 (names,
/// serial numbers), 7.2 (revocation lists).
/// Whether a certificate *may* be issued is a rule and stands in the model; refused here is only
/// what no CA software could put into a certificate of that kind. The same inputs give the same
/// bytes: the root signs with RSA (PKCS #1 v1.5), the issuing CA with ECDSA on P-256 that draws
/// nothing (RFC 6979), and nothing else is drawn here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/ca/addresses.hpp"
#include "fakes/ca/crl.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/ocsp.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::ca {

class RevocationRegister;

/// The product type, as the events spell it: `DV`, `OV`, `DV-wildcard`, `OV-wildcard`.
enum class Product { dv, ov, dv_wildcard, ov_wildcard };
[[nodiscard]] std::optional<Product> parse_product(std::string_view word);

/// Where an organisation sits: L, ST and C of the subject. An empty one is left out.
struct Seat {
  std::string locality;
  std::string prefecture;
  std::string country;
};

/// A certificate to be made. Names are A-labels; the key is that of the CSR, whose own names are
/// not looked at.
struct IssueRequest {
  Csr csr = {};             ///< if it was read already; then `csr_pem` is not looked at
  std::string csr_pem;      ///< a CSR that `examine_csr` finds sound, perhaps without a common
                            ///< name; any spelling of the marks
  std::string common_name;  ///< becomes CN and the first DNS name; a wildcard exactly for the
                            ///< wildcard products
  std::vector<std::string> sans =
      {};                         ///< further DNS names, in this order; those said twice go in once
  std::string organisation = {};  ///< O, required for OV, left out for DV
  std::string unit = {};          ///< OU, for OV; left out if empty
  std::optional<Seat> seat = {};  ///< for OV; unless said, where every organisation of a test sits
  Product product = Product::dv;
  Instant not_before;  ///< first valid second
  Instant not_after;   ///< last valid second
  std::string
      serial;  ///< hex, 1 to 40 digits, more than 0 and less than 2^159; drawn by the caller
  bool with_text = true;  ///< whether it is wanted for people too
};

struct IssuedCertificate {
  std::string serial;  ///< as given in the request
  std::string pem;
  std::vector<unsigned char> der;
  std::string text;  ///< for people, as `openssl x509 -text` prints it; names in UTF-8. Empty if
                     ///< nobody wants it
  std::string
      key_sha256;  ///< SHA-256 of the SubjectPublicKeyInfo, hex: the `key_sha256` of the CSR
  Instant not_before;
  Instant not_after;
  std::string issuer;  ///< CN of the issuing CA
};

/// Holds no state of its own: every Authority of a program is the same CA, except that what it
/// signs leads to the addresses that it was given. Safe to use from several threads.
class Authority {
 public:
  /// The first one makes the CA's own two certificates (valid 2010-01-01 to 2060-01-01) from keys
  /// of the pool, which takes about 8 ms; the others share them, unless they have addresses of
  /// their own.
  explicit Authority(const Addresses& addresses = {});

  /// Signs a certificate: one ECDSA signature. An Error says what the request lacks or what OpenSSL
  /// refused.
  [[nodiscard]] Result<IssuedCertificate> issue(const IssueRequest& request) const;

  /// Signs a list of what was revoked, in the name of the issuing CA. An Error says what cannot
  /// stand in such a list.
  [[nodiscard]] Result<RevocationList> sign_crl(const CrlRequest& request) const;

  /// The same in the name of the root, for what it revoked of the CAs below it.
  [[nodiscard]] Result<RevocationList> sign_root_crl(const CrlRequest& request) const;

  /// Answers an OCSP request in the name of the issuing CA: for each certificate asked about,
  /// `good`, `revoked` with time and reason as in the list, or `unknown` if the issuing CA never
  /// issued it. Never fails; an answer may say that the request did.
  /// @param request  DER, any bytes. @param known  the issuing CA's.
  [[nodiscard]] OcspAnswer answer_ocsp(std::string_view request, const RevocationRegister& known,
                                       Instant now) const;

  /// The issuing CA's certificate, which a server sends after its own.
  [[nodiscard]] const std::string& chain_pem() const;
  /// The root, which the relying party must trust.
  [[nodiscard]] const std::string& root_pem() const;
  /// The same two as DER.
  [[nodiscard]] const std::vector<unsigned char>& chain_der() const;
  [[nodiscard]] const std::vector<unsigned char>& root_der() const;

  /// Whether a TLS client that trusts the root alone accepts the certificate (the first in the
  /// text) at that instant. The last second counts as valid (RFC 5280). OpenSSL on its own, and so
  /// `openssl verify`, refuses it already then: it treats notAfter as the end of a half-open
  /// period. Revocation and host names are not looked at.
  [[nodiscard]] Result<void> verify(std::string_view cert_pem, Instant at) const;

  /// The same for a client that also holds a revocation list of the issuing CA, as `openssl verify
  /// -crl_check` does: the list must be current at that instant, and every certificate in it is
  /// refused. A list made later than `at` is "not yet valid"; which list a client has when is the
  /// caller's to say.
  [[nodiscard]] Result<void> verify(std::string_view cert_pem, std::string_view crl_pem,
                                    Instant at) const;

 private:
  struct Keys;
  std::shared_ptr<const Keys> keys_;
};

}  // namespace shinsa::fakes::ca
