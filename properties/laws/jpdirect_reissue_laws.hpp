/// The laws of jpdirect-reissue: their names, clauses and sentences.
///
/// What a law needs to know of a trace is in the ledger; how it is held against an event, in the
/// monitor (`jpdirect_reissue.cpp`).
#pragma once

#include <memory>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties::jpdirect_reissue {

/// The position of each law in the table, and so in `laws("jpdirect-reissue")`.
enum LawId : std::size_t {
  kPaidBeforeReview,
  kAtMostTwo,
  kReissueIsFree,
  kOneInvoice,
  kIssueAfterDomainControl,
  kOvIsTelephoned,
  kDirectoryNumber,
  kMailToTheChosenAddress,
  kNoMailForManagedNames,
  kCompletionToBilling,
  kOneCertificate,
  kEndsWithTheSource,
  kNewEndsWithTheMonth,
  kConsent,
  kNoUnaskedRevocation,
  kReasonAsAsked,
  kNotInTheMonthOfExpiry,
  kSourceIsGood,
  kSameNameAndType,
  kKeyOfTheCsr,
  kNamesAsApplied,
  kReapplicationOffered,
  kTechnicalNotAnswered,
  kPortalInstallsNothing,
  kGuidanceToTheInquirer,
  kFormIsWhole,
  kOrganisationKept,
  kAnotherKey,
  kNameKept,
  kOneApprovalMail,
  kNothingTwice,
  kInquiryAnswered,
  kCompletionFollows,
  kPageShown,
  kQuestionAnswered,
  kAskedRevocationDone,
  kPaymentConfirmed,
  kTwoAreActive,
  kHeldAndIssued,
  kTelephoneWaived,
  kDomainWaived,
  kPaidByCard,
  kPaidByTransfer,
  kByDvMail,
  kByOvMail,
  kTelephoned,
  kChanged,
  kRefusedInTheMonth,
  kConsentedRevocation,
  kLaws
};

/// One entry for each `LawId`, in that order.
[[nodiscard]] const std::vector<Law>& table();
[[nodiscard]] std::unique_ptr<Monitor> monitor();

}  // namespace shinsa::properties::jpdirect_reissue
