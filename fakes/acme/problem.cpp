#include "fakes/acme/problem.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

constexpr std::string_view kPrefix = "urn:ietf:params:acme:error:";

std::string urn(std::string_view type) { return std::string(kPrefix) + std::string(type); }

/// What a clause says, with its id; the id alone where the catalogue does not know it.
std::string sentence_of(std::string_view id) {
  const auto index = find_clause(id);
  std::string text(id);
  if (index) text.append(": ").append(clause(*index).statement_en);
  return text;
}

std::string sentences_of(const std::vector<std::string>& clauses) {
  std::string text;
  for (const std::string& id : clauses) text += (text.empty() ? "" : " ") + sentence_of(id);
  return text;
}

json::object to_object(const Subproblem& one) {
  json::object object{{"type", urn(one.error)}};
  object["detail"] = !one.detail.empty()   ? one.detail
                     : !one.clause.empty() ? sentence_of(one.clause)
                                           : std::string("this identifier is not accepted");
  object["identifier"] = {{"type", "dns"}, {"value", one.identifier}};
  if (!one.clause.empty()) object["shinsa:clause"] = one.clause;
  return object;
}

json::array array_of(const std::vector<std::string>& texts) {
  json::array all;
  for (const std::string& text : texts) all.emplace_back(text);
  return all;
}

}  // namespace

int status_of(std::string_view type) {
  if (type == "unauthorized" || type == "externalAccountRequired" || type == "userActionRequired" ||
      type == "orderNotReady")
    return 403;
  if (type == "rateLimited") return 429;
  if (type == "alreadyReplaced") return 409;
  return type == "serverInternal" ? 500 : 400;
}

/// A name that no rule of the system lets stand is forbidden, not only unfit (403 instead of 400).
Problem problem_of(const Refusal& refusal) {
  Problem problem{refusal.error, refusal.detail};
  if (refusal.error == "rejectedIdentifier") problem.status = 403;
  if (problem.detail.empty()) problem.detail = sentences_of(refusal.clauses);
  problem.subproblems = refusal.subproblems;
  problem.clauses = refusal.clauses;
  return problem;
}

std::string to_json(const Problem& problem) {
  json::object object{{"type", urn(problem.type)}, {"detail", problem.detail}};
  object["status"] = problem.status.value_or(status_of(problem.type));
  if (!problem.subproblems.empty()) {
    json::array all;
    for (const Subproblem& one : problem.subproblems) all.push_back(to_object(one));
    object["subproblems"] = std::move(all);
  }
  if (!problem.instance.empty()) object["instance"] = problem.instance;
  if (!problem.algorithms.empty()) object["algorithms"] = array_of(problem.algorithms);
  if (!problem.clauses.empty()) object["shinsa:clause"] = problem.clauses.front();
  if (problem.clauses.size() > 1) object["shinsa:clauses"] = array_of(problem.clauses);
  return json::serialize(object);
}

wire::HttpResponse to_response(const Problem& problem) {
  wire::HttpResponse response;
  response.status = problem.status.value_or(status_of(problem.type));
  response.headers = problem.headers;
  response.headers.emplace_back("Content-Type", "application/problem+json");
  response.body = to_json(problem);
  return response;
}

Problem malformed(std::string detail, std::optional<int> status) {
  return {"malformed", std::move(detail), status};
}
Problem unauthorized(std::string detail, std::optional<int> status) {
  return {"unauthorized", std::move(detail), status};
}

Problem problem_with(std::vector<Subproblem> subproblems, std::string detail) {
  const std::string& first = subproblems.front().error;
  const bool alike =
      std::ranges::all_of(subproblems, [&](const Subproblem& one) { return one.error == first; });
  Problem problem{alike ? first : "compound", std::move(detail)};
  for (const Subproblem& one : subproblems)
    if (!one.clause.empty() && std::ranges::count(problem.clauses, one.clause) == 0)
      problem.clauses.push_back(one.clause);
  problem.subproblems = std::move(subproblems);
  return problem;
}

}  // namespace shinsa::fakes::acme
