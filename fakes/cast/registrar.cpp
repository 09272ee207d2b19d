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
  Role role;
};
/// The roles, under the names of the event fields.
constexpr std::array kRoles{
    Column{"registrant", Role::registrant}, Column{"technical", Role::technical},
    Column{"public_contact", Role::public_contact}, Column{"administrative", Role::administrative}};

}  // namespace

Result<Performed> Registrar::perform(const Duty& duty, TextId subject, Stage& stage) {
  const std::string name(stage.facts.text(demanded<"whois.queried", "name">(duty, stage).text()));
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

void Registrar::observe(const Event& event, Stage& stage) { change(event, stage); }

/// What is not mentioned stays as it was; a name that nobody can register has no entry.
void Registrar::change(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const std::string_view subject = stage.facts.text(event.subject);
  const std::string domain = whois::registrable_domain(subject.substr(subject.find('/') + 1));
  if (domain.empty()) return;
  std::vector<whois::Contact> contacts;
  contacts.reserve(kRoles.size());
  for (const Column& column : kRoles)
    if (const Value mail = field_of(said, column.field); mail.present())
      contacts.push_back({column.role, std::string(stage.facts.text(mail.text()))});
  if (!contacts.empty()) (void)registry_.set_contacts(domain, std::move(contacts), event.time);
  if (const Value hidden = field_of<"protected">(said); hidden.present())
    (void)registry_.set_protected(domain, hidden.truth(), event.time);
  if (const Value kind = field_of<"kind">(said); kind.present())
    kinds_[domain] = stage.facts.text(kind.text());
}

}  // namespace shinsa::fakes::cast
