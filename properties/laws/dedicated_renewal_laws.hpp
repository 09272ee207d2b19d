/// The laws of dedicated-renewal: their names, clauses and sentences.
///
/// What a law needs to know of a trace is in the ledger; how it is held against an event, in the
/// monitor (`dedicated_renewal.cpp`).
#pragma once

#include <memory>
#include <vector>

#include "properties/laws/law.hpp"

namespace shinsa::properties::dedicated_renewal {

/// The position of each law in the table, and so in `laws("dedicated-renewal")`.
enum LawId : std::size_t {
  kNoticeInTime,
  kInquiryInTime,
  kOrderForAYes,
  kBilledBeforePaid,
  kInvoiceBeforeTransfer,
  kCardByTheScreens,
  kOpenWhileUnpaid,
  kConfirmedWhenPaid,
  kPaidBeforeApplication,
  kDocumentsAfterPayment,
  kReviewedLikeNew,
  kAsDocumented,
  kOneCertificate,
  kRenewedOnce,
  kRenewalFromTheOldEnd,
  kSymantecTwoWeeksMore,
  kChangedIsNew,
  kLateIsNew,
  kSameDisplay,
  kErrorOnceExpired,
  kShowsEndAndSubject,
  kPlanChangeForFlex,
  kDocumentsAreSound,
  kNothingTwice,
  kNoticeGiven,
  kYesIsOrdered,
  kOrderIsBilled,
  kPaidIsConfirmed,
  kReviewIsIssued,
  kFlexChangesPlan,
  kVisitorSees,
  kHistorySeen,
  kBillSeen,
  kRenewedByCard,
  kRenewedByTransfer,
  kSymantecRenewed,
  kChangedIntoNew,
  kLateIntoNew,
  kDeclinedAndRenewed,
  kCardDeclinedAndPaid,
  kSilentExpiry,
  kErrorSeen,
  kPlanChanged,
  kNextYear,
  kLaws
};

/// One entry for each `LawId`, in that order.
[[nodiscard]] const std::vector<Law>& table();
[[nodiscard]] std::unique_ptr<Monitor> monitor();

}  // namespace shinsa::properties::dedicated_renewal
