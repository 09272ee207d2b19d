#include "properties/campaign/jpdirect_acme/requests.hpp"

#include <algorithm>
#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

namespace {

std::string numbered(std::string_view kind, const Command& c) {
  return std::string(kind) + "/" + std::to_string(c.application % kThings + 1);
}
std::string customer(const Command& c) {
  return "customer/C" + std::to_string(c.application % kCustomers + 1);
}
const Person& person(const Command& c, const Knowledge& knowledge) {
  return knowledge.person(customer_of(c.application) == "customer/C2" ? 1 : 0);
}
std::string without_asterisk(const std::string& name) {
  return name.starts_with("*.") ? name.substr(2) : name;
}

// -- MyPage
// ---------------------------------------------------------------------------------------------------------------

Said membership(const Command& c) {
  Said said{"member.registered", customer(c), {}};
  said.text<"mail">("saburo@example.jp");
  return said;
}

Said application(const Command& c) {
  Said said{"acme.applied", customer(c), {}};
  said.truth<"consent">(c.variant != 1);
  said.text<"button">(c.variant == 2 ? "戻る" : "同意して確定");
  return said;
}

Said drafted(const Command& c) {
  Said said{"fqdn.drafted", numbered("fqdn", c), {}};
  const std::string name(kNames[c.certificate % kRegistrable]);
  const bool wildcard = name.starts_with("*.");
  said.text<"customer">(c.variant == 1 ? "customer/C9" : customer_of(c.application));
  said.text<"kind">(wildcard ? "DV-wildcard" : "DV");
  said.text<"fqdn">(name);
  said.number<"months">(12);
  said.number<"price">(wildcard ? 43600 : 10900);
  switch (c.variant) {
    case 2:
      said.replace<"kind">("OV");
      break;
    case 3:
      said.replace<"kind">(wildcard ? "DV" : "DV-wildcard");
      break;
    case 4:
      said.drop<"months">();
      break;
    case 5:
      said.drop<"price">();
      said.number<"price">(1);
      break;
    case 6:
      said.replace<"fqdn">("例え.jp");
      break;
    case 7:
      said.replace<"fqdn">("exa_mple.jp");
      break;
    case 8:
      said.truth<"double_address">(true);
      break;
    case 9:
      said.text<"button">("戻る");
      break;
    case 10:
      said.text<"button">("次へ");
      break;
    case 11:
      said.drop<"kind">();
      break;
    case 12:
      said.replace<"fqdn">("EXAMPLE.JP");
      break;
    default:
      break;
  }
  return said;
}

/// The screen that comes next, or by variant another one, or with something else on it.
Said next_screen(const Command& c, const Knowledge& knowledge) {
  constexpr std::array<TypeName, 4> types{"fqdn.proceeded", "fqdn.reviewed",
                                          "payment_method.chosen", "fqdn.confirmed"};
  const Registration& r = knowledge.registration(c.application);
  const std::size_t passed = r.screen ? r.screen - 1u : 0u;
  const std::size_t at = (passed + (c.variant == 1 ? 1 : 0)) % types.size();
  Said said{types[at], numbered("fqdn", c), {}};
  if (at == 2) {
    if (c.variant != 2) said.text<"method">(c.certificate % 2 ? "bank-transfer" : "card");
    said.truth<"consent">(c.variant != 3);
  } else if (!r.name.empty()) {
    said.text<"fqdn">(c.variant == 2 ? "exampel.jp" : r.name);
    if (at != 1) said.text<"kind">(c.variant == 3 ? "OV" : r.kind);
  }
  if (c.variant == 4) said.text<"button">("戻る");
  return said;
}

Said payment(const Command& c, const Knowledge& knowledge) {
  const Registration& r = knowledge.registration(c.application);
  Said said{c.variant == 4 ? TypeName("payment.received") : TypeName("payment.made"),
            numbered("fqdn", c),
            {}};
  said.text<"bill">(c.variant == 1 || r.bill.empty() ? "BILL99999999" : r.bill);
  said.number<"amount">(c.variant == 2 ? std::max<std::int64_t>(r.fee - 1, 1)
                                       : std::max<std::int64_t>(r.fee, 1));
  said.text<"method">(c.variant == 3 ? "bank-transfer" : "card");
  return said;
}

Said for_a_reason(TypeName type, const Command& c) {
  constexpr std::array reasons{"other", "spelling", "other", "type", "other"};
  Said said{type, numbered("fqdn", c), {}};
  said.text<"reason">(reasons[c.variant % reasons.size()]);
  return said;
}

Said transferred(const Command& c) {
  Said said{"transfer.requested", numbered("fqdn", c), {}};
  said.text<"to">(c.variant % 2 ? "customer/C2" : "customer/C1");
  return said;
}

Said question(const Command& c) {
  constexpr std::array topics{"progress", "acme-client", "technical", "eab", "eab", "progress"};
  Said said{"question.asked",
            "question/" + std::to_string(c.application * 4 + c.certificate % 4 + 1),
            {}};
  said.text<"topic">(topics[c.variant % topics.size()]);
  said.text<"customer">(customer_of(c.application));
  if (c.variant == 5) said.text<"bill">("BILL00000001");
  return said;
}

// -- the ACME client
// -------------------------------------------------------------------------------------------------------

Said new_account(const Command& c, const Knowledge& knowledge) {
  Said said{"account.requested", numbered("account", c), {}};
  const std::string& eab = person(c, knowledge).eab;
  if (c.variant != 1) said.text<"eab">(c.variant == 2 || eab.empty() ? "eab/none" : eab);
  if (c.variant == 3) said.truth<"mac_verifies">(false);
  if (c.variant != 4)
    said.list<"contacts">({c.variant == 5 ? "tel:0312345678" : "mailto:taro@example.jp"});
  said.truth<"terms">(c.variant != 6);
  if (c.variant == 7) said.text<"directory">("www.example.jp");
  if (c.certificate == 3) said.text<"host">("www.example.jp");
  return said;
}

Said new_order(const Command& c, const Knowledge& knowledge) {
  Said said{"order.requested", numbered("order", c), {}};
  const std::string account = knowledge.account_for(c.application);
  said.text<"account">(c.variant == 3 || account.empty() ? "account/9" : account);
  const std::string name = knowledge.registered(c.application, c.certificate);
  const std::string base = without_asterisk(name);
  switch (c.variant) {
    case 1:
      said.list<"identifiers">({name.starts_with("*.") ? name : "www." + name});
      break;
    case 2:
      said.list<"identifiers">({name, name.starts_with("*.") ? base : "www." + name});
      break;
    case 4:
      said.list<"identifiers">({"shop." + base});
      break;
    case 5:
      said.list<"identifiers">({});
      break;
    case 6:
      said.list<"identifiers">({"例え.jp"});
      break;
    case 7:
      said.list<"identifiers">({base.starts_with("www.") ? base.substr(4) : base});
      break;
    case 8:
      said.list<"identifiers">({std::string(kNames[c.certificate % kNames.size()])});
      break;
    default:
      said.list<"identifiers">({name});
      break;
  }
  return said;
}

/// All strings of the order's records, or those for one owner name.
std::vector<std::string> records_for(const Order& order, const std::string& base) {
  std::vector<std::string> values;
  for (const Authorization& a : order.authorizations)
    if (without_asterisk(a.name) == base) values.push_back(a.txt.string);
  return values;
}

Said placed_record(const Command& c, const Order& order, const Authorization& a) {
  const std::string base = without_asterisk(a.name);
  Said said{"dns.changed", "zone/example.jp", {}};
  said.text<"name">((c.variant == 6 ? "_acme-challenge.www." : "_acme-challenge.") + base);
  said.text<"type">("TXT");
  auto values = records_for(order, base);
  if (c.variant == 3) values = {"other", "another"};
  if (c.variant == 4) values = {a.txt.token};
  if (c.variant == 0) values.emplace_back("other");
  if (c.variant == 5 || c.variant == kDeadZone)
    said.text<"status">(c.variant == 5 ? "servfail" : "timeout");
  else
    said.list<"values">(values);
  return said;
}

Said placed_file(const Command& c, const Authorization& a) {
  Said said{"site.changed", "site/" + without_asterisk(a.name), {}};
  if (c.variant == 7 || c.variant == kSlowSite) {
    said.text<"server">(c.variant == kSlowSite ? "slow"
                        : c.certificate % 2    ? "refuses"
                                               : "https-only");
    return said;
  }
  if (c.variant == 8) {
    said.text<"location">("https://" + without_asterisk(a.name) + "/proof");
    return said;
  }
  said.text<"path">("/.well-known/acme-challenge/" + a.file.token);
  said.text<"body">(c.variant == 9 ? "other" : a.file.string);
  if (c.variant == 10) said.number<"chain">(c.certificate % 2 ? 11 : 10);
  if (c.variant == 11) said.number<"chain">(3);
  return said;
}

/// A record (0, 2 to 6, 13) or a file (1, 7 to 12) for one of the order's names.
Said placed(const Command& c, const Knowledge& knowledge) {
  const Order& order = knowledge.order(c.application);
  if (order.authorizations.empty()) {
    Said said{"dns.changed", "zone/example.jp", {}};
    said.text<"name">("_acme-challenge.example.jp");
    said.text<"type">("TXT");
    said.list<"values">({"nothing"});
    return said;
  }
  const Authorization& a = order.authorizations[c.certificate % order.authorizations.size()];
  const bool by_file = is_by_file(c.variant) && !a.file.token.empty();
  return by_file ? placed_file(c, a) : placed_record(c, order, a);
}

Said response(const Command& c, const Knowledge& knowledge) {
  const Order& order = knowledge.order(c.application);
  const bool known = !order.authorizations.empty();
  const Authorization none;
  const Authorization& a =
      known ? order.authorizations[c.certificate % order.authorizations.size()] : none;
  Said said{"challenge.responded", known ? a.subject : "authorization/none", {}};
  const bool by_file = c.variant % 2 == 1;
  said.text<"type">(c.variant == 4 ? "tls-alpn-01" : by_file ? "http-01" : "dns-01");
  if (c.variant == 2) said.text<"string">(a.txt.string.empty() ? "mine" : a.txt.string);
  if (c.variant == 3) said.text<"string">("mine");
  return said;
}

Said finalized(const Command& c, const Knowledge& knowledge) {
  const Order& order = knowledge.order(c.application);
  Said said{"order.finalized", numbered("order", c), {}};
  std::string names;
  for (const std::string& name : order.names) names += (names.empty() ? "" : ",") + name;
  if (names.empty()) names = kNames[0];
  const CsrSpec spec = c.variant == 1   ? kEllipticKey
                       : c.variant == 2 ? kWeak
                       : c.variant == 3 ? kUnsigned
                                        : kSound;
  if (c.variant == 5) return said;
  said.csr(spec, c.variant == 4 ? "shop.example.jp" : names);
  return said;
}

Said published(const Command& c, const Knowledge& knowledge) {
  const Order& order = knowledge.order(c.application);
  Said said{"dns.changed", "zone/example.jp", {}};
  const std::string name = order.names.empty() ? std::string(kNames[0]) : order.names.front();
  said.text<"name">(without_asterisk(name));
  said.text<"type">("CAA");
  switch (c.variant) {
    case 0:
    case 1:
      said.list<"values">({"0 issue \"jprs.jp\""});
      break;
    case 2:
      said.list<"values">({"0 issue \"ca.example\""});
      break;
    case 3:
      said.list<"values">({"0 issue \"jprs.jp\"", "0 issuewild \"ca.example\""});
      break;
    case 4:
      said.list<"values">({"128 tbs \"x\""});
      break;
    case 5:
      said.text<"status">("servfail");
      break;
    default:
      said.list<"values">({});
      break;
  }
  return said;
}

Said downloaded(const Command& c, const Knowledge& knowledge) {
  Said said{"download.requested", knowledge.certificate(c.certificate), {}};
  const std::string account = knowledge.account_for(c.application);
  said.text<"account">(c.variant % 3 == 2 || account.empty() ? "account/9" : account);
  return said;
}

Said revocation(const Command& c, const Knowledge& knowledge) {
  Said said{"revocation.requested", knowledge.certificate(c.certificate), {}};
  if (c.variant % 3) said.text<"reason">(c.variant % 3 == 1 ? "key-compromise" : "superseded");
  return said;
}

Said configured(const Command& c, const Knowledge& knowledge) {
  Said said{"server.configured", knowledge.certificate(c.certificate), {}};
  said.text<"server">("example.jp");
  return said;
}

Said visited(const Command& c, const Knowledge& knowledge) {
  constexpr std::array hosts{"example.jp", "www.example.jp", "a.b.example.jp", "shop.example.jp",
                             "xn--r8jz45g.jp"};
  const std::string host = hosts[c.variant % hosts.size()];
  Said said{"site.visited", "site/" + host, {}};
  said.text<"cn">(host);
  said.text<"certificate">(knowledge.certificate(c.certificate));
  return said;
}

}  // namespace

