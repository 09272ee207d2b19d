/// What the CA publishes by HTTP, where its certificates lead: its own certificates, revocation
/// lists, and the status of certificates by OCSP. Without sockets: a request in, an answer out.
///
/// Sources: RFC 5280 sections 4.2.1.13 and 4.2.2.1 (lists and certificates as DER), RFC 2585
/// section 4 (`application/pkix-cert`, `application/pkix-crl`), RFC 6960 appendix A (OCSP by GET
/// and POST), RFC 5019 section 6 (caches).
///
/// | path | what |
/// | --- | --- |
/// | `/root.cer`, `/issuing.cer` | certificates of the root and of the issuing CA |
/// | `/root.crl`, `/issuing.crl` | what each of them revoked, current at any instant |
/// | `/ocsp` | by POST; by GET with the request in base64 behind it, `/ocsp/MFEwTz...` |
///
/// Status and lists are for the virtual instant at which they were asked for, and caches count real
/// seconds: what may change is never to be used again unasked.
#pragma once

#include <string>

#include "fakes/ca/addresses.hpp"
#include "fakes/ca/authority.hpp"
#include "fakes/ca/revocation_register.hpp"
#include "fakes/wire/http.hpp"

namespace shinsa::fakes::ca {

/// The addresses of a repository that is reached at `base`, such as `http://127.0.0.1:8080`.
[[nodiscard]] Addresses addresses_at(const std::string& base);

/// Answers one request. A list that has run out is followed by the next one.
///
/// Refused: 404 another path, 405 another method, 415 a POST that is no `application/ocsp-request`.
/// What is no OCSP request is a whole answer of OCSP, 200 with `malformedRequest`, also where it is
/// no base64. 500 after the year 9999, where no list can be written.
/// @param known  of the issuing CA. @param now  not before what was revoked.
[[nodiscard]] wire::HttpResponse answer(const wire::HttpRequest& request,
                                        const Authority& authority, RevocationRegister& known,
                                        Instant now);

}  // namespace shinsa::fakes::ca
