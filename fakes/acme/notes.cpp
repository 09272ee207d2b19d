// What outlives the server, as lines of JSON: an account as it is after each change of it, an order
// and whose it is, an authorization that was deactivated.
#include <utility>

#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

std::string text(const json::object& note, std::string_view name) {
  const json::value* value = note.if_contains({name.data(), name.size()});
  return value && value->is_string() ? std::string(value->get_string().c_str()) : std::string();
}

void keep(const json::object& note, const Office& office) { office.keep(json::serialize(note)); }

/// The account with another key where it has one already, or a new one.
Result<Account*> account_with(const std::string& subject, PublicKey key, Office& office) {
  Accounts& accounts = office.accounts;
  Account* known = accounts.by_subject(subject);
  const Account* owner = accounts.by_key(key);
  if (owner && owner != known) return fail("two accounts have one key", subject);
  office.desk.know_key(subject, key.thumbprint());
  if (!known) return &accounts.add({subject, std::move(key)});
  if (!owner) accounts.change_key(*known, std::move(key));
  return known;
}

Result<void> recall_account(const json::object& note, Office& office) {
  auto key = PublicKey::read(text(note, "jwk"));
  if (!key) return fail(key.error().says, text(note, "account"));
  const auto account = account_with(text(note, "account"), std::move(*key), office);
  if (!account) return Failure(account.error());
  (*account)->deactivated = text(note, "status") == "deactivated";
  (*account)->terms = text(note, "terms") == "agreed";
  (*account)->binding = text(note, "binding");
  (*account)->contacts.clear();
  if (const json::value* contacts = note.if_contains("contacts"); contacts && contacts->is_array())
    for (const json::value& contact : contacts->get_array())
      if (contact.is_string()) (*account)->contacts.emplace_back(contact.get_string().c_str());
  return {};
}

Result<void> recall_order(const json::object& note, Office& office) {
  const std::string order = text(note, "order");
  Account* account = office.accounts.by_subject(text(note, "of"));
  if (!account) return fail("an order of an account that was never noted", order);
  if (const std::string name = text(note, "ahead"); !name.empty()) {
    office.ahead[{account->subject, name}] = order;
    return {};
  }
  std::erase_if(office.ahead, [&](const auto& one) { return one.second == order; });
  account->orders.push_back(order);
  if (const std::string replaced = text(note, "replaced"); !replaced.empty()) {
    office.replaced_by[replaced] = order;
    office.replaces[order] = text(note, "replaces");
  }
  return {};
}

}  // namespace

void note_account(const Account& account, const Office& office) {
  if (!office.keep) return;
  json::array contacts;
  for (const std::string& contact : account.contacts) contacts.emplace_back(contact);
  keep({{"account", account.subject},
        {"jwk", account.key.jwk()},
        {"status", account.deactivated ? "deactivated" : "valid"},
        {"terms", account.terms ? "agreed" : "open"},
        {"binding", account.binding},
        {"contacts", std::move(contacts)}},
       office);
}

void note_order(std::string_view order, const Account& account, std::string_view replaced,
                const Office& office) {
  if (!office.keep) return;
  json::object note{{"order", order}, {"of", account.subject}};
  if (!replaced.empty()) {
    note["replaced"] = replaced;
    note["replaces"] = office.replaces.find(order)->second;
  }
  keep(note, office);
}

void note_ahead(std::string_view order, const Account& account, std::string_view name,
                const Office& office) {
  if (office.keep) keep({{"order", order}, {"of", account.subject}, {"ahead", name}}, office);
}

void note_deactivated(std::string_view authorization, const Office& office) {
  if (office.keep) keep({{"deactivated", authorization}}, office);
}

Result<void> recall(std::string_view line, Office& office) {
  boost::system::error_code failed;
  const json::value value = json::parse({line.data(), line.size()}, failed);
  const json::object* note = failed ? nullptr : value.if_object();
  if (note && note->contains("account")) return recall_account(*note, office);
  if (note && note->contains("order")) return recall_order(*note, office);
  if (!note || text(*note, "deactivated").empty())
    return fail("this is no note of an ACME server", std::string(line.substr(0, 80)));
  office.deactivated.insert(text(*note, "deactivated"));
  return {};
}

}  // namespace shinsa::fakes::acme
