// newAccount, an account's own address, and the list of its orders (RFC 8555 sections 7.1.2, 7.3).
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "fakes/acme/binding.hpp"
#include "fakes/acme/office.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

constexpr std::size_t kContactsMax = 10;
constexpr std::size_t kOrdersOnAPage = 100;

std::vector<std::string> mail_clause() { return {std::string(clause(kClause<"ACM-23">).id)}; }

/// RFC 8555 section 7.3: one address, no header fields.
OrProblem<void> check_contact(std::string_view contact) {
  constexpr std::string_view kScheme = kLabel<"ACM-23", "scheme">;
  if (!contact.starts_with(kScheme))
    return say_no({"unsupportedContact",
                   "a contact is a mail address: " + std::string(kScheme) + "somebody@example.jp",
                   {},
                   {},
                   {},
                   mail_clause()});
  const std::string_view address = contact.substr(kScheme.size());
  const std::size_t at = address.find('@');
  const bool has_one = at != std::string_view::npos && at > 0 && at + 1 < address.size() &&
                       address.find('@', at + 1) == std::string_view::npos;
  if (!has_one || address.find_first_of("?,; <>\t\r\n") != std::string_view::npos)
    return say_no({"invalidContact",
                   "a contact is one mail address without header fields",
                   {},
                   {},
                   {},
                   mail_clause()});
  return {};
}

OrProblem<std::vector<std::string>> contacts_in(const json::value& value) {
  if (!value.is_array()) return say_no(malformed("\"contact\" is an array of texts"));
  if (value.get_array().size() > kContactsMax)
    return say_no(
        malformed("an account has at most " + std::to_string(kContactsMax) + " contacts"));
  std::vector<std::string> contacts;
  for (const json::value& one : value.get_array()) {
    if (!one.is_string()) return say_no(malformed("\"contact\" is an array of texts"));
    contacts.emplace_back(one.get_string().data(), one.get_string().size());
    if (auto checked = check_contact(contacts.back()); !checked) return say_no(checked.error());
  }
  return contacts;
}

OrProblem<bool> truth_in(const json::object& payload, const char* name) {
  const json::value* value = payload.if_contains(name);
  if (!value) return false;
  if (!value->is_bool()) return say_no(malformed(std::string("\"") + name + "\" is true or false"));
  return value->get_bool();
}

wire::HttpResponse found(int status, const Account& account, const Asked& asked) {
  return json_response(status, to_object(account, asked),
                       {{"Location", asked.url(Place::account, account.id())}});
}

/// What a client wants of newAccount.
struct Wanted {
  AccountWish wish;
  std::string binding;
};

OrProblem<Wanted> wanted_in(const json::object& payload, const Asked& asked, Desk& desk) {
  Wanted wanted;
  const auto terms = truth_in(payload, "termsOfServiceAgreed");
  if (!terms) return say_no(terms.error());
  wanted.wish.terms = *terms;
  wanted.wish.thumbprint = asked.key.thumbprint();
  if (const json::value* contact = payload.if_contains("contact")) {
    auto contacts = contacts_in(*contact);
    if (!contacts) return say_no(contacts.error());
    wanted.wish.contacts = std::move(*contacts);
  }
  if (const json::value* said = payload.if_contains("externalAccountBinding")) {
    const auto binding = read_binding(*said, asked, desk);
    if (!binding) return say_no(binding.error());
    wanted.wish.eab = binding->key_id;
    wanted.wish.mac_verifies = binding->mac_verifies;
    wanted.binding = json::serialize(*said);
  }
  return wanted;
}

