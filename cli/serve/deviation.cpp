#include "cli/serve/deviation.hpp"

#include <boost/json.hpp>
#include <string_view>

#include "fakes/acme/routes.hpp"

namespace shinsa::cli {

namespace json = boost::json;

namespace {

constexpr std::string_view kErrors = "urn:ietf:params:acme:error:";

std::string text_in(const json::object& object, const char* name) {
  const json::value* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

bool is_at(fakes::acme::Place place, const Deviation& deviation) {
  const std::string_view target = deviation.target;
  return fakes::acme::route_of(target.substr(0, target.find('?'))).place == place;
}

}  // namespace

bool is_of_the_client(const Deviation& deviation) {
  // Whoever asks newAccount for an account of its key is told that there is none.
  if (deviation.error == "accountDoesNotExist" && is_at(fakes::acme::Place::new_account, deviation))
    return false;
  return deviation.status >= 400 && deviation.status < 500 && deviation.error != "badNonce" &&
         deviation.error != "rateLimited";
}

Deviation deviation_in(std::string method, std::string target,
                       const fakes::wire::HttpResponse& response, Instant at) {
  Deviation deviation{at, std::move(method), std::move(target), response.status, {}, {}};
  boost::system::error_code failed;
  const json::value said = json::parse(response.body, failed);
  const json::object* problem = failed ? nullptr : said.if_object();
  if (!problem) return deviation;
  deviation.error = text_in(*problem, "type");
  if (deviation.error.starts_with(kErrors)) deviation.error.erase(0, kErrors.size());
  deviation.detail = text_in(*problem, "detail");
  if (const json::value* all = problem->if_contains("shinsa:clauses"); all && all->is_array()) {
    for (const json::value& one : all->get_array())
      if (one.is_string()) deviation.clauses.emplace_back(one.get_string());
  } else if (const std::string one = text_in(*problem, "shinsa:clause"); !one.empty()) {
    deviation.clauses.push_back(one);
  }
  return deviation;
}

}  // namespace shinsa::cli
