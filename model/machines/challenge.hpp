/// What the two kinds of challenge share. A challenge has both machines; one of them never starts.
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::challenge {

/// The states of both machines, of which a client sees pending, processing, valid and invalid.
enum StateId : std::uint8_t {
  kUnoffered,
  kPending,
  kLookDue,
  kLooking,
  kProven,
  kUnproven,
  kValid,
  kInvalid,
  kExpired
};

inline constexpr RecordSlot kOffered{0};      ///< challenge.offered
inline constexpr TextSlot kName{0};           ///< the DNS name, with its *. for a wildcard
inline constexpr LinkSlot kAuthorization{0};  ///< the authorization it belongs to
inline constexpr InstantSlot kFileEnds{0};  ///< by file: its string is no longer valid from then on
inline constexpr InstantSlot kTxtEnds{1};   ///< by DNS: likewise
inline constexpr Flag kLookedAgain{1};      ///< the CA has already been left to look again

/// Places of the machines in Object::states.
inline constexpr std::size_t kByFile = 0;
inline constexpr std::size_t kByDns = 1;

[[nodiscard]] inline bool has_expired(const Object& challenge) {
  return challenge.states[kByFile] == kExpired || challenge.states[kByDns] == kExpired;
}

/// A method as the field of an event.
[[nodiscard]] consteval Value type(std::string_view method) {
  return Value::of(choice_index(events::kChallengeTypes, method).value());
}

/// What was offered with the challenge.
template <Literal F>
[[nodiscard]] Value offered(const Context& c) {
  return c.said<"challenge.offered", F>(kOffered);
}

/// Whether the challenge is of that method. The machine of the other one has nothing to say of it.
[[nodiscard]] inline bool is_by(const Context& c, std::string_view method) {
  return offered<"type">(c) ==
         Value::of(choice_index(events::kChallengeTypes, method).value_or(-1));
}

struct TellValid : Note {
  static void run(Context& c, const auto&) {
    c.tell_to(c.me()[kAuthorization], MessageId::challenge_valid);
  }
};
struct TellInvalid : Note {
  static void run(Context& c, const auto&) {
    c.tell_to(c.me()[kAuthorization], MessageId::challenge_invalid);
  }
};
/// What was shown in time stays shown.
template <InstantSlot Slot>
struct StopClock : Note {
  static void run(Context& c, const auto&) { c.me()[Slot] = Instant{}; }
};
struct ForgetFailure : Note {
  static void run(Context& c, const auto&) { c.withdraw_own_duties(); }
};
/// The CA looked once more before it let the challenge fail.
struct LooksAgain : Permission<"RFC-16"> {
  static bool applies(const Context&, const auto&) { return true; }
};

/// The challenge failed with that error; the CA may look again first, which is offered once.
template <Literal Look>
void owe_failure(Context& c, std::string_view error, const ActionMatch<Look>& look) {
  c.must(c.action<"challenge.failed">().template with<"error">(
      Value::of(choice_index<events::kAcmeErrors>(error).value_or(0))));
  if (c.me()[kLookedAgain]) return;
  c.me().set(kLookedAgain);
  c.may(look);
}

/// Whether the challenge ends as its check came out.
struct AsFound : Guard<"RFC-14"> {
  static bool test(const Context& c, const auto& said) {
    return c.as_owed(*said.event, *said.record);
  }
};

}  // namespace shinsa::model::challenge
