#include "fakes/acme/envelope.hpp"

#include <algorithm>
#include <utility>

#include "fakes/acme/base64url.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr std::string_view kMediaType = "application/jose+json";

/// The media type alone, in lower case.
std::string media_type(std::string_view header) {
  std::string type(header.substr(0, header.find(';')));
  while (!type.empty() && type.back() == ' ') type.pop_back();
  for (char& c : type)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return type;
}

/// A text that came outside of JSON, such that it can stand in a problem document.
std::string printable(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c < ' ' || c > '~') c = '?';
  return out;
}

OrProblem<Jws> read_body(const wire::HttpRequest& request, const Office& office,
                         const Ahead* ahead) {
  const std::string* type = wire::find(request.headers, "Content-Type");
  if (!type || media_type(*type) != kMediaType)
    return say_no(malformed("the content type of a POST is application/jose+json", 415));
  if (request.body.size() > office.options.body_max)
    return say_no(malformed(
        "the body is longer than " + std::to_string(office.options.body_max) + " octets", 413));
  auto jws = ahead ? ahead->jws : parse_jws(request.body);
  if (!jws) return say_no(problem_of(jws.error()));
  return std::move(*jws);
}

/// Spends the nonce and says what is wrong with it, if anything is.
OrProblem<void> check_nonce(const Jws& jws, Office& office) {
  if (!jws.nonce) return say_no({"badNonce", "the protected header has no \"nonce\""});
  if (!from_base64url(*jws.nonce))
    return say_no(malformed("\"nonce\" is not base64url without padding"));
  if (!office.nonces.spend(*jws.nonce))
    return say_no({"badNonce", "the nonce is unknown or was used before"});
  return {};
}

OrProblem<void> check_url(const Jws& jws, const wire::HttpRequest& request,
                          const std::string& base) {
  if (!jws.url) return say_no(malformed("the protected header has no \"url\""));
  if (*jws.url != base + request.target)
    return say_no(unauthorized("\"url\" in the protected header is " + *jws.url +
                               ", but the request went to " + base + printable(request.target)));
  return {};
}

/// Which of `kid` and `jwk` the place wants.
OrProblem<void> check_identification(const Jws& jws, Place place) {
  if (jws.kid.has_value() == jws.jwk.has_value())
    return say_no(malformed("the protected header has either \"kid\" or \"jwk\""));
  if (jws.kid && place == Place::new_account)
    return say_no(malformed("newAccount is signed with the key in \"jwk\""));
  if (jws.jwk && place != Place::new_account && place != Place::revoke_certificate)
    return say_no(malformed("this request is signed by an account: \"kid\" is required"));
  return {};
}

/// Finds the key, and the account where there is one.
OrProblem<void> identify(Asked& asked, const Office& office) {
  if (asked.jws.jwk) {
    auto key = PublicKey::read(*asked.jws.jwk);
    if (!key) return say_no(problem_of(key.error()));
    asked.key = std::move(*key);
    return {};
  }
  auto account = account_at(*asked.jws.kid, asked.base, office.accounts);
  if (!account) return say_no(account.error());
  asked.account = *account;
  asked.key = asked.account->key;
  return {};
}

OrProblem<void> verify(const Asked& asked, Office& office, const Ahead* ahead) {
  if (ahead && ahead->verified_by == asked.key.spki_sha256()) return {};
  if (auto verified = acme::verify(asked.jws, asked.key); !verified)
    return say_no(problem_of(verified.error()));
  if (asked.account && office.options.keyring)
    office.options.keyring->learn(*asked.jws.kid, asked.key);
  return {};
}

}  // namespace

bool is_a_host(std::string_view host) {
  return !host.empty() && std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".-:[]").find(c) != std::string_view::npos;
  });
}

OrProblem<void> check_request(const wire::HttpRequest& request, const Route& route) {
  if (!is_a_host(request.host)) return say_no(malformed("the Host header names no host"));
  if (route.place == Place::nowhere)
    return say_no(malformed("there is nothing at this address", 404));
  if (!allows(route.place, request.method)) {
    Problem problem =
        malformed("the method " + printable(request.method) + " is not allowed here", 405);
    problem.headers.emplace_back("Allow", methods_of(route.place));
    return say_no(std::move(problem));
  }
  const std::string* agent = wire::find(request.headers, "User-Agent");
  if (!agent || agent->empty())
    return say_no(malformed("a client says who it is in a User-Agent header"));
  if (wire::find(request.headers, "Replay-Nonce"))
    return say_no(
        malformed("Replay-Nonce is a header of answers; a nonce stands in the protected "
                  "header of a request"));
  return {};
}

OrProblem<Asked> open_envelope(const wire::HttpRequest& request, Asked asked, Office& office,
                               const Ahead* ahead) {
  auto jws = read_body(request, office, ahead);
  if (!jws) return say_no(jws.error());
  const OrProblem<void> nonce = check_nonce(*jws, office);
  if (!is_signature_algorithm(jws->algorithm))
    return say_no(problem_of(
        Fault{Check::algorithm, "the algorithm \"" + jws->algorithm + "\" is not supported"}));
  if (!nonce) return say_no(nonce.error());
  asked.jws = std::move(*jws);
  for (const OrProblem<void>& done : {check_url(asked.jws, request, asked.base),
                                      check_identification(asked.jws, asked.route.place)})
    if (!done) return say_no(done.error());
  if (auto found = identify(asked, office); !found) return say_no(found.error());
  if (auto verified = verify(asked, office, ahead); !verified) return say_no(verified.error());
  if (asked.account && asked.account->deactivated)
    return say_no(unauthorized("the account was deactivated", 401));
  return asked;
}

Problem problem_of(const Fault& fault) {
  if (fault.check == Check::key) return {"badPublicKey", fault.says};
  if (fault.check != Check::algorithm) return malformed(fault.says);
  Problem problem{"badSignatureAlgorithm", fault.says};
  for (const std::string_view algorithm : signature_algorithms())
    problem.algorithms.emplace_back(algorithm);
  return problem;
}

OrProblem<Account*> account_at(std::string_view kid, std::string_view base,
                               const Accounts& accounts) {
  const Route route = kid.starts_with(base) ? route_of(kid.substr(base.size())) : Route{};
  if (route.place != Place::account)
    return say_no(malformed("\"kid\" is no address of an account here"));
  Account* account = accounts.by_id(route.id);
  if (!account) return say_no({"accountDoesNotExist", "there is no such account"});
  return account;
}

}  // namespace shinsa::fakes::acme
