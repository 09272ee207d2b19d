#include "properties/campaign/jpdirect_reissue/beginning.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

namespace {

constexpr std::array<std::string_view, kStarts> kStartTimes{
    "2026-11-24T10:00:00+09:00",  // an ordinary Tuesday
    "2026-11-27T17:59:30+09:00",  // Friday, the desk is about to close
    "2026-12-28T17:30:00+09:00",  // before the closed days of the year's end
    "2027-02-26T16:00:00+09:00",  // shortly before a month begins
    "2028-02-29T09:00:00+09:00",  // a leap day
};

struct Choices {
  std::string_view name;
  std::array<std::string_view, 3> options;
  std::size_t count;
};
constexpr std::array kConduct{
    Choices{"telephone", {"call", "waive"}, 2},
    Choices{"over-limit", {"hold", "refuse"}, 2},
    Choices{"revocation", {"never", "at-once", "next-day"}, 3},
    Choices{"mypage", {"at-once", "after-a-week"}, 2},
    Choices{"pace", {"earliest", "next-business-day"}, 2},
    Choices{"waived-mail", {"never", "at-once"}, 2},
    Choices{"pages", {"at-once", "an-hour-later"}, 2},
};

/// What goes wrong outside, once.
constexpr std::array<std::string_view, kFaults> kFaultTexts{"", "telephone:no-answer@nth=1",
                                                            "telephone:denied@nth=1",
                                                            "bank:delay@nth=1", "bank:loss@nth=1"};

std::vector<sim::Pin> conduct_of(std::uint8_t number) {
  std::vector<sim::Pin> pinned;
  pinned.reserve(kConduct.size());
  std::size_t rest = number % kConducts;
  for (const Choices& choice : kConduct) {
    pinned.emplace_back(choice.name, choice.options[rest % choice.count]);
    rest /= choice.count;
  }
  return pinned;
}

}  // namespace

Beginning beginning_of(const Plan& plan) {
  return {*parse_instant(kStartTimes[plan.start % kStarts]), conduct_of(plan.conduct),
          kFaultTexts[plan.fault % kFaults]};
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
