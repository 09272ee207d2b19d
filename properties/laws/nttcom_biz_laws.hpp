/// The laws of nttcom-biz: their names, clauses and sentences.
///
/// What a law needs to know of a trace is in the ledger; how it is held against an event, in the
/// monitor (`nttcom_biz.cpp`).
#pragma once

#include <memory>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties::nttcom_biz {

/// The position of each law in the table, and so in `laws("nttcom-biz")`.
enum LawId : std::size_t {
  kServiceStarted,
  kLoggedIn,
  kConsents,
  kSubjectLength,
  kCountryIsJp,
  kAsTheFormAllows,
  kOneChange,
  kCheckedFirst,
  kDocumentsFirst,
  kOnlyTheItems,
  kNothingWhileHidden,
  kMailToTheRole,
  kApprovedInTime,
  kOvIsCalled,
  kCallsForOvAlone,
  kValidityOfTheProduct,
  kOneCertificate,
  kCompletionAfterTheSetting,
  kNothingAfterCancellation,
  kBilledInALaterMonth,
  kBothFees,
  kNoSiteSeal,
  kNoKeyFiles,
  kNoDamages,
  kNothingTwice,
  kBothRolesAreMailed,
  kRestartFollows,
  kCompletionFollows,
  kBilled,
  kRenewalStarts,
  kReferred,
  kByPublicContact,
  kByBothRoles,
  kByAdministrative,
  kByAnyAddress,
  kCalledAndIssued,
  kCalledAgain,
  kOtherChangeDone,
  kUnpaid,
  kNewAfterALapse,
  kRenewed,
  kRenewedWithoutACall,
  kRepaired,
  kCancelledAndBilled,
  kProtectionLifted,
  kDocumentsByPost,
  kGravePaid,
  kProviderCalled,
  kDesiredDayMissed,
  kLaws
};

/// One entry for each `LawId`, in that order.
[[nodiscard]] const std::vector<Law>& table();
[[nodiscard]] std::unique_ptr<Monitor> monitor();

}  // namespace shinsa::properties::nttcom_biz
