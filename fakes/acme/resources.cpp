// The JSON of each resource (RFC 8555 section 7.1), and small things that all answers have.
#include <algorithm>
#include <utility>

#include "fakes/acme/office.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

constexpr std::string_view word(OrderStatus status) {
  constexpr std::string_view kWords[] = {"pending", "ready", "processing", "valid", "invalid"};
  return kWords[static_cast<std::size_t>(status)];
}
constexpr std::string_view word(AuthorizationStatus status) {
  constexpr std::string_view kWords[] = {"pending", "valid", "invalid"};
  return kWords[static_cast<std::size_t>(status)];
}
constexpr std::string_view word(ChallengeStatus status) {
  constexpr std::string_view kWords[] = {"pending", "processing", "valid", "invalid"};
  return kWords[static_cast<std::size_t>(status)];
}

json::value error_of(const Refusal& refusal) { return json::parse(to_json(problem_of(refusal))); }

json::object identifier(std::string_view name) { return {{"type", "dns"}, {"value", name}}; }

/// Which challenges a client is shown: those that count still (RFC 8555 section 7.1.4).
bool is_shown(const ChallengeView& challenge, AuthorizationStatus authorization) {
  if (authorization == AuthorizationStatus::pending) return true;
  const bool is_valid = challenge.status == ChallengeStatus::valid;
  return authorization == AuthorizationStatus::valid ? is_valid : challenge.error != nullptr;
}

}  // namespace

OrProblem<json::object> payload_of(const Asked& asked) {
  boost::system::error_code failed;
  json::value value = json::parse(asked.jws.payload, failed);
  if (failed || !value.is_object()) return say_no(malformed("the payload is no JSON object"));
  return std::move(value.get_object());
}

OrProblem<void> must_be_a_get(const Asked& asked) {
  if (asked.is_a_get()) return {};
  return say_no(malformed("this resource is only read: the payload of a POST-as-GET is empty"));
}

wire::HttpResponse json_response(int status, const json::object& body, wire::Headers headers) {
  headers.emplace_back("Content-Type", "application/json");
  return {status, std::move(headers), json::serialize(body)};
}

std::string link(const std::string& url, std::string_view relation) {
  return "<" + url + ">;rel=\"" + std::string(relation) + "\"";
}

std::string utc(Instant instant) {
  constexpr Duration kTokyo = hours(9);  // in which `to_text` writes
  const std::string text = to_text(instant - kTokyo);
  return text.substr(0, text.find('+')) + "Z";
}

wire::Headers polling(bool again, const Office& office) {
  if (!again) return {};
  return {{"Retry-After", std::to_string(office.options.retry_after.seconds)}};
}

json::object directory_of(const std::string& base, const Office&) {
  const auto at = [&](Place place) { return base + path_of(place); };
  std::string website;
  for (const Page& page : pages())
    if (page.prefix == "ACM") website = "https://" + std::string(page.address);
  std::string renewal = at(Place::renewal_information);
  renewal.pop_back();  // RFC 9773 section 4.1: the client puts the slash
  return {{"newNonce", at(Place::new_nonce)},
          {"newAccount", at(Place::new_account)},
          {"newOrder", at(Place::new_order)},
          {"newAuthz", at(Place::new_authorization)},
          {"revokeCert", at(Place::revoke_certificate)},
          {"keyChange", at(Place::key_change)},
          {"renewalInfo", renewal},
          {"meta",
           {{"termsOfService", at(Place::terms)},
            {"website", website},
            {"caaIdentities", json::array{kLabel<"ASM-33", "issuer">}},
            {"externalAccountRequired", true}}}};
}

json::object to_object(const Account& account, const Asked& asked) {
  json::array contacts;
  for (const std::string& contact : account.contacts) contacts.emplace_back(contact);
  json::object object{{"status", account.deactivated ? "deactivated" : "valid"},
                      {"contact", std::move(contacts)},
                      {"termsOfServiceAgreed", account.terms},
                      {"orders", asked.url(Place::orders, account.id())}};
  if (!account.binding.empty()) object["externalAccountBinding"] = json::parse(account.binding);
  return object;
}

bool is_given_up(const OrderView& order, const Office& office) {
  return std::ranges::any_of(order.authorizations, [&](std::string_view authorization) {
    return office.deactivated.contains(authorization);
  });
}

OrderStatus status_of(const OrderView& order, const Office& office) {
  const bool is_open = order.status == OrderStatus::pending || order.status == OrderStatus::ready;
  return is_open && is_given_up(order, office) ? OrderStatus::invalid : order.status;
}

bool is_valid(std::string_view subject, const AuthorizationView& authorization,
              const Office& office) {
  return authorization.status == AuthorizationStatus::valid &&
         !office.deactivated.contains(subject);
}

json::object to_object(std::string_view subject, const OrderView& order, Office& office,
                       const Asked& asked) {
  json::array identifiers, authorizations;
  for (const std::string_view name : order.names) identifiers.push_back(identifier(name));
  for (const std::string_view one : order.authorizations)
    authorizations.emplace_back(asked.url(Place::authorization, id_of(one)));
  const OrderStatus status = status_of(order, office);
  json::object object{{"status", word(status)},
                      {"identifiers", std::move(identifiers)},
                      {"authorizations", std::move(authorizations)},
                      {"finalize", asked.url(Place::finalize, id_of(subject))}};
  if (order.expires) object["expires"] = utc(*order.expires);
  if (status == OrderStatus::valid && !order.certificate.empty())
    object["certificate"] = asked.url(Place::certificate, id_of(order.certificate));
  if (status == OrderStatus::invalid && order.error) object["error"] = error_of(*order.error);
  if (const auto at = office.replaces.find(subject); at != office.replaces.end())
    object["replaces"] = at->second;
  return object;
}

json::object to_object(std::string_view subject, const AuthorizationView& authorization,
                       Office& office, const Asked& asked) {
  const bool is_wildcard = authorization.name.starts_with("*.");
  json::array challenges;
  const bool given_up = office.deactivated.contains(subject);
  for (const std::string_view one : authorization.challenges)
    if (const ChallengeView* challenge = office.desk.challenge(one);
        challenge && (given_up || is_shown(*challenge, authorization.status)))
      challenges.push_back(to_object(one, *challenge, asked));
  json::object object{{"status", given_up ? "deactivated" : word(authorization.status)},
                      {"identifier", identifier(authorization.name.substr(is_wildcard ? 2 : 0))},
                      {"challenges", std::move(challenges)}};
  if (is_wildcard) object["wildcard"] = true;
  if (authorization.expires) object["expires"] = utc(*authorization.expires);
  return object;
}

json::object to_object(std::string_view subject, const ChallengeView& challenge,
                       const Asked& asked) {
  json::object object{{"type", challenge.type},
                      {"url", asked.url(Place::challenge, id_of(subject))},
                      {"status", word(challenge.status)},
                      {"token", challenge.token}};
  if (challenge.validated) object["validated"] = utc(*challenge.validated);
  if (challenge.error) object["error"] = error_of(*challenge.error);
  return object;
}

}  // namespace shinsa::fakes::acme
