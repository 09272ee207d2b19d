/// The mapping of a log that is not of our form, `shinsa-mapping/1`: YAML that says where in its
/// records the parts of an event stand and what its words mean.
#pragma once

#include <string>

#include "model/vocabulary/result.hpp"
#include "sim/mapping.hpp"

namespace shinsa::cli {

/// @param file  its name, for places.
/// @return an Error with `file:line:column` for what is no mapping: an unknown key, a type, a field
/// or a kind that is not ours, a JSON pointer or form of time that is none.
[[nodiscard]] Result<sim::Mapping> parse_mapping(const std::string& file, const std::string& text);

/// The same of a file. @return an Error too if it cannot be read.
[[nodiscard]] Result<sim::Mapping> read_mapping(const std::string& path);

/// JSON Schema (draft-07) of the form, for editors.
[[nodiscard]] std::string mapping_schema();

}  // namespace shinsa::cli
