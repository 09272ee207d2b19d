#include <algorithm>
#include <array>

#include "model/catalogue/ids.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim::ways {

namespace {

constexpr std::array kChoices{
    Choice{"handling", "at-once|a-day-each",
           "how long provider and CA take for each step of an application (NTT-02)"},
    Choice{"confirmation-call", "never|at-once",
           "whether the provider telephones to confirm an application (NTT-06)"},
    Choice{"lifting", "ask|never",
           "whether the provider asks to lift the protection of WHOIS (NTT-18)"},
    Choice{"renewal-call", "call|omit",
           "whether the CA telephones at the renewal of an OV certificate (NTT-21)"},
    Choice{"renewal-documents", "not-needed|needed",
           "whether documents have to be sent for a renewal (NTT-49)"},
    Choice{"installation", "at-once|next-day|after-a-week",
           "when the provider installs a certificate (NTT-22, NTT-29)"},
    Choice{"repair", "ask|never",
           "whether the provider asks to correct what made the restart fail (NTT-41)"},
    Choice{"completion-mail", "at-once|an-hour-later",
           "when the customer is told that the setting is complete (NTT-23)"},
    Choice{"billing", "first-day|mid-month|month-after",
           "when the fees of a setting are billed from the next month on (NTT-45)"},
    Choice{"early-cancellation", "free|billed",
           "whether a cancellation before the setting is billed (reading NTT-Q3)"},
    Choice{"cancelled-certificate", "kept|revoked",
           "what becomes of a certificate that was cancelled (reading NTT-Q14)"},
    Choice{"other-work", "at-once|a-week", "how long the work of another change takes (NTT-30)"},
    Choice{"damages", "paid|never", "whether the provider makes good for grave fault (NTT-39)"},
};

std::optional<Duration> may(const model::Duty& duty, const Decide& decide) {
  const auto at_once_if = [](bool yes) {
    return yes ? std::optional(Duration{}) : std::optional<Duration>();
  };
  if (duty.type == kType<"customer.called">)
    return at_once_if(decide("confirmation-call") == "at-once");
  if (duty.type == kType<"mail.sent">)
    return at_once_if(decide(duty.clause == kClause<"NTT-18"> ? "lifting" : "repair") == "ask");
  if (duty.type == kType<"call.made">) return at_once_if(decide("renewal-call") == "call");
  if (duty.type == kType<"invoice.issued">)
    return at_once_if(decide("early-cancellation") == "billed");
  if (duty.type == kType<"certificate.revoked">)
    return at_once_if(decide("cancelled-certificate") == "revoked");
  if (duty.type == kType<"damages.paid">) return at_once_if(decide("damages") == "paid");
  return Duration{};
}

/// The steps of an application that take the provider or the CA some time.
bool is_a_step(const model::Duty& duty) {
  static constexpr std::array kSteps{kType<"application.checked">,   kType<"whois.queried">,
                                     kType<"application.forwarded">, kType<"certificate.issued">,
                                     kType<"certificate.installed">, kType<"server.restarted">,
                                     kType<"renewal.started">};
  return std::ranges::count(kSteps, duty.type) > 0 ||
         (duty.type == kType<"mail.sent"> && duty.clause != kClause<"NTT-23">);
}

Duration must(const model::Duty& duty, const Decide& decide) {
  if (duty.clause == kClause<"NTT-20">) return days(1);  // nobody answered: again the next day
  if (is_a_step(duty) && decide("handling") == "a-day-each") return days(1);
  if (duty.type == kType<"certificate.installed">) {
    const auto chosen = decide("installation");
    return chosen == "at-once" ? Duration{} : days(chosen == "next-day" ? 1 : 7);
  }
  if (duty.clause == kClause<"NTT-23">)
    return decide("completion-mail") == "at-once" ? Duration{} : hours(1);
  if (duty.type == kType<"change.completed">)
    return decide("other-work") == "at-once" ? Duration{} : days(7);
  if (duty.type == kType<"invoice.issued">) {
    const auto chosen = decide("billing");
    const Duration wait =
        chosen == "first-day" ? Duration{} : days(chosen == "mid-month" ? 14 : 31);
    if (duty.due == kNever) return wait;
    return std::min(wait, (duty.due - seconds(1)) - duty.not_before);  // nobody chooses to be late
  }
  return {};
}

/// The page states no hours.
bool by_people(const model::Duty&) { return false; }

}  // namespace

const Ways kNttcomBiz{kChoices, &may, &must, &by_people};

}  // namespace shinsa::sim::ways
