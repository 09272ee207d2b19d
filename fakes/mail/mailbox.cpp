#include "fakes/mail/mailbox.hpp"

#include <algorithm>
#include <tuple>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::mail {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  });
  return result;
}

/// `to` of a message: one address, or several joined by `, `, each kept once; one more than are
/// allowed is enough to see that there are too many.
std::vector<std::string> addresses_in(std::string_view to) {
  std::vector<std::string> addresses;
  while (!to.empty() && addresses.size() <= kMostRecipients) {
    const auto end = std::min(to.find(", "), to.size());
    const std::string address(to.substr(0, end));
    const bool known =
        std::any_of(addresses.begin(), addresses.end(),
                    [&](const std::string& other) { return same_mail_address(other, address); });
    if (!address.empty() && !known) addresses.push_back(address);
    to.remove_prefix(std::min(end + 2, to.size()));
  }
  return addresses;
}

Instant arrival(Instant now, Duration delay) {
  const bool beyond_time = now.seconds > 0 && delay.seconds > kNever.seconds - now.seconds;
  return beyond_time ? kNever : now + delay;
}

}  // namespace

Result<Receipt> PostOffice::deliver(const Message& message, Instant now, const Delivery& how) {
  const auto bytes = encode(message);
  if (!bytes) return Failure(bytes.error());
  return deliver(*bytes, now, how);
}

Result<Receipt> PostOffice::deliver(std::string_view bytes, Instant now, const Delivery& how) {
  SHINSA_ASSERT(how.delay >= Duration{}, "a mail cannot arrive before it was sent");
  auto message = decode(bytes);
  if (!message) return Failure(message.error());
  const auto recipients = addresses_in(how.recipient.empty() ? message->to : how.recipient);
  if (recipients.empty())
    return fail("the mail names no recipient", "To", "name one in the mail or its envelope");
  if (recipients.size() > kMostRecipients)
    return fail("the mail names more than 100 recipients", "To", "send it in several mails");

  const std::uint64_t sequence = ++delivered_;
  if (how.lost) return Receipt{sequence, true, how.folder, kNever};
  const Instant arrives = arrival(now, how.delay);
  for (const std::string& recipient : recipients)
    letters_[lower(recipient)].push_back(
        {*message, std::string(bytes), recipient, how.folder, arrives, sequence});
  return Receipt{sequence, false, how.folder, arrives};
}

PostOffice::Letters PostOffice::inbox(std::string_view address, Instant now) const {
  return in_folder(address, now, Folder::inbox);
}

PostOffice::Letters PostOffice::spam(std::string_view address, Instant now) const {
  return in_folder(address, now, Folder::spam);
}

const Letter* PostOffice::newest(std::string_view address, const Predicate& accepts,
                                 Instant now) const {
  const Letters letters = arrived(address, now);
  const auto found =
      std::find_if(letters.rbegin(), letters.rend(), [&](const Letter* l) { return accepts(*l); });
  return found == letters.rend() ? nullptr : *found;
}

PostOffice::Letters PostOffice::in_folder(std::string_view address, Instant now,
                                          Folder folder) const {
  Letters letters = arrived(address, now);
  std::erase_if(letters, [&](const Letter* letter) { return letter->folder != folder; });
  return letters;
}

PostOffice::Letters PostOffice::arrived(std::string_view address, Instant now) const {
  const auto mailbox = letters_.find(lower(address));
  Letters letters;
  if (mailbox == letters_.end()) return letters;
  for (const Letter& letter : mailbox->second)
    if (letter.arrived <= now && letter.arrived != kNever &&
        same_mail_address(letter.recipient, address))
      letters.push_back(&letter);
  std::sort(letters.begin(), letters.end(), [](const Letter* a, const Letter* b) {
    return std::tie(a->arrived, a->sequence) < std::tie(b->arrived, b->sequence);
  });
  return letters;
}

}  // namespace shinsa::fakes::mail
