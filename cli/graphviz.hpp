/// Pictures of graphs, by Graphviz's `dot`, which has to be installed for them alone.
#pragma once

#include <string>

#include "model/vocabulary/result.hpp"

namespace shinsa::cli {

/// @param dot  the graph in Graphviz's language.
/// @param asked_by  the option that asked for a picture, and `remedy` what to do where there is no
/// `dot`; for the Error.
[[nodiscard]] Result<std::string> to_svg(const std::string& dot, const std::string& asked_by,
                                         const std::string& remedy);

}  // namespace shinsa::cli
