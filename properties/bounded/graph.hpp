/// The states of a small world as a graph in Graphviz's language, for people to look at.
#pragma once

#include <string>

#include "properties/bounded/bounded_model.hpp"
#include "properties/explorer/search.hpp"

namespace shinsa::properties::bounded {

/// @param found  what the search has found: all its states are drawn, those not expanded without
/// arrows.
/// @return  nodes have the id `state-N`, in the order in which they were found; waiting is dashed,
/// what is on the shortest way to the first broken state is thick, and that state is red.
[[nodiscard]] std::string graph_of(const BoundedModel& model,
                                   const explorer::Search<BoundedModel>& search,
                                   const explorer::Found& found);

}  // namespace shinsa::properties::bounded
