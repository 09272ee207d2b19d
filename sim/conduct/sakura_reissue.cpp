#include <array>

#include "model/catalogue/ids.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim::ways {

namespace {

constexpr std::array kChoices{
    Choice{"notice", "never|next-day",
           "whether the notice mail still comes to an order that none named (SAK-01)"},
    Choice{"address-check", "never|with-the-list",
           "whether the portal looks at the A record when the list is opened (reading SAK-Q4)"},
    Choice{"confirmation-screen", "at-once|after-seconds",
           "how soon the confirmation screen is there after a click (SAK-27)"},
    Choice{"validation", "at-once|after-an-hour",
           "how soon each step of the validation is taken (SAK-08, SAK-30)"},
    Choice{"second-try", "after-a-day|after-an-hour",
           "how soon a validation that did not succeed is tried again (ASM-20)"},
    Choice{"issuing", "at-once|next-day", "how soon the CA issues after the validation (SAK-08)"},
    Choice{"clipping", "month-end|min-397",
           "how the CA shortens the validity where it is free to choose (reading SAK-Q1)"},
    Choice{"installation", "at-once|after-an-hour",
           "how soon the new certificate is installed (SAK-31)"},
    Choice{"completion-mail", "at-once|after-an-hour",
           "how soon the completion mail goes out (SAK-32)"},
    Choice{"old-certificate", "at-once|next-day|next-week",
           "how soon the old certificate is revoked once that is owed (SAK-11)"},
};

std::optional<Duration> may(const model::Duty& duty, const Decide& decide) {
  const std::string_view choice = duty.type == kType<"dns.queried"> ? "address-check" : "notice";
  if (decide(choice) == "never") return std::nullopt;
  return duty.type == kType<"dns.queried"> ? Duration{} : days(1);
}

/// The row waits for the answer that the portal asked for.
constexpr Duration kLookTakes = seconds(2);
/// A member can click once more before the screen is there.
constexpr Duration kScreenTakes = seconds(3);

bool is_of_the_validation(const model::Duty& duty) {
  return duty.type == kType<"http.requested"> ||
         (duty.type == kType<"dns.queried"> && duty.clause == kClause<"SAK-08">);
}

Duration must(const model::Duty& duty, const Decide& decide) {
  const auto later_if = [&](std::string_view choice, std::string_view option, Duration later) {
    return decide(choice) == option ? later : Duration{};
  };
  if (duty.type == kType<"entry.shown">)
    return later_if("address-check", "with-the-list", kLookTakes);
  if (duty.type == kType<"dns.queried"> && duty.clause == kClause<"SAK-10">)
    return decide("second-try") == "after-a-day" ? days(1) : hours(1);
  if (is_of_the_validation(duty)) return later_if("validation", "after-an-hour", hours(1));
  if (duty.type == kType<"confirmation.shown">)
    return later_if("confirmation-screen", "after-seconds", kScreenTakes);
  if (duty.type == kType<"certificate.issued">) return later_if("issuing", "next-day", days(1));
  if (duty.type == kType<"certificate.installed">)
    return later_if("installation", "after-an-hour", hours(1));
  if (duty.type == kType<"mail.sent">)
    return later_if("completion-mail", "after-an-hour", hours(1));
  if (duty.type == kType<"certificate.revoked">) {
    const std::string_view when = decide("old-certificate");
    return when == "next-day" ? days(1) : when == "next-week" ? days(7) : Duration{};
  }
  return {};
}

/// The whole procedure is automatic.
bool by_people(const model::Duty&) { return false; }

}  // namespace

const Ways kSakuraReissue{kChoices, &may, &must, &by_people};

}  // namespace shinsa::sim::ways
