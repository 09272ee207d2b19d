/// WHOIS: what registries publish about who answers for a domain.
///
/// A CA looks up a mail address here to ask whether a domain may be used (NTT-10, NTT-14 to
/// NTT-18). Which role's address it takes for which kind of domain is a clause, and the caller's
/// business; this fake answers what is published at the instant, or that it is hidden.
///
/// Sans I/O: registries change entries from an instant on and look-ups name theirs. Changes to one
/// domain are told in the order of their instants: each goes out from what holds then.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/timeline.hpp"
#include "fakes/whois/domain_kind.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::whois {

/// The roles under the names that registries print.
enum class Role {
  registrant,      ///< 登録担当者, of organisational JP domains
  technical,       ///< 技術連絡担当者, likewise
  public_contact,  ///< 公開連絡窓口, of general-use JP domains
  administrative   ///< Administrative Contact, of gTLDs
};
[[nodiscard]] std::string_view to_text(Role role);  ///< as printed: `登録担当者`

struct Contact {
  Role role = Role::registrant;
  std::string mail;  ///< as registered, whether or not anybody reads it
  friend bool operator==(const Contact&, const Contact&) = default;
};

/// A registered domain.
struct Entry {
  std::vector<Contact> contacts = {};  ///< in the order in which they are printed
  bool is_protected = false;           ///< the contacts are not shown
};

enum class Status {
  published,
  hidden,  ///< registered, but its contacts are protected
  unknown  ///< not registered, or no domain at all
};
[[nodiscard]] std::string_view to_text(Status status);  ///< `published`, `hidden`, `unknown`

struct Answer {
  Status status = Status::unknown;
  std::string domain;  ///< the registrable part of the name asked for; empty if it has none
  DomainKind kind = DomainKind::other;
  std::vector<Contact> contacts;  ///< empty unless `published`

  /// The addresses of one role, in their order; none if it is not published.
  [[nodiscard]] std::vector<std::string> mails_of(Role role) const;
};

/// All registries at once. Every change is refused when its domain is not one that can be
/// registered: a name below one, or one such as `co.jp`.
class Registry {
 public:
  /// From `at` on the domain is registered with this entry, whatever was before.
  Result<void> publish(std::string_view domain, Entry entry, Instant at);
  /// From `at` on it is not registered.
  Result<void> withdraw(std::string_view domain, Instant at);

  /// From `at` on the role has these addresses and no others, in the place where it had some, else
  /// behind the others; none takes the role away. A domain that is not registered then becomes so.
  Result<void> set_mails(std::string_view domain, Role role, const std::vector<std::string>& mails,
                         Instant at);
  /// The same for the roles of several contacts, each of which then has that address alone.
  Result<void> set_contacts(std::string_view domain, std::vector<Contact> contacts, Instant at);
  /// From `at` on the contacts are hidden, or shown again. Refused, besides: the domain is not
  /// registered then.
  Result<void> set_protected(std::string_view domain, bool is_protected, Instant at);

  /// What is published about the domain that the name is or stands below. Any spelling that
  /// `to_a_label` takes, with or without a leading `*.`.
  [[nodiscard]] Answer lookup(std::string_view name, Instant at) const;

 private:
  struct Record {
    bool is_registered = false;
    Entry entry;
  };
  [[nodiscard]] Result<Timeline<Record>*> records_of(std::string_view domain);
  [[nodiscard]] const Record* record_of(std::string_view domain, Instant at) const;

  std::map<std::string, Timeline<Record>, std::less<>> records_;
};

}  // namespace shinsa::fakes::whois
