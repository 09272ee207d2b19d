// newOrder, newAuthz and an order's own address (RFC 8555 sections 7.1.3, 7.4, 7.4.1; `replaces`:
// RFC 9773 section 5).
#include <algorithm>
#include <optional>
#include <utility>

#include "fakes/acme/names.hpp"
#include "fakes/acme/office.hpp"
#include "fakes/acme/x509.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

std::string id_of_clause(ClauseIndex index) { return std::string(clause(index).id); }

/// What a client wants of newOrder.
struct Wanted {
  Names names;
  std::optional<std::string> replaces = {};  // as the client wrote it
  std::string replaced = {};                 // the certificate of that
};

/// Validity is not the client's to choose: the CA cannot do what is asked for (RFC-24, ASM-30).
OrProblem<void> check_dates(const json::object& payload) {
  for (const char* name : {"notBefore", "notAfter"}) {
    const json::value* value = payload.if_contains(name);
    if (!value) continue;
    if (!value->is_string() || !parse_instant(std::string_view(value->get_string())))
      return say_no(malformed(std::string("\"") + name + "\" is no date of RFC 3339"));
    Problem problem = malformed(
        "this CA chooses the validity itself, and cannot fulfil an order "
        "that asks for another");
    problem.clauses = {id_of_clause(kClause<"RFC-24">), id_of_clause(kClause<"ASM-30">)};
    return say_no(std::move(problem));
  }
  return {};
}

/// The certificate that an order means to replace.
OrProblem<std::string> certificate_replaced(const json::value& said, const Asked& asked,
                                            const Names& names, Office& office) {
  if (!said.is_string()) return say_no(malformed("\"replaces\" is an identifier of a certificate"));
  const std::string id(said.get_string().c_str());
  const auto serial = serial_in(id);
  if (!serial)
    return say_no(malformed("\"replaces\" is key identifier and serial number in base64url"));
  const std::string subject = "certificate/" + *serial;
  const CertificateView* known = office.desk.certificate(subject);
  const auto face = read_certificate_pem(office.desk.certificate_pem(subject));
  if (!known || !face || face->id != id)
    return say_no(malformed("\"replaces\" names no certificate of this CA", 404));
  if (known->account != asked.account->subject)
    return say_no(unauthorized("\"replaces\" names a certificate of another account"));
  if (std::ranges::none_of(names.names, [&](const std::string& name) {
        return std::ranges::count(known->names, name) > 0;
      }))
    return say_no(malformed("the order has no identifier of the certificate that it replaces"));
  if (const auto at = office.replaced_by.find(subject); at != office.replaced_by.end())
    if (const OrderView* order = office.desk.order(at->second);
        order && status_of(*order, office) != OrderStatus::invalid)
      return say_no({"alreadyReplaced", "another order replaces this certificate"});
  return subject;
}

OrProblem<Names> names_in(const json::object& payload, const Office& office) {
  const json::value* identifiers = payload.if_contains("identifiers");
  if (!identifiers || !identifiers->is_array())
    return say_no(malformed("\"identifiers\" is an array"));
  if (identifiers->get_array().size() > office.options.names_max)
    return say_no(malformed("an order has at most " + std::to_string(office.options.names_max) +
                            " identifiers"));
  Names names = read_names(identifiers->get_array());
  if (!names.broken.empty()) return say_no(malformed(names.broken));
  if (names.faults.empty()) return names;
  std::vector<Subproblem> all = names.faults;
  all.insert(all.end(), names.misspelt.begin(), names.misspelt.end());
  return say_no(problem_with(std::move(all), "identifiers of the order are not accepted"));
}

OrProblem<Wanted> wanted_in(const json::object& payload, const Asked& asked, Office& office) {
  auto names = names_in(payload, office);
  if (!names) return say_no(names.error());
  Wanted wanted{std::move(*names)};
  if (auto checked = check_dates(payload); !checked) return say_no(checked.error());
  if (payload.contains("profile"))
    return say_no({"invalidProfile", "this CA has no profiles to choose from"});
  if (const json::value* said = payload.if_contains("replaces")) {
    auto replaced = certificate_replaced(*said, asked, wanted.names, office);
    if (!replaced) return say_no(replaced.error());
    wanted.replaces = std::string(said->get_string().c_str());
    wanted.replaced = std::move(*replaced);
  }
  return wanted;
}

/// Too many orders within the hour, where that is limited.
OrProblem<void> check_rate(Office& office) {
  const std::size_t most = office.options.orders_per_hour_max;
  if (most == 0) return {};
  auto& recent = office.recent_orders;
  const Instant now = office.desk.now();
  while (!recent.empty() && recent.front() + hours(1) <= now) recent.pop_front();
  if (recent.size() < most) {
    recent.push_back(now);
    return {};
  }
  Problem problem{"rateLimited", "more than " + std::to_string(most) + " orders within an hour"};
  const Duration wait = recent.front() + hours(1) - now;
  problem.headers.emplace_back("Retry-After", std::to_string(wait.seconds));
  return say_no(std::move(problem));
}

