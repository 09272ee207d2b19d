#include "fakes/whois/whois.hpp"

#include <algorithm>

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

/// The domain as it is registered; one that has an entry was found to be one before.
Result<std::string> Registry::registered_name(std::string_view domain) const {
  if (records_.contains(domain)) return std::string(domain);
  const std::string registrable = registrable_domain(domain);
  const auto whole = to_a_label(domain);
  if (whole && !registrable.empty() && *whole == registrable) return registrable;
  return fail("this is no domain that can be registered", std::string(domain),
              registrable.empty() ? "" : "write " + registrable);
}

Result<void> Registry::publish(std::string_view domain, Entry entry, Instant at) {
  const auto name = registered_name(domain);
  if (!name) return Failure(name.error());
  records_[*name].set(at, {true, std::move(entry)});
  return {};
}

Result<void> Registry::withdraw(std::string_view domain, Instant at) {
  const auto name = registered_name(domain);
  if (!name) return Failure(name.error());
  records_[*name].set(at, {});
  return {};
}

Result<void> Registry::set_mails(std::string_view domain, Role role,
                                 const std::vector<std::string>& mails, Instant at) {
  const auto name = registered_name(domain);
  if (!name) return Failure(name.error());
  Record& record = records_[*name].from(at);
  record.is_registered = true;
  replace(record.entry.contacts, role, mails);
  return {};
}

Result<void> Registry::set_protected(std::string_view domain, bool is_protected, Instant at) {
  const auto name = registered_name(domain);
  if (!name) return Failure(name.error());
  const Record* now = record_of(*name, at);
  if (!now || !now->is_registered)
    return fail("nobody has registered this domain", *name, "publish its contacts first");
  records_[*name].from(at).entry.is_protected = is_protected;
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
