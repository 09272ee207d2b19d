#include <array>

#include "model/catalogue/ids.hpp"
#include "sim/conduct/ways.hpp"

namespace shinsa::sim::ways {

namespace {

constexpr std::array kChoices{
    Choice{"another-eab", "at-once|never",
           "what JPDirect does when asked about an EAB that has run out (ACM-20, reading ACM-Q4)"},
    Choice{"refund", "never|at-once",
           "what JPDirect does with a refund that no clause rules on (ACM-55, reading ACM-Q10)"},
    Choice{"look", "at-once|next-day", "when the CA looks for the string of a challenge"},
    Choice{"look-again", "never|once",
           "whether the CA looks again before a challenge fails (RFC-16)"},
    Choice{"issuance", "at-once|an-hour-later", "when the CA issues to an order (ACM-13)"},
    Choice{"order", "at-once|an-hour-later",
           "when the CA creates an order that it accepted (RFC-13)"},
    Choice{"offers", "at-once|an-hour-later",
           "when the CA offers the challenges of an authorization (RFC-25)"},
};

constexpr Duration kBetweenLooks = hours(1);
constexpr Duration kPatience = hours(2);

bool is_a_look(const model::Duty& duty) {
  return duty.clause == kClause<"ACM-42"> || duty.clause == kClause<"ACM-49"> ||
         duty.clause == kClause<"ACM-50">;
}

std::optional<Duration> may(const model::Duty& duty, const Decide& decide) {
  const auto after_if = [](bool yes, Duration wait) {
    return yes ? std::optional(wait) : std::optional<Duration>();
  };
  if (duty.type == kType<"eab.issued">) return after_if(decide("another-eab") != "never", {});
  if (duty.type == kType<"refund.made">) return after_if(decide("refund") == "at-once", {});
  return after_if(decide("look-again") == "once", kBetweenLooks);
}

Duration must(const model::Duty& duty, const Decide& decide) {
  if (is_a_look(duty)) return decide("look") == "next-day" ? days(1) : Duration{};
  if (duty.type == kType<"challenge.failed">)
    return decide("look-again") == "once" ? kPatience : Duration{};
  if (duty.type == kType<"certificate.issued">)
    return decide("issuance") == "an-hour-later" ? hours(1) : Duration{};
  if (duty.type == kType<"order.created">)
    return decide("order") == "an-hour-later" ? hours(1) : Duration{};
  if (duty.type == kType<"challenge.offered">)
    return decide("offers") == "an-hour-later" ? hours(1) : Duration{};
  return {};
}

bool by_people(const model::Duty& duty) {
  return duty.type == kType<"question.answered"> || duty.type == kType<"refund.made"> ||
         duty.clause == kClause<"ACM-20">;
}

}  // namespace

const Ways kJpdirectAcme{kChoices, &may, &must, &by_people};

}  // namespace shinsa::sim::ways
