/// Records of events from what a story writes: scalars become values as the event table says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fakes/cast.hpp"
#include "model/vocabulary/events.hpp"
#include "scenarios/story.hpp"

namespace shinsa::scenarios {

/// The names that steps have given to what they saw: the parts of a file share them.
using Names = std::map<std::string, std::string>;

/// `${name}`, put in wherever it stands.
[[nodiscard]] std::string filled(std::string text, const Names& names);

/// Sets one field, of any kind but a `csr:` that is described.
void put_field(RecordBuilder& record, const EventType& type, const Entry& entry, const Names& names,
               Facts& facts);

/// Sets what a CSR says: its text, and what is found in it.
/// @param term  the text, or `{key: ..., cn: ...}`, of which one is made.
/// @param cast  keeps it, so that it can be certified later.
/// @return an Error that names the place when none can be made.
[[nodiscard]] Result<void> put_csr(RecordBuilder& record, const EventType& type, const Term& term,
                                   fakes::Cast& cast, Facts& facts);

}  // namespace shinsa::scenarios
