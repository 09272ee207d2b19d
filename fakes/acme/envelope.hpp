/// From an HTTP request to one that is verified: what RFC 8555 section 6 asks of every POST.
#pragma once

#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

/// Whether a Host header can stand in an address: letters, digits, `.`, `-`, `:` and brackets.
[[nodiscard]] bool is_a_host(std::string_view host);

/// What every request must be, before it is looked at who sent it: a User-Agent, a method of the
/// place, no nonce where none belongs.
[[nodiscard]] OrProblem<void> check_request(const wire::HttpRequest& request, const Route& route);

/// The signed request in a POST. A nonce in it is spent whatever else is wrong with it.
/// @param asked  with base, route and query; the rest is filled in.
/// @param ahead  what was found out about the request before; null: nothing.
[[nodiscard]] OrProblem<Asked> open_envelope(const wire::HttpRequest& request, Asked asked,
                                             Office& office, const Ahead* ahead = nullptr);

/// What a fault of JOSE is to a client: `badSignatureAlgorithm` with the algorithms that are taken,
/// `badPublicKey`, else `malformed`.
[[nodiscard]] Problem problem_of(const Fault& fault);

/// The account that a `kid` names. @param base  what addresses of this server begin with.
[[nodiscard]] OrProblem<Account*> account_at(std::string_view kid, std::string_view base,
                                             const Accounts& accounts);

}  // namespace shinsa::fakes::acme
