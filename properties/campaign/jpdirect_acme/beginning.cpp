#include "properties/campaign/jpdirect_acme/beginning.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

namespace {

constexpr std::array<std::string_view, kStarts> kStartTimes{
    "2026-11-24T10:00:00+09:00",  // an ordinary Tuesday
    "2026-11-27T17:59:30+09:00",  // Friday, the desk is about to close
    "2026-12-28T17:30:00+09:00",  // before the closed days of the year's end
    "2027-02-10T16:00:00+09:00",  // a year before a leap day's month
    "2028-02-29T09:00:00+09:00",  // a leap day
};

struct Choices {
  std::string_view name;
  std::array<std::string_view, 2> options;
};
constexpr std::array kConduct{
    Choices{"another-eab", {"at-once", "never"}},
    Choices{"refund", {"at-once", "never"}},
    Choices{"look", {"at-once", "next-day"}},
    Choices{"look-again", {"never", "once"}},
    Choices{"issuance", {"at-once", "an-hour-later"}},
    Choices{"pace", {"earliest", "next-business-day"}},
    Choices{"order", {"at-once", "an-hour-later"}},
    Choices{"pages", {"at-once", "an-hour-later"}},
    Choices{"offers", {"at-once", "an-hour-later"}},
};
constexpr std::size_t kCombinations = 1u << kConduct.size();
constexpr std::size_t kStep = 47;  // prime to all of them: every option is met

/// What goes wrong outside, once.
constexpr std::array<std::string_view, kFaults> kFaultTexts{"",
                                                            "bank:loss@nth=1",
                                                            "bank:delay@nth=1",
                                                            "dns:servfail@nth=1",
                                                            "dns:timeout@nth=2",
                                                            "web:error@nth=1",
                                                            "web:refused@nth=1",
                                                            "web:slow@nth=1"};

}  // namespace

Beginning beginning_of(const Plan& plan) {
  std::vector<sim::Pin> pinned;
  pinned.reserve(kConduct.size());
  const std::size_t chosen = plan.conduct * kStep % kCombinations;
  for (std::size_t i = 0; i < kConduct.size(); ++i)
    pinned.emplace_back(kConduct[i].name, kConduct[i].options[chosen >> i & 1]);
  return {*parse_instant(kStartTimes[plan.start % kStarts]), std::move(pinned),
          kFaultTexts[plan.fault % kFaults]};
}

std::string customer_of(std::uint8_t n) {
  return is_of_the_second(n) ? "customer/C2" : "customer/C1";
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
