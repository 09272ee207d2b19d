/// The post office: takes mails, and says who has which mail in which folder at what time.
///
/// Sans I/O: a mail comes in as bytes or as a message and is read back from its bytes, so that a
/// reader sees what went over the wire. Nothing here has a clock; `now` is an argument, and asking
/// about an earlier time gives the earlier answer. There is no limit on mails or mailboxes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/mail/message.hpp"
#include "model/vocabulary/result.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::mail {

enum class Folder { inbox, spam };

/// What a mail server takes at least (RFC 5321 section 4.5.3.1.8), and this one at most.
inline constexpr std::size_t kMostRecipients = 100;

/// How a mail travels. As it stands: at once, into the inbox. The rest are the faults that this
/// fake can play.
struct Delivery {
  Folder folder = Folder::inbox;
  Duration delay{};         ///< zero or more; a negative one is the caller's mistake (assert)
  bool lost = false;        ///< it never arrives, and nobody is told
  std::string recipient{};  ///< whom the envelope names; empty: everyone whom the mail itself names
};

/// A mail in a mailbox.
struct Letter {
  Message message;        ///< decoded from `bytes`
  std::string bytes;      ///< as delivered
  std::string recipient;  ///< the mailbox that it lies in, as its delivery wrote it
  Folder folder = Folder::inbox;
  Instant arrived;             ///< from this second on it can be seen
  std::uint64_t sequence = 0;  ///< 1 for the first mail of this office; lost ones are counted too
};

/// What became of a delivery. The sender of a mail does not learn of it; the trace may.
struct Receipt {
  std::uint64_t sequence = 0;
  bool lost = false;
  Folder folder = Folder::inbox;
  Instant arrives;  ///< `kNever` if it was lost
};

/// Letters stay where they are as long as the office lives: pointers to them remain good after
/// later deliveries.
class PostOffice {
 public:
  using Letters = std::vector<const Letter*>;
  using Predicate = std::function<bool(const Letter&)>;

  PostOffice() = default;
  PostOffice(const PostOffice&) = delete;
  PostOffice& operator=(const PostOffice&) = delete;

  /// Encodes and delivers. Refused: what `encode` refuses.
  Result<Receipt> deliver(const Message& message, Instant now, const Delivery& how = {});
  /// Delivers the bytes as they are. Refused: what `decode` refuses, and a mail that names nobody
  /// or more than `kMostRecipients`.
  Result<Receipt> deliver(std::string_view bytes, Instant now, const Delivery& how = {});

  /// What lies in a folder at `now`, in the order of (arrival, sequence). Addresses are compared by
  /// `same_mail_address`.
  [[nodiscard]] Letters inbox(std::string_view address, Instant now) const;
  [[nodiscard]] Letters spam(std::string_view address, Instant now) const;

  /// The last letter by (arrival, sequence), in either folder, that the predicate accepts, or null:
  /// whoever waits for a mail looks into the spam folder too and sees in `folder` where it was.
  /// @param now  letters that arrive later are not seen; unless given, all that ever arrive are.
  [[nodiscard]] const Letter* newest(std::string_view address, const Predicate& accepts,
                                     Instant now = kNever) const;

 private:
  [[nodiscard]] Letters arrived(std::string_view address, Instant now) const;
  [[nodiscard]] Letters in_folder(std::string_view address, Instant now, Folder folder) const;

  /// By address in lower case: a superset of each mailbox, which `same_mail_address` then narrows.
  std::map<std::string, std::deque<Letter>, std::less<>> letters_;
  std::uint64_t delivered_ = 0;
};

}  // namespace shinsa::fakes::mail
