#include "fakes/mail/mailbox.hpp"

#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::mail {

Result<void> PostOffice::deliver(std::string_view bytes, Instant now, const Delivery& how) {
  SHINSA_ASSERT(how.delay >= Duration{}, "a mail does not arrive before it was sent");
  auto message = decode(bytes);
  if (!message) return Failure(message.error());
  if (how.lost) return {};
  const Instant arrives = now + how.delay;
  const auto after = std::ranges::upper_bound(kept_, arrives, {}, &Kept::arrives);
  kept_.insert(after, {arrives, how.folder, std::move(*message)});
  return {};
}

std::vector<Message> PostOffice::inbox(std::string_view address, Instant now) const { return folder(address, Folder::inbox, now); }
std::vector<Message> PostOffice::spam(std::string_view address, Instant now) const { return folder(address, Folder::spam, now); }

std::vector<Message> PostOffice::folder(std::string_view address, Folder which, Instant now) const {
  std::vector<Message> found;
  for (const Kept& kept : kept_)
    if (kept.arrives <= now && kept.folder == which && same_mail_address(kept.message.to, address)) found.push_back(kept.message);
  return found;
}

std::optional<Message> PostOffice::newest(std::string_view address, Instant now,
                                          const std::function<bool(const Message&)>& is) const {
  const auto arrived = inbox(address, now);
  const auto last = std::find_if(arrived.rbegin(), arrived.rend(), is);
  return last == arrived.rend() ? std::nullopt : std::optional(*last);
}

}  // namespace shinsa::fakes::mail