Said request_of(const Command& command, const Knowledge& knowledge) {
  SHINSA_ASSERT(command.verb != Verb::give, "what is given is no request");
  switch (command.verb) {
    case Verb::join:
      return membership(command);
    case Verb::apply:
      return application(command);
    case Verb::account:
      return new_account(command, knowledge);
    case Verb::draft:
      return drafted(command);
    case Verb::screen:
      return next_screen(command, knowledge);
    case Verb::pay:
      return payment(command, knowledge);
    case Verb::look:
      return {"fqdn_list.opened", customer(command), {}};
    case Verb::correct:
      return for_a_reason("correction.requested", command);
    case Verb::transfer:
      return transferred(command);
    case Verb::refund:
      return for_a_reason("refund.requested", command);
    case Verb::order:
      return new_order(command, knowledge);
    case Verb::place:
      return placed(command, knowledge);
    case Verb::respond:
      return response(command, knowledge);
    case Verb::finalize:
      return finalized(command, knowledge);
    case Verb::publish:
      return published(command, knowledge);
    case Verb::download:
      return downloaded(command, knowledge);
    case Verb::revoke:
      return revocation(command, knowledge);
    case Verb::configure:
      return configured(command, knowledge);
    case Verb::visit:
      return visited(command, knowledge);
    case Verb::ask:
      return question(command);
    default:
      SHINSA_ASSERT(false, "what is given is no request");
  }
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
