#include "properties/campaign/dedicated_renewal/beginning.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

namespace {

constexpr std::array<std::string_view, kStarts> kStartTimes{
    "2017-05-10T10:00:00+09:00",  // an ordinary Wednesday
    "2017-04-28T23:59:30+09:00",  // before a week of holidays
    "2016-12-28T17:30:00+09:00",  // before the turn of the year
    "2020-01-20T10:00:00+09:00",  // before a leap day
    "2020-02-29T09:00:00+09:00",  // on it
};

struct Choices {
  std::string_view name;
  std::array<std::string_view, 3> options;
  std::size_t count;
};
constexpr std::array kConduct{
    Choices{"issuance", {"at-once", "after-a-week", "after-two-months"}, 3},
    Choices{"pace", {"earliest", "next-business-day"}, 2},
    Choices{"end-day", {"exact", "day-before", "day-after"}, 3},
    Choices{"notice-day", {"sixtieth-day", "first-day", "last-day"}, 3},
    Choices{"notice-mails", {"two-mails", "one-mail", "inquiry-first"}, 3},
    Choices{"installation", {"at-once", "after-a-week", "never"}, 3},
    Choices{"reminder", {"never", "once"}, 2},
    Choices{"invoice", {"mail", "post"}, 2},
    Choices{"bill", {"mail-first", "invoice-first"}, 2},
    Choices{"pages", {"at-once", "an-hour-later"}, 2},
};
constexpr std::size_t kCombinations = 3 * 2 * 3 * 3 * 3 * 3 * 2 * 2 * 2 * 2;
constexpr std::size_t kStep = 47;  // prime to all of them: every option is met

/// What goes wrong outside, once.
constexpr std::array<std::string_view, kFaults> kFaultTexts{
    "", "card:declined@nth=1", "card:delay@nth=1", "bank:delay@nth=1", "bank:loss@nth=1"};

std::vector<sim::Pin> conduct_of(std::uint8_t number) {
  std::vector<sim::Pin> pinned;
  pinned.reserve(kConduct.size());
  std::size_t rest = number * kStep % kCombinations;
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

}  // namespace shinsa::properties::campaign::dedicated_renewal
