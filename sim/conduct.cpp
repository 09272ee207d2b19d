#include "sim/conduct.hpp"

#include <algorithm>
#include <array>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/suggest.hpp"

namespace shinsa::sim {

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
    Choice{"pace", "earliest|next-business-day", "how soon the desk answers (JPR-49)"},
};

/// People do these; everything else is done by machines, at any hour.
bool is_done_by_people(const model::Duty& duty) {
  return duty.type == kType<"application.refused"> || duty.type == kType<"call.made"> ||
         duty.type == kType<"certificate.revoked"> || duty.type == kType<"question.answered"> ||
         duty.clause == kClause<"JPR-30">;
}

std::vector<std::string_view> words(std::string_view options) {
  std::vector<std::string_view> all;
  for (std::int64_t i = 0;; ++i) {
    const auto word = choice_word(options, i);
    if (word.empty()) return all;
    all.push_back(word);
  }
}

}  // namespace

std::span<const Choice> choices() { return kChoices; }

Result<Conduct> Conduct::make(const std::map<std::string, std::string>& pinned) {
  Conduct conduct;
  for (const auto& [name, option] : pinned) {
    const auto known = std::ranges::find(kChoices, name, &Choice::name);
    if (known == kChoices.end()) {
      std::vector<std::string_view> names;
      for (const Choice& choice : kChoices) names.push_back(choice.name);
      return fail("no free choice '" + name + "'" + did_you_mean(name, names), "conduct");
    }
    if (option != "any" && !choice_index(known->options, option)) {
      const auto offered = words(known->options);
      return fail(
          "conduct " + name + " has no option '" + option + "'" + did_you_mean(option, offered),
          "conduct", "it offers " + std::string(known->options) + "|any");
    }
  }
  conduct.pinned_ = pinned;
  return conduct;
}

std::string_view Conduct::decide(std::string_view choice, Streams& streams) const {
  const auto known = std::ranges::find(kChoices, choice, &Choice::name);
  SHINSA_ASSERT(known != kChoices.end(), "conduct asked for a choice that is not in its table");
  const auto offered = words(known->options);
  const auto pinned = pinned_.find(std::string(choice));
  if (pinned == pinned_.end()) return offered.front();
  if (pinned->second != "any") return pinned->second;
  return offered[streams["conduct/" + std::string(choice)].below(offered.size())];
}

std::optional<Instant> Conduct::when(const model::Duty& duty, Instant now,
                                     const model::Profile& profile, Streams& streams) const {
  Instant at = std::max(now, duty.not_before);
  if (duty.modality == model::Duty::Modality::may) {
    if (duty.type == kType<"call.made"> && decide("telephone", streams) == "waive")
      return std::nullopt;
    if (duty.type == kType<"application.refused"> && decide("over-limit", streams) != "refuse")
      return std::nullopt;
    if (duty.type == kType<"mail.sent">) {
      const bool waived = duty.clause == kClause<"JPR-37">;
      if (waived ? decide("waived-mail", streams) == "never"
                 : decide("over-limit", streams) != "hold")
        return std::nullopt;
    }
    if (duty.type == kType<"certificate.revoked">) {
      const auto chosen = decide("revocation", streams);
      if (chosen == "never") return std::nullopt;
      if (chosen == "next-day") at = at + days(1);
    }
  }
  if (!is_done_by_people(duty)) return at;
  if (decide("pace", streams) == "next-business-day")
    at = std::max(at, start_of(plus_business_days(date_of(at), 1, profile.desk())));
  return next_open(at, profile.desk());
}

}  // namespace shinsa::sim
