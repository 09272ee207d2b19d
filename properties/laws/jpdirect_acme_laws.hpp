/// The laws of jpdirect-acme: their names, clauses and sentences.
///
/// What a law needs to know of a trace is in the ledger; how it is held against an event, in the
/// monitor (`jpdirect_acme.cpp`).
#pragma once

#include <memory>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties::jpdirect_acme {

/// The position of each law in the table, and so in `laws("jpdirect-acme")`.
enum LawId : std::size_t {
  kEabFourteenDays,
  kEabUsedOnce,
  kAccountNeedsAnEab,
  kOnePressOneEab,
  kEabForWhoAgrees,
  kApplicationBeforeRegistration,
  kTypeFitsName,
  kNoDoubleAddress,
  kALabelsOnly,
  kOneInvoiceOnceFixed,
  kMailsToBilling,
  kCompleteOncePaid,
  kListTellsWhatIs,
  kNothingBeforeCompletion,
  kOnlyCoveredNames,
  kByTheMonthEnd,
  kOnlyTwoMethods,
  kNoFileForAWildcard,
  kStringsForTwentyFiveDays,
  kFileAtTheFixedPath,
  kRecordAtTheChallengeName,
  kProvenByTheString,
  kTenStepsNoHttps,
  kEachNameProven,
  kIssuedToTheClient,
  kKeyOfTheCsr,
  kNinetyDays,
  kCaaLookedUp,
  kNoMoneyBack,
  kClientLeftToOthers,
  kPortalInstallsNothing,
  kWildcardForOneLevel,
  kErrorOfItsClause,
  kHandedToItsAccount,
  kTermsAgreedTo,
  kCsrIsSound,
  kNothingTwice,
  kEabNotified,
  kAcceptanceFollows,
  kCompletionFollows,
  kPaymentConfirmed,
  kQuestionAnswered,
  kRevocationDone,
  kAccountMade,
  kBilled,
  kListSeen,
  kDelivered,
  kRefunded,
  kIssuedByFile,
  kIssuedByDns,
  kWildcardIssued,
  kWwwIssued,
  kLateEab,
  kLateString,
  kLateIssue,
  kRedirected,
  kOneOfSeveral,
  kAnotherEab,
  kLaws
};

/// One entry for each `LawId`, in that order.
[[nodiscard]] const std::vector<Law>& table();
[[nodiscard]] std::unique_ptr<Monitor> monitor();

}  // namespace shinsa::properties::jpdirect_acme
