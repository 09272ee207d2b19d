/// YAML as Terms: scalars stay text, places are kept, duplicate keys and alias bombs are refused,
/// variables are put in.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "model/vocabulary/result.hpp"
#include "scenarios/source_text.hpp"
#include "scenarios/story.hpp"

namespace shinsa::scenarios {

/// @return the document; errors (YAML's own, duplicate keys, too many nodes) are added to `errors`.
[[nodiscard]] Term read_terms(const SourceText& source, std::vector<Error>& errors);

using Variables = std::map<std::string, Term>;

/// Puts `${name}` in, in values and keys. A scalar that is nothing but `${name}` becomes the
/// variable's value, list or `~` included. Names that are no variable stay as they are. @param used
/// gets the names that were put in.
[[nodiscard]] Term filled_in(const Term& term, const Variables& variables,
                             std::set<std::string>& used);

}  // namespace shinsa::scenarios
