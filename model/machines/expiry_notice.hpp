/// The notice of the expiry of a certificate, and the inquiry whether to renew.
#pragma once

#include "model/machines/dedicated_certificate.hpp"

namespace shinsa::model::expiry_notice {

enum StateId : std::uint8_t { kIdle, kWaiting, kDue, kNoticeGiven, kInquiryMade, kDone };

/// From this instant on neither notice nor inquiry is about sixty days before the expiry any more.
[[nodiscard]] Instant end_of_the_days(const Context& c, const Object& certificate);

extern const MachineApi& kMachine;

}  // namespace shinsa::model::expiry_notice
