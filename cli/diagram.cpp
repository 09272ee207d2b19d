#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/commands.hpp"
#include "cli/graphviz.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/suggest.hpp"
#include "reports/write_files.hpp"

namespace shinsa::cli {

namespace {

using model::EventInfo;
using model::MachineApi;
using model::RowInfo;

constexpr std::size_t kIdsPerLine = 4;

/// The parts of an arrow's label: what happens, under which clauses, with which obligations.
struct Label {
  std::string event;
  std::vector<std::string> guards;   ///< clause ids, `not JPR-23`, or the name of a question
  std::vector<std::string> effects;  ///< clause ids
};

void add_once(std::vector<std::string>& all, std::string text) {
  if (std::ranges::count(all, text) == 0) all.push_back(std::move(text));
}

/// A question as a reader knows it: `Under<Literal<7>{"JPR-Q5"}, ...>` is `JPR-Q5=refuse`.
std::string question(std::string_view name) {
  std::vector<std::string> quoted;
  for (std::size_t at = 0; (at = name.find('"', at)) != std::string_view::npos; ++at) {
    const std::size_t end = name.find('"', at + 1);
    if (end == std::string_view::npos) break;
    quoted.emplace_back(name.substr(at + 1, end - at - 1));
    at = end;
  }
  return quoted.size() == 2 ? quoted[0] + "=" + quoted[1] : std::string(name);
}

Label label_of(const MachineApi& machine, const model::Profile& profile, const RowInfo& row) {
  Label label;
  label.event = machine.events[row.event].name;
  for (const model::Atom& atom : row.atoms) {
    const model::GuardInfo& guard = machine.guards[atom.guard];
    const ClauseIndex index = profile.clause_of(guard.clauses);
    add_once(label.guards,
             (atom.negated ? "not " : "") +
                 (index == kNoClause ? question(guard.name) : std::string(clause(index).id)));
  }
  for (std::uint8_t at : row.effects) {
    const ClauseIndex index = profile.clause_of(machine.effects[at].clauses);
    if (index != kNoClause) add_once(label.effects, std::string(clause(index).id));
  }
  return label;
}

std::string joined(const std::vector<std::string>& ids, const char* line_break) {
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i) text += i % kIdsPerLine == 0 ? "," + std::string(line_break) : ", ";
    text += ids[i];
  }
  return text;
}

std::string text_of(const Label& label, const char* line_break) {
  std::string text = label.event;
  if (!label.guards.empty())
    text += line_break + std::string("[") + joined(label.guards, line_break) + "]";
  if (!label.effects.empty())
    text += line_break + std::string("/ ") + joined(label.effects, line_break);
  return text;
}

/// Graphviz: states and rows have stable ids (`state-Held`, `row-3`), inner messages and deadlines
/// are dashed.
std::string to_dot(const MachineApi& machine, const model::Profile& profile) {
  std::string text = "digraph " + std::string(machine.name) + " {\n";
  text +=
      "  graph [rankdir=TB, nodesep=0.5, ranksep=0.7, fontname=\"sans-serif\"]\n"
      "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#f4f6fb\", color=\"#33415c\", "
      "fontname=\"sans-serif\", fontsize=12]\n"
      "  edge [color=\"#33415c\", fontname=\"sans-serif\", fontsize=10]\n"
      "  begin [shape=point, width=0.15, label=\"\"]\n";
  for (std::string_view state : machine.states)
    text += "  " + std::string(state) + " [id=\"state-" + std::string(state) + "\"]\n";
  text += "  begin -> " + std::string(machine.states[0]) + "\n";
  for (std::size_t r = 0; r < machine.rows.size(); ++r) {
    const RowInfo& row = machine.rows[r];
    const bool inner = machine.events[row.event].source != EventInfo::Source::trace;
    text += "  " + std::string(machine.states[row.source]) + " -> " +
            std::string(machine.states[row.target]) + " [id=\"row-" + std::to_string(r + 1) +
            "\", label=\"" + text_of(label_of(machine, profile, row), "\\n") + "\"" +
            (inner ? ", style=dashed" : "") + "]\n";
  }
  return text + "}\n";
}

std::string to_mermaid(const MachineApi& machine, const model::Profile& profile) {
  std::string text = "stateDiagram-v2\n    [*] --> " + std::string(machine.states[0]) + "\n";
  for (const RowInfo& row : machine.rows)
    text += "    " + std::string(machine.states[row.source]) + " --> " +
            std::string(machine.states[row.target]) + " : " +
            text_of(label_of(machine, profile, row), "<br/>") + "\n";
  return text;
}

Result<std::string> draw(const MachineApi& machine, const model::Profile& profile,
                         const std::string& format) {
  if (format == "mermaid") return to_mermaid(machine, profile);
  const std::string dot = to_dot(machine, profile);
  if (format == "dot") return dot;
  return to_svg(dot, "--format svg", "install graphviz, or use --format mermaid");
}

std::string extension_of(const std::string& format) {
  return format == "mermaid" ? ".mmd" : "." + format;
}

/// Draws what was asked for of one system. @return how many were drawn.
Result<std::size_t> draw_some(const Common& common, const DiagramCommand& command,
                              const model::Profile& profile) {
  std::size_t drawn = 0;
  for (const MachineApi* machine : profile.machines) {
    if (command.machine != "all" && command.machine != machine->name) continue;
    auto picture = draw(*machine, profile, command.format);
    if (!picture) return Failure(picture.error());
    ++drawn;
    if (!common.out.empty()) {
      const auto file = std::filesystem::path(common.out) / profile.name /
                        (std::string(machine->name) + extension_of(command.format));
      if (auto written = reports::write_atomically(file, *picture); !written)
        return Failure(written.error());
    } else if (command.machine == "all" && command.format == "mermaid") {
      if (drawn == 1) std::cout << "## " << profile.name << "\n\n";
      std::cout << "### " << machine->name << "\n\n```mermaid\n" << *picture << "```\n\n";
    } else {
      std::cout << *picture;
    }
  }
  return drawn;
}

}  // namespace

int diagram(const Common& common, const DiagramCommand& command) {
  std::vector<std::string_view> names;
  std::vector<std::string_view> systems = model::implemented_systems();
  if (common.system_given) systems = {common.system};
  for (std::string_view system : systems) {
    auto profile = model::make_profile({std::string(system), {}, {}});
    if (!profile) return tell_error(profile.error().text());
    for (const MachineApi* machine : (*profile)->machines) names.push_back(machine->name);
    const auto drawn = draw_some(common, command, **profile);
    if (!drawn) return tell_error(drawn.error().text());
    if (*drawn && command.machine != "all") return kHeld;  // the first system that has it
  }
  if (command.machine == "all") return kHeld;
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string known;
  for (std::string_view name : names) known += (known.empty() ? "" : ", ") + std::string(name);
  return tell_usage("no machine '" + command.machine + "'" + did_you_mean(command.machine, names) +
                        ", there are " + known,
                    "shinsa diagram --help");
}

}  // namespace shinsa::cli
