/// Problem documents: what an ACME server answers where it says no.
///
/// Sources: RFC 7807 (the form), RFC 8555 sections 6.7 and 6.7.1 (types, subproblems), 6.2
/// (`algorithms`). A refusal by a rule of the system carries the clause id in `shinsa:clause`;
/// where several refuse, all of them stand in `shinsa:clauses` too.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/acme/desk.hpp"
#include "fakes/wire/http.hpp"

namespace shinsa::fakes::acme {

struct Problem {
  std::string type;                ///< `malformed`, without urn:ietf:params:acme:error:
  std::string detail;              ///< a sentence for people
  std::optional<int> status = {};  ///< HTTP; unless said, the one that goes with the type
  std::vector<Subproblem> subproblems = {};
  std::vector<std::string> algorithms = {};  ///< that are accepted instead
  std::vector<std::string> clauses = {};     ///< that refuse it
  wire::Headers headers = {};                ///< of the answer, besides the content type
  std::string instance = {};                 ///< a page for people, where they have to do something
};

/// 403 for `unauthorized`, 429 for `rateLimited`, ...; 400 for most.
[[nodiscard]] int status_of(std::string_view type);

/// What a desk said no with. Where it gives no sentence, those of the clauses stand in `detail`.
[[nodiscard]] Problem problem_of(const Refusal& refusal);

/// JSON text, as in an answer's body or in the `error` of an order or a challenge.
[[nodiscard]] std::string to_json(const Problem& problem);

/// `application/problem+json`.
[[nodiscard]] wire::HttpResponse to_response(const Problem& problem);

/// The commonest ones.
[[nodiscard]] Problem malformed(std::string detail, std::optional<int> status = {});
[[nodiscard]] Problem unauthorized(std::string detail, std::optional<int> status = {});

/// Several things wrong at once: the type that all share, or `compound`.
/// @param subproblems  at least one.
[[nodiscard]] Problem problem_with(std::vector<Subproblem> subproblems, std::string detail);

}  // namespace shinsa::fakes::acme
