#include "properties/campaign/nttcom_biz/beginning.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

namespace {

constexpr std::array<std::string_view, kStarts> kStartTimes{
    "2022-06-01T10:00:00+09:00",  // an ordinary Wednesday
    "2022-06-30T23:58:30+09:00",  // shortly before a month begins
    "2024-02-29T09:00:00+09:00",  // a leap day, ten days before the second contract begins
    "2026-02-10T10:00:00+09:00",  // a week before the product changes
    "2022-12-20T10:00:00+09:00",  // before the turn of the year
};

/// A choice and the bit of the plan's number that takes its second option.
struct Choices {
  std::string_view name, first, second;
  unsigned bit;
};
constexpr std::array kConduct{
    Choices{"handling", "at-once", "any", 0},
    Choices{"confirmation-call", "never", "at-once", 6},
    Choices{"lifting", "ask", "never", 5},
    Choices{"renewal-call", "call", "omit", 1},
    Choices{"renewal-documents", "not-needed", "needed", 2},
    Choices{"installation", "at-once", "next-day", 3},
    Choices{"other-work", "at-once", "a-week", 3},
    Choices{"billing", "first-day", "month-after", 4},
    Choices{"repair", "ask", "never", 4},
    Choices{"early-cancellation", "free", "billed", 5},
    Choices{"cancelled-certificate", "kept", "revoked", 6},
    Choices{"damages", "paid", "never", 7},
    Choices{"completion-mail", "at-once", "an-hour-later", 7},
};

/// What goes wrong outside, once.
constexpr std::array<std::string_view, kFaults> kFaultTexts{"",
                                                            "telephone:no-answer@nth=1",
                                                            "telephone:denied@nth=1",
                                                            "apache:restart-fails@nth=1",
                                                            "post:loss@nth=1",
                                                            "post:delay@nth=1",
                                                            "telephone:engaged@nth=1"};

}  // namespace

Beginning beginning_of(const Plan& plan) {
  Beginning beginning{
      *parse_instant(kStartTimes[plan.start % kStarts]), {}, kFaultTexts[plan.fault % kFaults]};
  beginning.conduct.reserve(kConduct.size());
  for (const Choices& choice : kConduct)
    beginning.conduct.emplace_back(choice.name,
                                   plan.conduct >> choice.bit & 1 ? choice.second : choice.first);
  return beginning;
}

}  // namespace shinsa::properties::campaign::nttcom_biz
