#include "properties/campaign/sakura_reissue/knowledge.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

void Knowledge::learn(const Event& event, const Facts& facts) {
  const Record& said = facts.record(event.data);
  if (event.type == kType<"fact.certificate">) {
    const std::string_view subject = facts.text(event.subject);
    for (std::uint8_t i = 0; i < kOrders; ++i)
      if (subject == certificate_of(i))
        rows_[i].end = said.fields[kField<"fact.certificate", "not_after">].instant();
  }
  if (event.type == kType<"fact.site">)
    for (std::uint8_t i = 0; i < kOrders; ++i)
      if (facts.text(event.subject) == site_of(i)) rows_[i].host = true;
  if (event.type == kType<"certificate.issued">) {
    if (Row* row = row_of(said.fields[kField<"certificate.issued", "application">].text(), facts))
      row->issued = facts.text(event.subject);
    return;
  }
  Row* row = row_of(event.subject, facts);
  if (!row) return;
  if (event.type == kType<"fact.entry">) row->known = true;
  if (event.type == kType<"entry.shown">)
    row->status = facts.text(said.fields[kField<"entry.shown", "status">].text());
  if (event.type == kType<"confirmation.shown">) row->screen = true;
  if (event.type == kType<"completion.shown">) row->applied = true;
}

void Knowledge::sent(const Command& command) {
  const std::size_t order = command.application % kOrders;
  switch (command.verb) {
    case Verb::login:
      if (command.variant <= 1) in_[command.application % kSessions] = true;
      ++logins_;
      return;
    case Verb::logout:
      in_[command.application % kSessions] = false;
      return;
    case Verb::confirm:
      rows_[order].screen = false;
      return;
    case Verb::make_setting:
      settings_[order] = true;
      return;
    case Verb::remove_setting:
      settings_[order] = false;
      return;
    case Verb::fail_service:
      failed_[order] = true;
      return;
    case Verb::restore_service:
      failed_[order] = false;
      return;
    case Verb::change_name:
      elsewhere_[order] = command.variant % 7 != 0;
      return;
    case Verb::back_up:
      backed_up_[order] = true;
      return;
    case Verb::configure:
      replaced_[order] = command.variant % 7 < 2;
      return;
    case Verb::clear:
      replaced_[order] = false;
      return;
    default:
      return;
  }
}

std::optional<std::uint8_t> Knowledge::visit() const {
  for (std::uint8_t i = 0; i < kSessions; ++i)
    if (in_[i]) return i;
  return std::nullopt;
}

Row* Knowledge::row_of(TextId subject, const Facts& facts) {
  constexpr std::string_view kind = "entry/";
  static_assert(kOrders < 10);
  const std::string_view name = facts.text(subject);
  if (name.size() != kind.size() + 1 || !name.starts_with(kind)) return nullptr;
  const char digit = name.back();
  if (digit < '1' || digit >= static_cast<char>('1' + kOrders)) return nullptr;
  return &rows_[static_cast<std::size_t>(digit - '1')];
}

}  // namespace shinsa::properties::campaign::sakura_reissue
