/// The cast of each system: every fake, given its part in a simulation.
///
/// Each performer turns an obligation into bytes (a mail, a certificate) and into the event that
/// says so. Nobody here decides what a rule means: what must be said comes from the obligation,
/// when from conduct, what goes wrong from faults.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/mail/mailbox.hpp"
#include "fakes/telephone/telephone.hpp"
#include "fakes/wire/http.hpp"
#include "sim/simulation.hpp"

namespace shinsa::fakes {

namespace cast {
class Internet;
}

/// What a customer makes before filling in the form: the text for the event and what examination
/// says of it.
struct PreparedCsr {
  std::string event_text;  ///< abridged: armour and digest, no signature bytes
  std::string common_name;
  std::vector<std::string> names;  ///< DNS names in it
  std::string key;                 ///< SHA-256 of the SPKI, hex; empty if unreadable
  std::string problem;             ///< empty when sound
};

/// Where a mail was found, and what its procedure asks to send back.
struct FoundCode {
  std::string code;
  std::string mailbox;
};

/// How much the fakes make of what they do.
enum class Detail : std::uint8_t {
  full,    ///< real certificates and mails, mailboxes, artefacts
  served,  ///< the same for clients: certificates as octets, without a text for people
  paper,   ///< as full, with certificates on paper only: no X.509, no TLS
  events,  ///< only the events that say so: for campaigns of many thousand runs
};

class Cast {
 public:
  /// @param addresses  where the certificates of the CA lead to.
  explicit Cast(Detail detail = Detail::full, const ca::Addresses& addresses = {});
  ~Cast();
  Cast(const Cast&) = delete;
  Cast& operator=(const Cast&) = delete;

  /// Gives every action of the system to its performer.
  void join(sim::Simulation& simulation);

  /// Hands the CA the request as the customer made it, so that it can be certified later; once
  /// joined.
  PreparedCsr prepare(const std::string& csr_text) { return prepare(ca::Csr::read(csr_text)); }
  /// The same for one that was read already.
  PreparedCsr prepare(const ca::Csr& csr);

  /// Tells the ACME server, where the joined system has one, which key an account has: the strings
  /// of challenges that are offered from now on hold its thumbprint.
  /// @param account  as in `account/1`. @param thumbprint  RFC 7638, in base64url.
  void know_account_key(std::string_view account, const std::string& thumbprint);

  /// Of letters as files only so many of the newest stay from now on.
  void keep_letters(std::size_t newest);

  /// The newest approval code mailed for an application that has arrived by now.
  /// @param to  only of mails to that address, unless it is empty.
  [[nodiscard]] std::optional<FoundCode> code_for(std::string_view application, bool in_spam,
                                                  Instant now, std::string_view to = {}) const;
  /// Decoded mails that have arrived in a folder of an address by now.
  [[nodiscard]] std::vector<mail::Message> mails(std::string_view address, bool in_spam,
                                                 Instant now) const;

  /// The internet that the CA looks at; null in a system that has none, and before joining.
  [[nodiscard]] cast::Internet* internet();

  [[nodiscard]] std::string root_pem() const;
  [[nodiscard]] std::string chain_pem() const;
  /// The revocation list of the issuing CA that is current at that instant, PEM; empty where
  /// certificates are on paper only.
  [[nodiscard]] std::string crl_pem(Instant now);
  /// What the CA's repository answers (`ca::answer`); 404 where certificates are on paper only.
  [[nodiscard]] wire::HttpResponse ask_ca(const wire::HttpRequest& request, Instant now);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace shinsa::fakes