/// Which names were misspelt is told beside the clause.
Problem no_order(const Verdict& verdict, const Names& names) {
  Problem problem = problem_of(verdict.refusal);
  if (problem.subproblems.empty() && problem.type == "malformed")
    problem.subproblems = names.misspelt;
  return problem;
}

wire::HttpResponse order_response(int status, const std::string& subject, Office& office,
                                  const Asked& asked) {
  const OrderView* view = office.desk.order(subject);
  if (!view) return to_response(malformed("there is no such order", 404));
  wire::Headers headers = polling(view->status == OrderStatus::processing, office);
  headers.emplace_back("Location", asked.url(Place::order, id_of(subject)));
  return json_response(status, to_object(subject, *view, office, asked), std::move(headers));
}

wire::HttpResponse ordered(const Verdict& verdict, Office& office, const Asked& asked,
                           const Wanted& wanted) {
  if (verdict.kind != Verdict::Kind::granted) return to_response(no_order(verdict, wanted.names));
  asked.account->orders.push_back(verdict.subject);
  if (wanted.replaces) {
    office.replaced_by[wanted.replaced] = verdict.subject;
    office.replaces[verdict.subject] = *wanted.replaces;
  }
  return order_response(201, verdict.subject, office, asked);
}

/// An order for this one name that was made for a pre-authorization, if it can still be used.
std::optional<std::string> ordered_ahead(Office& office, const Asked& asked, const Names& names) {
  if (names.names.size() != 1) return std::nullopt;
  const auto at = office.ahead.find({asked.account->subject, names.names.front()});
  if (at == office.ahead.end()) return std::nullopt;
  const std::string subject = at->second;
  office.ahead.erase(at);
  const OrderView* view = office.desk.order(subject);
  if (!view) return std::nullopt;
  const OrderStatus status = status_of(*view, office);
  const bool is_open = status == OrderStatus::pending || status == OrderStatus::ready;
  return is_open ? std::optional(subject) : std::nullopt;
}

/// The name that newAuthz asks for.
OrProblem<Names> name_in(const json::object& payload, const Office& office) {
  const json::value* identifier = payload.if_contains("identifier");
  if (!identifier) return say_no(malformed("\"identifier\" is an object"));
  auto names = names_in({{"identifiers", json::array{*identifier}}}, office);
  if (!names) return say_no(names.error());
  if (names->names.front().starts_with("*."))
    return say_no(malformed("a wildcard is authorized with its order alone"));
  return std::move(*names);
}

wire::HttpResponse authorized_ahead(const Verdict& verdict, Office& office, const Asked& asked,
                                    const Names& names) {
  if (verdict.kind != Verdict::Kind::granted) return to_response(no_order(verdict, names));
  office.ahead[{asked.account->subject, names.names.front()}] = verdict.subject;
  const OrderView* order = office.desk.order(verdict.subject);
  const std::string_view subject =
      order && !order->authorizations.empty() ? order->authorizations.front() : std::string_view();
  const AuthorizationView* view = office.desk.authorization(subject);
  if (!view) return to_response({"serverInternal", "the order has no authorization yet"});
  return json_response(201, to_object(subject, *view, office, asked),
                       {{"Location", asked.url(Place::authorization, id_of(subject))}});
}

}  // namespace

Answer new_order(Office& office, const Asked& asked) {
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  auto wanted = wanted_in(*payload, asked, office);
  if (!wanted) return to_response(wanted.error());
  if (auto checked = check_rate(office); !checked) return to_response(checked.error());
  if (const auto ahead = ordered_ahead(office, asked, wanted->names))
    return ordered({Verdict::Kind::granted, *ahead}, office, asked, *wanted);
  const Verdict verdict = office.desk.open_order(asked.account->subject, wanted->names.names);
  if (verdict.kind != Verdict::Kind::waiting) return ordered(verdict, office, asked, *wanted);
  return Waiting{verdict.subject, [&office, asked, wanted = std::move(*wanted)](const Verdict& v) {
                   return ordered(v, office, asked, wanted);
                 }};
}

/// The model knows authorizations of orders alone: an order for the name stands behind each one,
/// and is handed out when an order for just that name is asked for.
Answer new_authorization(Office& office, const Asked& asked) {
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  auto names = name_in(*payload, office);
  if (!names) return to_response(names.error());
  if (auto checked = check_rate(office); !checked) return to_response(checked.error());
  const Verdict verdict = office.desk.open_order(asked.account->subject, names->names);
  if (verdict.kind != Verdict::Kind::waiting)
    return authorized_ahead(verdict, office, asked, *names);
  return Waiting{verdict.subject, [&office, asked, names = std::move(*names)](const Verdict& v) {
                   return authorized_ahead(v, office, asked, names);
                 }};
}

Answer order(Office& office, const Asked& asked) {
  const std::string subject = "order/" + asked.route.id;
  const OrderView* view = office.desk.order(subject);
  if (!view) return to_response(malformed("there is no such order", 404));
  if (view->account != asked.account->subject)
    return to_response(unauthorized("this is the order of another account"));
  if (auto checked = must_be_a_get(asked); !checked) return to_response(checked.error());
  return order_response(200, subject, office, asked);
}

}  // namespace shinsa::fakes::acme