wire::HttpResponse opened(const Verdict& verdict, Office& office, const Asked& asked,
                          const Wanted& wanted) {
  if (verdict.kind != Verdict::Kind::granted) {
    Problem problem = problem_of(verdict.refusal);
    if (problem.type == "userActionRequired") {  // RFC 8555 section 7.3.3 wants both
      problem.headers.emplace_back("Link", link(asked.url(Place::terms), "terms-of-service"));
      problem.instance = asked.url(Place::terms);
    }
    return to_response(problem);
  }
  if (const Account* other = office.accounts.by_key(asked.key)) return found(200, *other, asked);
  Account account{verdict.subject, asked.key};
  account.contacts = wanted.wish.contacts;
  account.terms = wanted.wish.terms;
  account.binding = wanted.binding;
  return found(201, office.accounts.add(std::move(account)), asked);
}

OrProblem<void> update(Account& account, const json::object& payload) {
  std::optional<std::vector<std::string>> contacts;
  if (const json::value* contact = payload.if_contains("contact")) {
    auto read = contacts_in(*contact);
    if (!read) return say_no(read.error());
    contacts = std::move(*read);
  }
  const auto terms = truth_in(payload, "termsOfServiceAgreed");
  if (!terms) return say_no(terms.error());
  if (const json::value* status = payload.if_contains("status")) {
    if (*status != "deactivated")
      return say_no(malformed("a client may set the status of its account to deactivated alone"));
    account.deactivated = true;
  }
  if (contacts) account.contacts = std::move(*contacts);
  account.terms = account.terms || *terms;
  return {};
}

/// Where a page of the list begins: `cursor=100`.
std::size_t cursor_in(std::string_view query) {
  constexpr std::string_view kName = "cursor=";
  std::size_t from = 0;
  if (query.starts_with(kName))
    std::from_chars(query.data() + kName.size(), query.data() + query.size(), from);
  return from;
}

}  // namespace

Answer new_account(Office& office, const Asked& asked) {
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  const auto existing = truth_in(*payload, "onlyReturnExisting");
  if (!existing) return to_response(existing.error());
  if (const Account* known = office.accounts.by_key(asked.key)) {
    if (known->deactivated) return to_response(unauthorized("the account was deactivated", 401));
    return found(200, *known, asked);
  }
  if (*existing)
    return to_response(Problem{"accountDoesNotExist", "there is no account with this key"});
  auto wanted = wanted_in(*payload, asked, office.desk);
  if (!wanted) return to_response(wanted.error());
  const Verdict verdict = office.desk.open_account(wanted->wish);
  if (verdict.kind != Verdict::Kind::waiting) return opened(verdict, office, asked, *wanted);
  return Waiting{verdict.subject, [&office, asked, wanted = std::move(*wanted)](const Verdict& v) {
                   return opened(v, office, asked, wanted);
                 }};
}

Answer account(Office&, const Asked& asked) {
  if (asked.route.id != asked.account->id())
    return to_response(unauthorized("this is the address of another account"));
  if (!asked.is_a_get()) {
    const auto payload = payload_of(asked);
    if (!payload) return to_response(payload.error());
    if (auto updated = update(*asked.account, *payload); !updated)
      return to_response(updated.error());
  }
  return json_response(200, to_object(*asked.account, asked));
}

Answer orders(Office&, const Asked& asked) {
  if (asked.route.id != asked.account->id())
    return to_response(unauthorized("these are the orders of another account"));
  if (auto checked = must_be_a_get(asked); !checked) return to_response(checked.error());
  const std::vector<std::string>& all = asked.account->orders;
  const std::size_t from = std::min(cursor_in(asked.query), all.size());
  const std::size_t to = std::min(from + kOrdersOnAPage, all.size());
  json::array page;
  for (std::size_t i = from; i < to; ++i) page.emplace_back(asked.url(Place::order, id_of(all[i])));
  wire::Headers headers;
  if (to < all.size())
    headers.emplace_back(
        "Link",
        link(asked.url(Place::orders, asked.route.id) + "?cursor=" + std::to_string(to), "next"));
  return json_response(200, {{"orders", std::move(page)}}, std::move(headers));
}

}  // namespace shinsa::fakes::acme
