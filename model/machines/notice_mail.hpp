/// The mails that tell a customer of an expiry and ask whether to renew, known by their purposes:
/// the page names no subject. Source: REN-05, REN-06.
#pragma once

#include <algorithm>

#include "model/core/context.hpp"
#include "model/machines/dedicated_certificate.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::model {

/// Whether a mail serves a purpose, among others or alone.
[[nodiscard]] inline bool serves(const Context& c, const On<"mail.sent">& mail,
                                 std::string_view purpose) {
  return std::ranges::any_of(c.facts().list(mail.list<"purposes">()),
                             [&](TextId one) { return c.facts().text(one) == purpose; });
}

/// What a mail to the customer of a certificate has to say.
[[nodiscard]] inline ActionMatch<"mail.sent"> mail_for(
    Context& c, const Object& certificate, std::initializer_list<std::string_view> purposes) {
  std::vector<TextId> items;
  for (std::string_view purpose : purposes) items.push_back(c.store().intern(purpose));
  return c.action<"mail.sent">()
      .with<"to">(dedicated_certificate::of_customer<"billing_mail">(c, certificate))
      .with<"purposes">(c.store().intern_list(items));
}

/// Whether a mail goes to the address on record; where none is, it cannot be told.
[[nodiscard]] inline bool goes_to_the_customer(const Context& c, const Object& certificate,
                                               const On<"mail.sent">& mail) {
  const Value address = dedicated_certificate::of_customer<"billing_mail">(c, certificate);
  return !address.present() ||
         same_mail_address(c.facts().text(address.text()), c.facts().text(mail.text<"to">()));
}

}  // namespace shinsa::model
