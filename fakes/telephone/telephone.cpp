#include "fakes/telephone/telephone.hpp"

#include <algorithm>

namespace shinsa::fakes::telephone {

namespace {

constexpr Duration kRingsFor = seconds(60);   // before the caller gives up
constexpr Duration kEngagedFor = seconds(3);

std::vector<Spoken> conversation(const std::string& organisation, bool yes) {
  std::vector<Spoken> said{
      {"認証局です。" + organisation + " 様でお間違いないでしょうか。", "This is the certification authority. Is this " + organisation + "?"},
      {"申請者の方は貴組織に実在し、在籍されていますか。", "Does the applicant exist, and is the applicant employed with you?"},
      {"サーバー証明書を申請する意思がおありですか。", "Do you intend to apply for the server certificate?"},
  };
  said.push_back(yes ? Spoken{"はい、間違いありません。", "Yes, all of that is right."}
                     : Spoken{"いいえ、申請しておりません。", "No, we have not applied."});
  return said;
}

}  // namespace

void Directory::add(std::string organisation, std::string number, std::string source) {
  entries_[std::move(organisation)] = {std::move(number), std::move(source)};
}

std::optional<Directory::Entry> Directory::look_up(std::string_view organisation) const {
  const auto entry = entries_.find(organisation);
  return entry == entries_.end() ? std::nullopt : std::optional(entry->second);
}

bool Directory::lists(std::string_view number) const {
  return std::ranges::any_of(entries_, [&](const auto& entry) { return entry.second.number == number; });
}

Call Telephone::dial(const std::string& number, const std::string& organisation, Instant at, const CallFaults& faults) const {
  if (faults.engaged) return {number, at, at + kEngagedFor, Outcome::no_answer, {{"(話し中)", "(engaged)"}}};
  const auto known = std::ranges::find(personas_, number, &Persona::number);
  const bool somebody = known != personas_.end() || directory_.lists(number);
  const Persona persona = known != personas_.end() ? *known : Persona{number, Outcome::confirmed, seconds(20)};
  if (faults.no_answer || !somebody || persona.outcome == Outcome::no_answer)
    return {number, at, at + kRingsFor, Outcome::no_answer, {{"(応答なし)", "(no answer)"}}};
  return {number, at, at + persona.answers_after, persona.outcome, conversation(organisation, persona.outcome == Outcome::confirmed)};
}

}  // namespace shinsa::fakes::telephone
