/// What the parts of the ACME server share: what it keeps, what a request has become once its
/// signature was verified, and what an answer is. Private to this folder; `server.hpp` is the face.
#pragma once

#include <boost/json.hpp>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <variant>

#include "fakes/acme/accounts.hpp"
#include "fakes/acme/desk.hpp"
#include "fakes/acme/nonces.hpp"
#include "fakes/acme/problem.hpp"
#include "fakes/acme/routes.hpp"
#include "fakes/acme/server.hpp"
#include "fakes/wire/http.hpp"

namespace shinsa::fakes::acme {

template <class T>
using OrProblem = tl::expected<T, Problem>;
[[nodiscard]] inline tl::unexpected<Problem> say_no(Problem problem) {
  return tl::unexpected<Problem>(std::move(problem));
}

/// The answer comes once the desk has decided.
struct Waiting {
  std::string subject;  ///< as in the verdict
  std::function<wire::HttpResponse(const Verdict&)> finish;
};
using Answer = std::variant<wire::HttpResponse, Waiting>;

/// Everything that the server keeps. What the model knows is not here but at the desk.
struct Office {
  Office(Desk& whom, ServerOptions chosen)
      : desk(whom), options(chosen), nonces(whom.stream("acme/nonce"), chosen.nonces_max) {}
  Desk& desk;
  ServerOptions options;
  Nonces nonces;
  Accounts accounts;
  std::set<std::string, std::less<>> deactivated;               ///< authorizations
  std::map<std::string, std::string, std::less<>> replaced_by;  ///< certificate -> order
  std::map<std::string, std::string, std::less<>> replaces;     ///< order -> its `replaces`
  /// Orders that stand behind a pre-authorization and were handed to nobody yet: by account and
  /// name.
  std::map<std::pair<std::string, std::string>, std::string> ahead;
  std::deque<Instant> recent_orders;  ///< within the last hour; only where that is limited
};

/// A request whose signature was verified.
struct Asked {
  std::string base;  ///< `https://127.0.0.1:14000`: what addresses begin with
  Route route;
  std::string query = {};  ///< behind the `?`
  Jws jws = {};
  PublicKey key = {};          ///< that verified it
  Account* account = nullptr;  ///< whose key that is; null where the request brought a `jwk`

  [[nodiscard]] std::string url(Place place, std::string_view id = {}) const {
    return base + path_of(place, id);
  }
  [[nodiscard]] bool is_a_get() const { return jws.payload.empty(); }
};

/// The payload as an object, or what is wrong with it.
[[nodiscard]] OrProblem<boost::json::object> payload_of(const Asked& asked);
/// A problem where a POST-as-GET has a payload (RFC 8555 section 6.3).
[[nodiscard]] OrProblem<void> must_be_a_get(const Asked& asked);

[[nodiscard]] wire::HttpResponse json_response(int status, const boost::json::object& body,
                                               wire::Headers headers = {});
/// `<url>;rel="up"`
[[nodiscard]] std::string link(const std::string& url, std::string_view relation);
/// RFC 3339 in UTC: `2026-12-19T01:00:00Z`.
[[nodiscard]] std::string utc(Instant instant);

// -- resources, as JSON
[[nodiscard]] boost::json::object directory_of(const std::string& base, const Office& office);
[[nodiscard]] boost::json::object to_object(const Account& account, const Asked& asked);
[[nodiscard]] boost::json::object to_object(std::string_view subject, const OrderView& order,
                                            Office& office, const Asked& asked);
[[nodiscard]] boost::json::object to_object(std::string_view subject,
                                            const AuthorizationView& authorization, Office& office,
                                            const Asked& asked);
[[nodiscard]] boost::json::object to_object(std::string_view subject,
                                            const ChallengeView& challenge, const Asked& asked);
/// Whether an authorization of the order was deactivated: it can end in nothing then.
[[nodiscard]] bool is_given_up(const OrderView& order, const Office& office);
/// As it is for the client: what it deactivated counts too.
[[nodiscard]] OrderStatus status_of(const OrderView& order, const Office& office);
[[nodiscard]] bool is_valid(std::string_view subject, const AuthorizationView& authorization,
                            const Office& office);
/// Headers of an answer that a client may have to ask for again.
[[nodiscard]] wire::Headers polling(bool again, const Office& office);

// -- what the places do; each in a file of its own
[[nodiscard]] Answer new_account(Office& office, const Asked& asked);
[[nodiscard]] Answer account(Office& office, const Asked& asked);
[[nodiscard]] Answer orders(Office& office, const Asked& asked);
[[nodiscard]] Answer key_change(Office& office, const Asked& asked);
[[nodiscard]] Answer new_order(Office& office, const Asked& asked);
[[nodiscard]] Answer order(Office& office, const Asked& asked);
[[nodiscard]] Answer finalize(Office& office, const Asked& asked);
[[nodiscard]] Answer new_authorization(Office& office, const Asked& asked);
[[nodiscard]] Answer authorization(Office& office, const Asked& asked);
[[nodiscard]] Answer challenge(Office& office, const Asked& asked);
[[nodiscard]] Answer certificate(Office& office, const Asked& asked);
[[nodiscard]] Answer revoke_certificate(Office& office, const Asked& asked);
[[nodiscard]] wire::HttpResponse renewal_information(Office& office, const std::string& id);

}  // namespace shinsa::fakes::acme
