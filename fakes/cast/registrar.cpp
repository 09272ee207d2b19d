#include "fakes/cast/registrar.hpp"

#include <array>
#include <utility>
#include <vector>

#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;
using whois::Role;

namespace {

struct Column {
  std::string_view field;
  Value (*said_in)(const Record&);
  Role role;
};
template <Literal Field>
constexpr Column column(Role role) {
  return {Field.view(), [](const Record& said) { return field_of<Field>(said); }, role};
}
/// The roles, under the names of the event fields.
constexpr std::array kRoles{
    column<"registrant">(Role::registrant), column<"technical">(Role::technical),
    column<"public_contact">(Role::public_contact), column<"administrative">(Role::administrative)};

}  // namespace

Result<Performed> Registrar::perform(const Duty& duty, TextId subject, Stage& stage) {
  const std::string name(stage.facts.text(demanded<"whois.queried", "name">(duty, stage).text()));
  read_of(whois::registrable_domain(name), stage);
  const whois::Answer found = registry_.lookup(name, stage.now);
  RecordBuilder answer(stage.facts, kType<"whois.answered">);
  const auto kind = kinds_.find(found.domain);
  answer.set("name", std::string_view(name))
      .set("kind", kind == kinds_.end() ? to_text(found.kind) : std::string_view(kind->second))
      .set("protected", found.status == whois::Status::hidden);
  for (const Column& column : kRoles)
    if (const auto mails = found.mails_of(column.role); !mails.empty())
      answer.set(column.field, std::string_view(mails.front()));
  stage.happen(stage.now, kType<"whois.answered">, subject, answer.build());
  return Performed{subject, as_demanded(duty, stage).build()};
}

const sim::TypeSet& Registrar::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.whois">, kType<"whois.changed">};
  return watched;
}

/// Many domains are spoken of, and few are asked for.
void Registrar::observe(const Event& event, Stage&) {
  unread_.push_back({event.subject, event.data, event.time});
}

/// A name that nobody can register has no entry.
void Registrar::read_of(std::string_view domain, Stage& stage) {
  if (domain.empty()) return;
  std::erase_if(unread_, [&](const Unread& one) {
    const std::string_view subject = stage.facts.text(one.subject);
    if (!whois::is_registrable_domain_of(domain, subject.substr(subject.find('/') + 1)))
      return false;
    change(domain, one, stage);
    return true;
  });
}

/// What is not mentioned stays as it was.
void Registrar::change(std::string_view domain, const Unread& unread, Stage& stage) {
  const Record& said = stage.facts.record(unread.data);
  std::vector<whois::Contact> contacts;
  contacts.reserve(kRoles.size());
  for (const Column& column : kRoles)
    if (const Value mail = column.said_in(said); mail.present())
      contacts.push_back({column.role, std::string(stage.facts.text(mail.text()))});
  if (!contacts.empty()) (void)registry_.set_contacts(domain, std::move(contacts), unread.at);
  if (const Value hidden = field_of<"protected">(said); hidden.present())
    (void)registry_.set_protected(domain, hidden.truth(), unread.at);
  if (const Value kind = field_of<"kind">(said); kind.present())
    kinds_[std::string(domain)] = stage.facts.text(kind.text());
}

}  // namespace shinsa::fakes::cast
