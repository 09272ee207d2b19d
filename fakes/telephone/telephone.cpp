#include "fakes/telephone/telephone.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::telephone {
namespace {

/// The digits alone, in the national form.
std::string digits_of(std::string_view number) {
  const std::string read = as_read(number);
  std::string digits;
  for (const char c : read)
    if (c >= '0' && c <= '9') digits += c;
  if (read.starts_with("+81")) digits.replace(0, 2, digits.starts_with("810") ? "" : "0");
  return digits;
}

Line ringing() { return {Speaker::line, "(呼び出し音)", "(it rings)"}; }
Line unanswered() { return {Speaker::line, "(応答なし)", "(nobody answers)"}; }
Line engaged() { return {Speaker::line, "(話し中)", "(the line is engaged)"}; }

Line greeting(std::string_view organisation) {
  return {Speaker::caller,
          fmt::format("認証局です。サーバー証明書のお申し込みについて、{}様にお電話しております。",
                      organisation),
          fmt::format("This is the certification authority, calling {} about an application for a "
                      "server certificate.",
                      organisation)};
}

Line asked(Question question, std::string_view organisation) {
  switch (question) {
    case Question::exists:
      return {Speaker::caller, fmt::format("そちらは{}様でお間違いないでしょうか。", organisation),
              fmt::format("Have I reached {}?", organisation)};
    case Question::is_employed:
      return {Speaker::caller, "申請責任者の方は、そちらに在籍されていますか。",
              "Is the person responsible for the application employed there?"};
    case Question::intends_to_apply:
      return {Speaker::caller, "サーバー証明書を申請する意思に、お間違いはございませんか。",
              "Do you intend to apply for the server certificate?"};
  }
  SHINSA_ASSERT(false, "no such question");
}

Line yes(Question question) {
  switch (question) {
    case Question::exists:
      return {Speaker::answerer, "はい、そうです。", "Yes, you have."};
    case Question::is_employed:
      return {Speaker::answerer, "はい、在籍しております。", "Yes, they are."};
    case Question::intends_to_apply:
      return {Speaker::answerer, "はい、申請いたしました。", "Yes, we do."};
  }
  SHINSA_ASSERT(false, "no such question");
}

Line no(Question question) {
  switch (question) {
    case Question::exists:
      return {Speaker::answerer, "いいえ、違います。", "No, you have not."};
    case Question::is_employed:
      return {Speaker::answerer, "いいえ、そのような者はおりません。",
              "No, there is no such person here."};
    case Question::intends_to_apply:
      return {Speaker::answerer, "いいえ、申請しておりません。", "No, we did not apply."};
  }
  SHINSA_ASSERT(false, "no such question");
}

/// The conversation up to the first no, or through all three questions.
void converse(std::vector<Line>& transcript, std::string_view organisation,
              const Persona& persona) {
  transcript.push_back(greeting(organisation));
  for (const Question question :
       {Question::exists, Question::is_employed, Question::intends_to_apply}) {
    const bool denied = persona.outcome == Outcome::denied && persona.denies == question;
    transcript.push_back(asked(question, organisation));
    transcript.push_back(denied ? no(question) : yes(question));
    if (denied) return;
  }
}

}  // namespace

bool same_number(std::string_view a, std::string_view b) {
  const std::string digits = digits_of(a);
  return !digits.empty() && digits == digits_of(b);
}

bool same_organisation(std::string_view a, std::string_view b) { return read_alike(a, b); }

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::confirmed:
      return "confirmed";
    case Outcome::denied:
      return "denied";
    case Outcome::no_answer:
      return "no-answer";
  }
  SHINSA_ASSERT(false, "no such outcome");
}

std::optional<Entry> Directory::look_up(std::string_view organisation) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return same_organisation(entry.organisation, organisation);
  });
  return found == entries_.end() ? std::nullopt : std::optional(*found);
}

std::vector<Entry> Directory::under_number(std::string_view number) const {
  std::vector<Entry> entries;
  std::copy_if(entries_.begin(), entries_.end(), std::back_inserter(entries),
               [&](const Entry& entry) { return same_number(entry.number, number); });
  return entries;
}

Telephone::Telephone(Directory directory, std::vector<Persona> personas)
    : directory_(std::move(directory)), personas_(std::move(personas)) {
  for (const Persona& persona : personas_)
    SHINSA_ASSERT(persona.answers_after >= Duration{}, "nobody answers before the telephone rings");
}

Call Telephone::dial(std::string_view number, std::string_view organisation, Instant at,
                     Faults faults) const {
  Call call{std::string(number), at, std::nullopt, Outcome::no_answer, {}};
  if (faults.engaged) {
    call.transcript = {engaged()};
    return call;
  }
  call.transcript = {ringing()};
  const auto persona = who_answers(number, organisation);
  if (faults.no_answer || !persona || persona->outcome == Outcome::no_answer) {
    call.transcript.push_back(unanswered());
    return call;
  }
  call.answered_at = at + persona->answers_after;
  call.outcome = persona->outcome;
  converse(call.transcript, organisation, *persona);
  return call;
}

std::optional<Persona> Telephone::who_answers(std::string_view number,
                                              std::string_view organisation) const {
  for (const Persona& persona : personas_)
    if (same_number(persona.number, number)) return persona;
  const auto entries = directory_.under_number(number);
  if (entries.empty()) return std::nullopt;
  const bool listed = std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) {
    return same_organisation(entry.organisation, organisation);
  });
  return listed ? Persona{std::string(number), Outcome::confirmed}
                : Persona{std::string(number), Outcome::denied, kUsualAnswer, Question::exists};
}

}  // namespace shinsa::fakes::telephone
