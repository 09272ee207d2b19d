/// The application for a reissue at JPDirect: inquiry, guidance, form, consent, review, issue,
/// completion mail.
#pragma once

#include "model/core/machine_api.hpp"

namespace shinsa::model::reissue_application {

enum StateId : std::uint8_t {
  kUnasked,
  kGuidanceDue,
  kAwaitingForm,
  kUnderReview,
  kIssueDue,
  kHeld,
  kCompletionDue,
  kCompleted,
  kLapsed
};

inline constexpr RecordSlot kInquiry{0};    ///< inquiry.received
inline constexpr RecordSlot kForm{1};       ///< application.returned, as accepted
inline constexpr TextSlot kCode{0};         ///< what the domain-control mail asks to send back
inline constexpr TextSlot kIssued{1};       ///< subject of the certificate that was issued
inline constexpr LinkSlot kSource{0};       ///< the certificate to be reissued
inline constexpr InstantSlot kAsked{0};     ///< when the inquiry came
inline constexpr InstantSlot kAccepted{1};  ///< when the form came and was accepted
inline constexpr InstantSlot kLapses{
    2};  ///< when the source expires: nothing is issued from then on
inline constexpr InstantSlot kCalled{3};  ///< when the CA confirmed the applicant by telephone
inline constexpr Flag kMayBeRefused{
    1};  ///< over the limit of two: the portal may still refuse (JPR-Q5)

/// Accepted and neither issued nor over: it counts towards the limit of two when another form
/// arrives.
[[nodiscard]] inline bool is_in_progress(const Object& object) {
  return object.kind == ObjectKind::application &&
         (object.states[0] == kUnderReview || object.states[0] == kIssueDue ||
          object.states[0] == kHeld);
}

extern const MachineApi& kMachine;

}  // namespace shinsa::model::reissue_application
