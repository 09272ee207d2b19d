#include <array>

#include "model/catalogue/ids.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim::ways {

namespace {

constexpr std::array kChoices{
    Choice{"telephone", "call|waive",
           "what the CA does when both conditions of the waiver hold (JPR-42)"},
    Choice{"over-limit", "refuse|hold",
           "what the portal does with a form over the limit of two (JPR-24, reading JPR-Q5)"},
    Choice{"revocation", "never|at-once|next-day",
           "when the consented revocation of the source happens (JPR-32, reading JPR-Q2)"},
    Choice{"waived-mail", "never|at-once",
           "whether the CA mails although no approval is needed (JPR-37, reading JPR-Q9)"},
    Choice{"mypage", "at-once|after-a-week", "when the certificate appears on MyPage (JPR-45)"},
};

std::optional<Duration> may(const model::Duty& duty, const Decide& decide) {
  const auto at_once_if = [](bool yes) {
    return yes ? std::optional(Duration{}) : std::optional<Duration>();
  };
  if (duty.type == kType<"call.made">) return at_once_if(decide("telephone") != "waive");
  if (duty.type == kType<"application.refused">)
    return at_once_if(decide("over-limit") == "refuse");
  if (duty.type == kType<"mail.sent">)
    return at_once_if(duty.clause == kClause<"JPR-37"> ? decide("waived-mail") != "never"
                                                       : decide("over-limit") == "hold");
  if (duty.type == kType<"certificate.revoked">) {
    const auto chosen = decide("revocation");
    if (chosen == "next-day") return days(1);
    return at_once_if(chosen != "never");
  }
  return Duration{};
}

bool by_people(const model::Duty& duty) {
  return duty.type == kType<"application.refused"> || duty.type == kType<"call.made"> ||
         duty.type == kType<"certificate.revoked"> || duty.type == kType<"question.answered"> ||
         duty.clause == kClause<"JPR-30">;
}

Duration must(const model::Duty&, const Decide&) { return {}; }

}  // namespace

const Ways kJpdirectReissue{kChoices, &may, &must, &by_people};

}  // namespace shinsa::sim::ways
