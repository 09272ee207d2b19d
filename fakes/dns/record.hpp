/// Records and messages as ldns has them. Private to this folder.
///
/// Sources: RFC 1035 sections 3.3 and 3.4, RFC 3596 (AAAA), RFC 8659 section 4.1 (CAA).
#pragma once

// ldns makes macros of bool, true and false, unless this has been seen.
#include <stdbool.h>

#include <ldns/ldns.h>

#include <memory>
#include <string>
#include <string_view>

#include "fakes/dns/dns.hpp"

namespace shinsa::fakes::dns {

struct FreeLdns {
  void operator()(ldns_rr* record) const { ldns_rr_free(record); }
  void operator()(ldns_rdf* field) const { ldns_rdf_deep_free(field); }
  void operator()(ldns_pkt* message) const { ldns_pkt_free(message); }
};
using RecordOwner = std::unique_ptr<ldns_rr, FreeLdns>;
using FieldOwner = std::unique_ptr<ldns_rdf, FreeLdns>;
using MessageOwner = std::unique_ptr<ldns_pkt, FreeLdns>;

/// The number of the type on the wire, and the other way round: nothing for one that is not ours.
[[nodiscard]] ldns_rr_type wire_type_of(Type type);
[[nodiscard]] std::optional<Type> type_of(std::uint16_t wire_type);

/// A name as a field: from the wire, or from text in the spelling of the zone; empty is the root.
[[nodiscard]] FieldOwner name_field(std::string_view wire_name);
[[nodiscard]] FieldOwner name_field_of_text(std::string_view name);

/// A record whose value is spelt as the zone keeps it (`spelt`), with time to live 0. A text longer
/// than 255 bytes goes out as several character-strings, one behind the other.
/// @return  null, if the value is too long for any message.
[[nodiscard]] RecordOwner record_of(FieldOwner owner, Type type, const std::string& value);

}  // namespace shinsa::fakes::dns
