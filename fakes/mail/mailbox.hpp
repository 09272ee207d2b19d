/// Mailboxes: where mails arrive, in the inbox or the spam folder, at once, later or never.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/mail/message.hpp"

namespace shinsa::fakes::mail {

enum class Folder { inbox, spam };

/// How a mail is delivered; honest unless a fault says otherwise.
struct Delivery {
  Folder folder = Folder::inbox;
  Duration delay;     ///< zero or more, after it was sent
  bool lost = false;  ///< never arrives anywhere
};

class PostOffice {
 public:
  /// Takes a mail as bytes, decodes it as its reader would, and puts it into the mailbox of its recipient.
  [[nodiscard]] Result<void> deliver(std::string_view bytes, Instant now, const Delivery& how);

  /// Mails that have arrived by `now`, in the order of their arrival.
  [[nodiscard]] std::vector<Message> inbox(std::string_view address, Instant now) const;
  [[nodiscard]] std::vector<Message> spam(std::string_view address, Instant now) const;
  /// The mail of the inbox that arrived last and for which `is` says yes.
  [[nodiscard]] std::optional<Message> newest(std::string_view address, Instant now,
                                              const std::function<bool(const Message&)>& is) const;

 private:
  struct Kept {
    Instant arrives;
    Folder folder;
    Message message;
  };
  [[nodiscard]] std::vector<Message> folder(std::string_view address, Folder which, Instant now) const;
  std::vector<Kept> kept_;  // in the order of arrival; ties in the order of sending
};

}  // namespace shinsa::fakes::mail
