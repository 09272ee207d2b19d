/// The laws of sakura-reissue: their names, clauses and sentences.
///
/// What a law needs to know of a trace is in the ledger; how it is held against an event, in the
/// monitor (`sakura_reissue.cpp`).
#pragma once

#include <memory>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties::sakura_reissue {

/// The position of each law in the table, and so in `laws("sakura-reissue")`.
enum LawId : std::size_t {
  kListIsComplete,
  kNothingWithoutLogin,
  kButtonOnTargetsOnly,
  kStatusIsTrue,
  kCausesAreTrue,
  kInProgressUntilIssued,
  kConfirmedBeforeApplied,
  kWarnedOfClipping,
  kIssuedToAnApplication,
  kOneCertificate,
  kIssuedAfterValidation,
  kNothingWhileHindered,
  kEndsAsItMust,
  kBeginsOnTheDay,
  kNamesByTheRule,
  kKeyByTheReading,
  kInstalledAfterIssue,
  kOldAfterNew,
  kCompletionToTheMember,
  kNoApprovalAsked,
  kSeenIsInstalled,
  kNothingTwice,
  kListAnswers,
  kRowsShown,
  kValidationStarts,
  kIssuedIsInstalled,
  kOldIsRevoked,
  kCompletionFollows,
  kLossesDeclined,
  kVisitsAnswered,
  kClipped,
  kUnchanged,
  kWrongThenRight,
  kHeldThenIssued,
  kClearedThenApplied,
  kSeenWithLock,
  kRestoredAndRevoked,
  kNoticeCame,
  kLapsed,
  kLaws
};

/// One entry for each `LawId`, in that order.
[[nodiscard]] const std::vector<Law>& table();
[[nodiscard]] std::unique_ptr<Monitor> monitor();

}  // namespace shinsa::properties::sakura_reissue
