/// Which addresses WHOIS publishes for the domain of an application, and which of them receive the
/// domain-use mail.
#pragma once

#include <array>

#include "model/machines/agency.hpp"

namespace shinsa::model::whois_contacts {

enum StateId : std::uint8_t { kIdle, kQueryDue, kAsked, kHidden, kKnown, kClosed };

/// Kinds of domain, in the order of `kDomainKinds`; `none`: a word that no rule knows.
enum class Kind : std::uint8_t { organisational_jp, general_jp, gtld, other, none };
[[nodiscard]] Kind kind_of(const Context& c, Value word);

/// The addresses that WHOIS names, in the order of its roles; absent ones are empty.
struct Contacts {
  TextId registrant, technical, public_contact, administrative;
  [[nodiscard]] std::array<TextId, 4> all() const {
    return {registrant, technical, public_contact, administrative};
  }
};

/// The kind and the addresses that an answer of WHOIS names.
[[nodiscard]] Kind kind_in(const Context& c, const Record& answer);
[[nodiscard]] Contacts contacts_in(const Record& answer);

/// Who receives the domain-use mail; empty where there is no second one.
struct Recipients {
  TextId first, second;
};
/// The role that the kind of domain has for it, or any address where no clause names one.
[[nodiscard]] Recipients role_of(const Context& c, const Record& answer);

/// The same by the answer that the application goes by; both empty as long as there is none.
[[nodiscard]] Recipients recipients(const Context& c);
[[nodiscard]] Kind kind_of_domain(const Context& c);

/// The address that the customer chose on the screen, where that counts (reading NTT-Q6).
[[nodiscard]] TextId chosen(const Context& c);

extern const MachineApi& kMachine;

}  // namespace shinsa::model::whois_contacts
