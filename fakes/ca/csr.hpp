/// Certificate signing requests (PKCS #10): made for the customers of a scenario, examined as a CA
/// does, and abridged for traces.
///
/// Sources: RFC 2986 (the request), RFC 7468 (its text), JPR-28 (spellings of the marks), Baseline
/// Requirements 6.1.1.3 and 6.1.5 (keys), 7.1.4.2 (names). What is examined is the request alone;
/// whether its names are those applied for is a rule and stands in the model.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/result.hpp"

namespace shinsa::fakes::ca {

/// How the marks around the request are spelt.
enum class CsrHeader {
  standard,     ///< `-----BEGIN CERTIFICATE REQUEST-----`
  new_request,  ///< `-----BEGIN NEW CERTIFICATE REQUEST-----`
  spaced,  ///< `----- BEGIN CERTIFICATE REQUEST -----`, as the guide page of JPDirect prints it
  none,    ///< the base64 body alone: no CSR by JPR-28
};

/// What to spoil in a request that is otherwise sound.
enum class CsrSpoil {
  none,
  bad_signature,  ///< one bit of the signature is flipped
};

/// What a customer puts into a request. Names go in as they are written, so that wrong ones can be
/// made too.
struct CsrRequest {
  std::string key_name;           ///< a name of the key pool
  std::string common_name;        ///< CN, UTF-8, at most 64 characters; empty leaves CN out
  std::string organisation = {};  ///< O, UTF-8, at most 64 characters; empty leaves O out
  std::vector<std::string> sans = {};
  CsrHeader header = CsrHeader::standard;
  CsrSpoil spoil = CsrSpoil::none;
};

/// Makes a request and signs it with its own key. RSA and Ed25519 requests are the same bytes every
/// time; ECDSA ones differ in the signature, which is why traces hold them abridged.
/// @return PEM with LF line ends. An unknown key, or a name that does not fit its field, is an
/// Error.
[[nodiscard]] Result<std::string> make_csr(const CsrRequest& wanted);

/// Longest text that is examined, in bytes; a 16384-bit RSA request takes about 6 KiB.
inline constexpr std::size_t kMaxCsrText = 64 * 1024;

/// What examination found. `problem` holds the first that applies of, in this order:
///   `too-long`, `not-pem` (no pair of marks), `not-base64`, `not-asn1` (then nothing below is
///   known), `unreadable-key`, `key-type-not-allowed`, `weak-key`, `bad-signature`,
///   `no-common-name`, `several-common-names`, `name-not-allowed` (CN or a DNS name is no A-label
///   host name).
struct CsrReport {
  bool readable =
      false;  ///< it is a PKCS #10 request: the fields below are what it says, sound or not
  std::string problem = {};       ///< short word for events; empty when sound
  std::string problem_text = {};  ///< a sentence for people; empty when sound
  std::string common_name = {};   ///< the first CN, UTF-8, as it stands in the request
  std::string organisation = {};  ///< the first O, UTF-8
  std::vector<std::string> sans =
      {};  ///< DNS names as they stand (bytes outside ASCII as `\x..`); other kinds are skipped
  std::string key_type = {};    ///< `rsa-2048`, `p256`, ...; empty when the key cannot be read
  std::string key_sha256 = {};  ///< SHA-256 of the SubjectPublicKeyInfo, hex
  std::string request_sha256 =
      {};  ///< SHA-256 of the CertificationRequestInfo, that is without the signature, hex
};

/// Examines whatever a customer pasted into the form: text around the request, CRLF, a byte order
/// mark and a missing last line end do no harm. Never fails and never throws; hostile input ends in
/// a `problem`.
[[nodiscard]] CsrReport examine_csr(std::string_view text);

struct ExaminedCsr;

/// A request that was examined, for whoever is to issue for it: to read it once more would take as
/// long again. Cheap to copy; nothing changes it.
class Csr {
 public:
  Csr() = default;
  /// Examines a text. Never fails, as `examine_csr`.
  [[nodiscard]] static Csr read(std::string_view text);
  /// The same for the octets of a request.
  [[nodiscard]] static Csr read_der(std::string_view der);
  [[nodiscard]] explicit operator bool() const { return examined_ != nullptr; }
  [[nodiscard]] const CsrReport& report() const;
  /// As it was given; PEM if it was octets.
  [[nodiscard]] const std::string& text() const;
  /// The octets of the request; empty unless it is readable.
  [[nodiscard]] std::string der() const;
  /// For those who see OpenSSL: the sources of this folder and of fakes/acme.
  [[nodiscard]] const ExaminedCsr& examined() const { return *examined_; }

 private:
  std::shared_ptr<const ExaminedCsr> examined_;
};

/// The text for an event: the two marks as they stand, and between them `[sha256 of the request:
/// <hex>]`, or
/// `[unreadable body]`. Text without marks is given back, cut at 200 characters; a bare request
/// body becomes the digest line alone. Equal requests give equal text, whatever their signatures;
/// abridging twice changes nothing.
[[nodiscard]] std::string abridge(std::string_view text);
/// The same, without reading the request once more. @param report  what `examine_csr` said of the
/// text.
[[nodiscard]] std::string abridge(std::string_view text, const CsrReport& report);
/// The digest of the request that an abridged text stands for, hex; empty if there is none in it.
[[nodiscard]] std::string_view digest_in(std::string_view abridged);

}  // namespace shinsa::fakes::ca
