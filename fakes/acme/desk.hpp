/// The desk behind the ACME server: who decides what a client gets, and what has become of it.
///
/// The server knows the protocol (signatures, nonces, addresses, JSON) and no rule; a desk knows
/// the rules and no protocol. What the client asks for goes in as plain values, and comes back
/// granted, refused by clauses, or not decided yet. `SimulationDesk` asks the simulation of
/// jpdirect-acme; a test may put anything here.
/// Subjects are those of the trace: `account/1`, `order/1`, `authorization/1-1`,
/// `challenge/1-1-file`, `certificate/01ab`. Names are lower-case A-labels, with `*.` for a
/// wildcard.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/ca/csr.hpp"
#include "model/vocabulary/time.hpp"
#include "sim/stream.hpp"

namespace shinsa::fakes::acme {

/// What is wrong with one name of an order (RFC 8555 section 6.7.1).
struct Subproblem {
  std::string identifier;
  std::string error;        ///< `rejectedIdentifier`
  std::string clause = {};  ///< that refuses it; may be empty
  std::string detail = {};  ///< a sentence; where it is empty, that of the clause
};

/// No, with the ACME error type and the clauses that say so.
struct Refusal {
  std::string error;  ///< `rejectedIdentifier`, without urn:ietf:params:acme:error:
  std::vector<std::string> clauses = {};
  std::vector<Subproblem> subproblems = {};
  std::string detail = {};  ///< a sentence; where it is empty, those of the clauses
};

/// What came of a request.
struct Verdict {
  enum class Kind {
    granted,
    refused,
    waiting,  ///< nobody has decided yet: ask `verdict_on` again when time has passed
  };
  Kind kind = Kind::granted;
  std::string subject = {};  ///< what was granted, or is waited for
  Refusal refusal = {};      ///< where it is refused
};

/// What a client asks for with newAccount.
struct AccountWish {
  std::optional<std::string> eab = {};  ///< key id of the external account binding
  bool mac_verifies = false;            ///< under the key of that id
  std::vector<std::string> contacts = {};
  bool terms = false;      ///< whether the terms of service are agreed to
  std::string thumbprint;  ///< RFC 7638, of the account's key
};

enum class OrderStatus { pending, ready, processing, valid, invalid };
enum class AuthorizationStatus { pending, valid, invalid };
enum class ChallengeStatus { pending, processing, valid, invalid };

// What a desk shows. Texts are held by it, for as long as it lives.

struct OrderView {
  std::string_view account;
  std::vector<std::string_view> names;
  OrderStatus status = OrderStatus::pending;
  std::vector<std::string_view> authorizations = {};
  std::shared_ptr<const Refusal> error = {};  ///< why it is invalid, where an event said so
  std::optional<Instant> expires = {};        ///< when its strings are over
  std::string_view certificate = {};          ///< empty: none yet
};

struct AuthorizationView {
  std::string_view order;
  std::string_view name;
  AuthorizationStatus status = AuthorizationStatus::pending;
  std::vector<std::string_view> challenges = {};
  std::optional<Instant> expires = {};
};

struct ChallengeView {
  std::string_view authorization;
  std::string_view type;  ///< `http-01`
  std::string_view token;
  ChallengeStatus status = ChallengeStatus::pending;
  /// Of the last look, also while another is to come; null: nothing was wrong.
  std::shared_ptr<const Refusal> error = {};
  std::optional<Instant> validated = {};
  std::optional<Instant> expires = {};
};

struct CertificateView {
  std::string_view account;  ///< that ordered it
  std::vector<std::string_view> names;
  Instant not_before, not_after;
  std::string_view key = {};  ///< SHA-256 of the SubjectPublicKeyInfo, hex
  bool revoked = false;
};

/// What the operator hands to a member: the credentials of one EAB.
struct EabCredentials {
  std::string key_id;
  std::string key;  ///< base64url without padding; a multiple of 16 octets
  std::optional<Instant> expires = {};
};

class Desk {
 public:
  virtual ~Desk() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  /// Lets everything happen that is due by now, so that what is asked next is up to date.
  virtual void catch_up() = 0;
  /// A named stream of chance of this run.
  [[nodiscard]] virtual sim::Stream& stream(std::string_view name) = 0;

  /// The octets of the secret that was issued under that key id; nothing if none was.
  [[nodiscard]] virtual std::optional<std::string> eab_key(std::string_view key_id) = 0;
  [[nodiscard]] virtual std::vector<EabCredentials> eab_credentials() = 0;

  [[nodiscard]] virtual Verdict open_account(const AccountWish& wish) = 0;
  /// From now on the account has another key: strings that are offered later hold its thumbprint.
  virtual void know_key(std::string_view account, const std::string& thumbprint) = 0;
  [[nodiscard]] virtual Verdict open_order(std::string_view account,
                                           const std::vector<std::string>& names) = 0;
  /// @param type  `http-01`.
  [[nodiscard]] virtual Verdict respond(std::string_view authorization, std::string_view type) = 0;
  /// @param csr  of no text if the request cannot be read.
  [[nodiscard]] virtual Verdict finalize(std::string_view order, const ca::Csr& csr) = 0;
  [[nodiscard]] virtual Verdict download(std::string_view certificate,
                                         std::string_view account) = 0;
  /// @param reason  a word of `kRevocationReasons`; empty: none was given.
  [[nodiscard]] virtual Verdict revoke(std::string_view certificate, std::string_view reason) = 0;
  /// What came of a request that was waiting. @param subject  as in that verdict.
  [[nodiscard]] virtual Verdict verdict_on(std::string_view subject) = 0;

  /// Null for what does not exist (yet); else as it is now, until the desk is asked anything else.
  [[nodiscard]] virtual const OrderView* order(std::string_view subject) = 0;
  [[nodiscard]] virtual const AuthorizationView* authorization(std::string_view subject) = 0;
  [[nodiscard]] virtual const ChallengeView* challenge(std::string_view subject) = 0;
  [[nodiscard]] virtual const CertificateView* certificate(std::string_view subject) = 0;
  /// The certificate alone, PEM; empty where it is on paper only.
  [[nodiscard]] virtual std::string certificate_pem(std::string_view subject) = 0;
  /// The issuing CA's certificate, and the root; PEM.
  [[nodiscard]] virtual std::string chain_pem() = 0;
  [[nodiscard]] virtual std::string root_pem() = 0;
};

}  // namespace shinsa::fakes::acme
