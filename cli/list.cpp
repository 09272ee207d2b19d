#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/loader.hpp"
#include "sim/conduct.hpp"
#include "sim/fault.hpp"

namespace shinsa::cli {

namespace {

bool japanese(const Common& common) { return common.lang == "ja"; }

int list_systems(const Common& common) {
  const auto implemented = model::implemented_systems();
  for (const Page& page : pages()) {
    const bool here = std::ranges::count(implemented, page.system) > 0;
    std::cout << page.prefix << "  " << page.system << "  "
              << (japanese(common) ? page.page : page.title)
              << (here               ? ""
                  : japanese(common) ? "  (モデル未実装)"
                                     : "  (catalogued, no model yet)")
              << "\n";
  }
  return kHeld;
}

int list_clauses(const Common& common, bool all) {
  for (const Clause& one : clauses()) {
    if (!all && !is_of_a_page(one)) continue;
    std::cout << one.id << "  " << one.kind << "  " << statement_in(one, common.lang) << "\n";
  }
  return kHeld;
}

int list_readings(const Common& common) {
  auto profile = model::make_profile({common.system, common.readings, {}});
  if (!profile) return tell_error(profile.error().text());
  for (std::size_t r = 0; r < readings().size(); ++r) {
    const Reading& one = readings()[r];
    std::cout << one.id << "  " << one.issue << "\n";
    for (std::size_t a = 0; a < one.alternatives.size(); ++a) {
      const bool chosen = static_cast<std::size_t>((*profile)->readings[r]) == a;
      std::cout << (chosen ? "  * " : "    ") << one.alternatives[a].name << ": "
                << one.alternatives[a].says << "\n";
    }
  }
  return kHeld;
}

int list_guards(const Common& common) {
  auto profile = model::make_profile({common.system, {}, {}});
  if (!profile) return tell_error(profile.error().text());
  for (const model::MachineApi* machine : (*profile)->machines)
    for (const model::GuardInfo& guard : machine->guards)
      if (const ClauseIndex index = (*profile)->clause_of(guard.clauses); index != kNoClause)
        std::cout << clause(index).id << "  " << machine->name << "." << guard.name << "\n";
  return kHeld;
}

int list_events() {
  for (const EventType& type : kEventTypes) {
    std::cout << type.name << "  (" << to_text(type.sort)
              << (type.actor == Actor::nobody ? "" : ", ")
              << (type.actor == Actor::nobody ? "" : to_text(type.actor)) << ")  " << type.says
              << "\n";
    for (std::size_t f = 0; f < type.field_count(); ++f) {
      const FieldType& field = type.fields[f];
      std::cout << "    " << field.name << (field.required ? "*" : "") << "  "
                << (field.kind == FieldKind::choice ? field.choices : to_text(field.kind)) << "  "
                << field.says << "\n";
    }
  }
  return kHeld;
}

int list_mutants(const Common& common) {
  for (const model::MutantInfo& mutant : model::list_mutants(common.system))
    std::cout << mutant.id << "  " << mutant.where << "\n";
  return kHeld;
}

int list_conduct() {
  for (const sim::Choice& choice : sim::choices())
    std::cout << choice.name << "  " << choice.options << "|any  " << choice.says << "\n";
  return kHeld;
}

int list_faults() {
  for (const sim::FaultKind& kind : sim::fault_kinds())
    std::cout << kind.fake << ":" << kind.kind << "  " << kind.says << "\n";
  std::cout << "when: @nth=N  @window=FROM/TO  @subject=SUBJECT  @probability=P; a delay: "
               "mail:delay=PT2H\n";
  return kHeld;
}

int list_scenarios(const Common& common) {
  const auto loaded = scenarios::load_paths({common.scenario_root}, common.scenario_root);
  for (const Error& error : loaded.errors) std::cerr << "shinsa: " << error.text() << "\n";
  for (const auto& story : loaded.stories)
    std::cout << story.id << "  " << (japanese(common) ? story.title_ja : story.title_en) << "\n";
  return loaded.errors.empty() ? kHeld : kCouldNotRun;
}

}  // namespace

int list(const Common& common, const std::string& what, bool all) {
  if (what == "systems") return list_systems(common);
  if (what == "clauses") return list_clauses(common, all);
  if (what == "readings") return list_readings(common);
  if (what == "guards") return list_guards(common);
  if (what == "events") return list_events();
  if (what == "mutants") return list_mutants(common);
  if (what == "conduct") return list_conduct();
  if (what == "faults") return list_faults();
  if (what == "scenarios") return list_scenarios(common);
  static constexpr std::string_view kWhat[] = {"systems", "clauses", "readings",
                                               "guards",  "events",  "mutants",
                                               "conduct", "faults",  "scenarios"};
  std::cerr << "shinsa: nothing called '" << what << "' to list" << did_you_mean(what, kWhat)
            << "\n  see: shinsa list --help\n";
  return kUsage;
}

}  // namespace shinsa::cli
