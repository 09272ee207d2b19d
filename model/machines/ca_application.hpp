/// Documents, application to the CA, its review and the issue: the same for a renewal and a new
/// one.
#pragma once

#include "model/machines/renewal.hpp"

namespace shinsa::model::ca_application {

enum StateId : std::uint8_t {
  kUnpaid,
  kDocumentsAwaited,
  kApplicationDue,
  kReviewDue,
  kReviewing,
  kIssueDue,
  kIssued
};

extern const MachineApi& kMachine;

}  // namespace shinsa::model::ca_application
