#include "properties/bounded/graph.hpp"

#include <bit>
#include <map>
#include <set>

namespace shinsa::properties::bounded {

namespace {

using explorer::StateIndex;
using Words = std::array<std::uint32_t, sizeof(BoundedModel::Key) / 4>;

std::string name_of(StateIndex state) { return "s" + std::to_string(state); }

std::string label_of(const Taken& taken, const Facts& facts) {
  if (taken.waits) return to_text(taken.time);
  return std::string(taken.event.row().name) + "\\n" + std::string(facts.text(taken.event.subject));
}

}  // namespace

std::string graph_of(const BoundedModel& model, const explorer::Search<BoundedModel>& search,
                     const explorer::Found& found) {
  std::map<Words, StateIndex> states;
  for (StateIndex i = 0; i < found.states; ++i) states[std::bit_cast<Words>(search[i])] = i;
  std::set<StateIndex> way;
  if (found.first_broken)
    for (const StateIndex state : search.states_to(*found.first_broken)) way.insert(state);
  std::string text =
      "digraph world {\n"
      "  graph [rankdir=TB, nodesep=0.3, ranksep=0.5, fontname=\"sans-serif\"]\n"
      "  node [shape=circle, style=filled, fillcolor=\"#f4f6fb\", color=\"#33415c\", "
      "fontname=\"sans-serif\", fontsize=10]\n"
      "  edge [color=\"#33415c\", fontname=\"sans-serif\", fontsize=9]\n"
      "  begin [shape=point, width=0.15, label=\"\"]\n"
      "  begin -> s0\n";
  std::string arrows;
  for (StateIndex i = 0; i < found.states; ++i) {
    const BoundedModel::Key& from = search[i];
    text += "  " + name_of(i) + " [id=\"state-" + std::to_string(i) + "\", label=\"" +
            std::to_string(i) + "\"" +
            (model.broken(from) ? ", fillcolor=\"#d64545\", fontcolor=white" : "") + "]\n";
    model.expand(from, [&](Step step, const BoundedModel::Key& to) {
      const auto known = states.find(std::bit_cast<Words>(to));
      if (known == states.end()) return;  // beyond where the search stopped
      const Taken taken = model.taken(from, step);
      const bool on_the_way = way.contains(known->second) && search.parent(known->second) == i &&
                              search.step_to(known->second) == step;
      arrows += "  " + name_of(i) + " -> " + name_of(known->second) + " [label=\"" +
                label_of(taken, model.facts()) + "\"" + (taken.waits ? ", style=dashed" : "") +
                (on_the_way ? ", penwidth=3" : "") + "]\n";
    });
  }
  return text + arrows + "}\n";
}

}  // namespace shinsa::properties::bounded
