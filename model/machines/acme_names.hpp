/// Which names a customer's registrations let stand in an order, and which clause says no.
///
/// A use-FQDN covers itself and itself with one `www` in front; a wildcard covers itself alone
/// (readings ACM-Q7, ACM-Q8). Source: ACM-04, 07 to 09, 38, 54 (page lines 49, 57 to 61, 131 to
/// 137, 183 to 187, 223 to 224).
#pragma once

#include "model/core/context.hpp"

namespace shinsa::model::acme_names {

/// The registration under which a certificate may be issued for the name, an exact one before one
/// that covers it by the www rule; kNoObject if there is none.
/// @param ordered  when the order was made: under a reading of ACM-Q9 that decides.
[[nodiscard]] ObjectIndex registration_for(const Context& c, TextId name, Instant ordered);

/// The clause that keeps the name out of an order; kNoClause if none does.
[[nodiscard]] ClauseIndex objection(const Context& c, TextId name, Instant ordered);

/// Whether the name is the registered one with `www` in front.
[[nodiscard]] bool is_with_www(const Context& c, TextId name, TextId registered);

/// Whether one of the names is a wildcard.
[[nodiscard]] bool has_wildcard(const Facts& facts, ListId names);

/// What becomes the common name: the first wildcard, or else the first name.
[[nodiscard]] TextId common_name(const Facts& facts, ListId names);

}  // namespace shinsa::model::acme_names
