#include <algorithm>
#include <array>

#include "model/catalogue/ids.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim::ways {

namespace {

constexpr std::array kChoices{
    Choice{"notice-day", "sixtieth-day|first-day|last-day",
           "on which of the days allowed notice and inquiry go out (REN-05, reading REN-Q1)"},
    Choice{
        "notice-mails", "two-mails|one-mail|inquiry-first",
        "whether notice and inquiry are one mail, or which comes first (REN-06, reading REN-Q12)"},
    Choice{"reminder", "never|once",
           "whether a customer who does not answer is asked again (REN-06, reading REN-Q7)"},
    Choice{"invoice", "mail|post",
           "how the invoice of a transfer is sent (REN-31, reading REN-Q9)"},
    Choice{"bill", "mail-first|invoice-first",
           "whether the mail about the bill or the invoice of a transfer goes out first (REN-09, "
           "REN-31)"},
    Choice{"issuance", "at-once|after-a-week|after-two-months",
           "how long the CA takes to issue after its review (REN-03)"},
    Choice{"end-day", "exact|day-before|day-after",
           "on which of the days allowed a certificate ends (REN-17 to REN-19)"},
    Choice{"installation", "at-once|after-a-week|never",
           "when the new certificate is installed (REN-16)"},
};

constexpr Duration kWeek = days(7);
constexpr Duration kTwoMonths = days(61);

/// How long after the first moment allowed; the sixtieth day is the middle one of them.
Duration into_the_days(const model::Duty& duty, std::string_view chosen) {
  constexpr auto after = tables::kNumbers[kNumber<"REN-05", "days_tolerance">].number;
  if (chosen == "first-day") return {};
  const Instant at = chosen == "last-day" ? duty.due - seconds(1) : duty.due - days(after + 1);
  return std::max(Duration{}, at - duty.not_before);
}

std::optional<Duration> may(const model::Duty& duty, const Decide& decide) {
  if (duty.type == kType<"certificate.installed">) {
    const auto chosen = decide("installation");
    if (chosen == "never") return std::nullopt;
    return chosen == "after-a-week" ? kWeek : Duration{};
  }
  if (decide("reminder") == "never") return std::nullopt;
  return Duration{};
}

Duration must(const model::Duty& duty, const Decide& decide) {
  const bool of_the_days = duty.clause == kClause<"REN-05"> || duty.clause == kClause<"REN-06">;
  if (duty.type == kType<"mail.sent"> && of_the_days) {
    const auto day = decide("notice-day");
    const bool later = duty.clause == kClause<"REN-05"> && day != "last-day" &&
                       decide("notice-mails") == "inquiry-first";
    return into_the_days(duty, day) + (later ? hours(1) : Duration{});
  }
  if (duty.clause == kClause<"REN-09">)
    return decide("bill") == "invoice-first" ? hours(1) : Duration{};
  if (duty.type == kType<"certificate.issued">) {
    const auto chosen = decide("issuance");
    if (chosen == "at-once") return {};
    // What turned new on its way (REN-25) has waited already.
    return chosen == "after-two-months" && duty.clause == kClause<"REN-12"> ? kTwoMonths : kWeek;
  }
  return {};
}

bool by_people(const model::Duty& duty) {
  return duty.type == kType<"renewal.ordered"> || duty.type == kType<"invoice.issued"> ||
         duty.type == kType<"ca.applied"> || duty.type == kType<"payment.confirmed"> ||
         duty.clause == kClause<"REN-09">;
}

}  // namespace

const Ways kDedicatedRenewal{kChoices, &may, &must, &by_people};

}  // namespace shinsa::sim::ways
