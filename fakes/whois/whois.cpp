#include "fakes/whois/whois.hpp"

#include <algorithm>
#include <utility>

#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::whois {
namespace {

/// The addresses of the role in the place of those that it had.
void replace(std::vector<Contact>& contacts, Role role, const std::vector<std::string>& mails) {
  const auto is_of_role = [role](const Contact& contact) { return contact.role == role; };
  auto place = std::find_if(contacts.begin(), contacts.end(), is_of_role);
  const auto before = place - contacts.begin();
  contacts.erase(std::remove_if(place, contacts.end(), is_of_role), contacts.end());
  place = contacts.begin() + before;
  for (const std::string& mail : mails) place = contacts.insert(place, {role, mail}) + 1;
}

/// The contact in the place of those of its role.
void replace(std::vector<Contact>& contacts, Contact contact) {
  const auto is_of_role = [&](const Contact& one) { return one.role == contact.role; };
  const auto place = std::find_if(contacts.begin(), contacts.end(), is_of_role);
  if (place == contacts.end()) {
    contacts.push_back(std::move(contact));
    return;
  }
  contacts.erase(std::remove_if(place + 1, contacts.end(), is_of_role), contacts.end());
  place->mail = std::move(contact.mail);
}

}  // namespace

std::string_view to_text(Role role) {
  switch (role) {
    case Role::registrant:
      return "登録担当者";
    case Role::technical:
      return "技術連絡担当者";
    case Role::public_contact:
      return "公開連絡窓口";
    case Role::administrative:
      return "Administrative Contact";
  }
  SHINSA_ASSERT(false, "no such role");
}

std::string_view to_text(Status status) {
  switch (status) {
    case Status::published:
      return "published";
    case Status::hidden:
      return "hidden";
    case Status::unknown:
      return "unknown";
  }
  SHINSA_ASSERT(false, "no such status");
}

std::vector<std::string> Answer::mails_of(Role role) const {
  std::vector<std::string> mails;
  for (const Contact& contact : contacts)
    if (contact.role == role) mails.push_back(contact.mail);
  return mails;
}

/// What is published of a domain; one that has records was found to be a domain before.
Result<Timeline<Registry::Record>*> Registry::records_of(std::string_view domain) {
  if (const auto known = records_.find(domain); known != records_.end()) return &known->second;
  const std::string registrable = registrable_domain(domain);
  const auto whole = to_a_label(domain);
  if (whole && !registrable.empty() && *whole == registrable) return &records_[registrable];
  return fail("this is no domain that can be registered", std::string(domain),
              registrable.empty() ? "" : "write " + registrable);
}

Result<void> Registry::publish(std::string_view domain, Entry entry, Instant at) {
  const auto records = records_of(domain);
  if (!records) return Failure(records.error());
  (*records)->set(at, {true, std::move(entry)});
  return {};
}

Result<void> Registry::withdraw(std::string_view domain, Instant at) {
  const auto records = records_of(domain);
  if (!records) return Failure(records.error());
  (*records)->set(at, {});
  return {};
}

Result<void> Registry::set_mails(std::string_view domain, Role role,
                                 const std::vector<std::string>& mails, Instant at) {
  const auto records = records_of(domain);
  if (!records) return Failure(records.error());
  Record& record = (*records)->from(at);
  record.is_registered = true;
  replace(record.entry.contacts, role, mails);
  return {};
}

Result<void> Registry::set_contacts(std::string_view domain, std::vector<Contact> contacts,
                                    Instant at) {
  const auto records = records_of(domain);
  if (!records) return Failure(records.error());
  Record& record = (*records)->from(at);
  record.is_registered = true;
  for (Contact& contact : contacts) replace(record.entry.contacts, std::move(contact));
  return {};
}

Result<void> Registry::set_protected(std::string_view domain, bool is_protected, Instant at) {
  const auto records = records_of(domain);
  if (!records) return Failure(records.error());
  const Record* now = (*records)->at(at);
  if (!now || !now->is_registered)
    return fail("nobody has registered this domain", registrable_domain(domain),
                "publish its contacts first");
  (*records)->from(at).entry.is_protected = is_protected;
  return {};
}

Answer Registry::lookup(std::string_view name, Instant at) const {
  Answer answer{Status::unknown, registrable_domain(name), domain_kind(name), {}};
  const Record* record = record_of(answer.domain, at);
  if (!record || !record->is_registered) return answer;
  answer.status = record->entry.is_protected ? Status::hidden : Status::published;
  if (!record->entry.is_protected) answer.contacts = record->entry.contacts;
  return answer;
}

/// Null before there was any.
const Registry::Record* Registry::record_of(std::string_view domain, Instant at) const {
  const auto found = records_.find(domain);
  return found == records_.end() ? nullptr : found->second.at(at);
}

}  // namespace shinsa::fakes::whois
