/// Letters by post: who has posted what to where, and what has arrived there.
///
/// Customers send documents on paper to an address that is written in full (NTT-09: "documents sent
/// elsewhere have not arrived"). What the documents must be is a clause; a letter names them by
/// words that the caller chooses.
///
/// Sans I/O and without a clock: a letter goes in with its instant and arrives later, in days of
/// Japan (`model/vocabulary/calendar.hpp`). Asking about an earlier instant gives the earlier
/// answer. There is no limit on letters.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::post_office {

/// What lies in an envelope and stands on it.
struct Letter {
  std::string from;                   ///< who sends it, for people
  std::string to_address;             ///< the whole address as written on the envelope
  std::vector<std::string> contents;  ///< a word for each document: `registry-certificate`
  std::string subject;                ///< what it is about, as events name it: `application/1`
  friend bool operator==(const Letter&, const Letter&) = default;
};

/// How long an ordinary letter takes.
inline constexpr Duration kUsualDelay = days(1);

/// How a letter travels.
struct Delivery {
  Duration delay = kUsualDelay;  ///< zero or more; a negative one is the caller's mistake (assert)
  bool lost = false;             ///< it never arrives, and nobody is told
};

/// A letter on its way or in a letter box.
struct Posted {
  Letter letter;
  std::uint64_t sequence = 0;  ///< 1 for the first letter of this office; lost ones are counted too
  Instant posted;
  Instant arrives;  ///< from this second on it is there; `kNever` if it was lost
};

/// Whether two addresses are the same place: compared as read (`as_read`), so that width and runs
/// of blanks do not count; nothing cleverer. A missing floor is another address.
[[nodiscard]] bool same_address(std::string_view a, std::string_view b);

/// When a letter arrives that takes so long: after that time, and if this is a Sunday in Japan, at
/// the same hour of Monday. Beyond the end of time: `kNever`.
[[nodiscard]] Instant arrival_of(Instant posted, Duration delay);

class PostOffice {
 public:
  /// Takes a letter; gives back what will become of it, which its sender does not learn.
  Posted post(Letter letter, Instant at, const Delivery& how = {});

  /// What has arrived at an address by that instant, in the order of (arrival, sequence).
  [[nodiscard]] std::vector<Posted> arrived(std::string_view address, Instant at) const;

 private:
  std::deque<Posted> letters_;
};

}  // namespace shinsa::fakes::post_office
