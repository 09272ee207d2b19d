#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <iterator>

#include "cli/collect/collect.hpp"
#include "cli/collect/suite.hpp"
#include "cli/commands.hpp"
#include "cli/japanese.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/suggest.hpp"
#include "properties/laws/law.hpp"
#include "scenarios/loader.hpp"
#include "scenarios/runner.hpp"
#include "sim/conduct/ways.hpp"
#include "sim/fault.hpp"

namespace shinsa::cli {

namespace {

namespace json = boost::json;
using model::MachineApi;

/// What is listed: a line for people and an object for scripts, made of the same facts.
struct Item {
  std::string line;
  json::object object;
};
using Items = std::vector<Item>;

json::array strings(const std::vector<std::string>& texts) {
  json::array all;
  for (const std::string& text : texts) all.emplace_back(text);
  return all;
}

std::string full_name(const MachineApi& machine, std::string_view part) {
  return std::string(machine.name) + "." + std::string(part);
}

/// `UnderReview + FormReturned -> Issued`.
std::string row_text(const MachineApi& machine, const model::RowInfo& row) {
  return std::string(machine.states[row.source]) + " + " +
         std::string(machine.events[row.event].name) + " -> " +
         std::string(machine.states[row.target]);
}

std::vector<std::string> rows_of_guard(const MachineApi& machine, std::size_t guard) {
  std::vector<std::string> all;
  for (const model::RowInfo& row : machine.rows)
    for (const model::Atom& atom : row.atoms)
      if (atom.guard == guard) all.push_back((atom.negated ? "not " : "") + row_text(machine, row));
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

// -- systems, clauses, readings
// ------------------------------------------------------------------------------------------------

Items systems(const Common& common) {
  const bool ja = common.lang == "ja";
  const auto implemented = model::implemented_systems();
  Items items;
  for (const Page& page : pages()) {
    const bool here = std::ranges::count(implemented, page.system) > 0;
    std::string line = std::string(page.prefix) + "  " + std::string(page.system) + "  " +
                       std::string(ja ? page.page : page.title);
    if (!here) line += said("  (catalogued, no model yet)");
    items.push_back({line,
                     {{"system", page.system},
                      {"prefix", page.prefix},
                      {"title", page.title},
                      {"page", page.page},
                      {"address", page.address},
                      {"implemented", here}}});
  }
  return items;
}

/// Where a clause stands in the machines of its system.
void add_machines(json::object& object, const model::Profile& profile, ClauseIndex index) {
  std::vector<std::string> guards, effects, permits, breaks, never;
  const auto has = [index](std::span<const ClauseIndex> all) {
    return std::ranges::count(all, index) > 0;
  };
  for (const MachineApi* machine : profile.machines) {
    for (const model::GuardInfo& guard : machine->guards)
      if (has(guard.clauses)) guards.push_back(full_name(*machine, guard.name));
    for (const model::EffectInfo& effect : machine->effects)
      if (has(effect.clauses))
        (effect.permits ? permits : effects).push_back(full_name(*machine, effect.name));
    for (const model::BreakInfo& broken : machine->breaks)
      if (broken.guard < 0 && has(broken.clauses))
        breaks.push_back(full_name(*machine, machine->events[broken.event].name));
  }
  for (const auto& [type, clause] : profile.never)
    if (clause == index) never.emplace_back(kEventTypes[type].name);
  object["guards"] = strings(guards);
  object["effects"] = strings(effects);
  object["permits"] = strings(permits);
  object["out_of_order"] = strings(breaks);
  object["never"] = strings(never);
}

json::array laws_of(std::string_view system, ClauseIndex index) {
  json::array names;
  for (const properties::Law& law : properties::laws(system))
    if (std::ranges::count(law.clauses, index) > 0) names.emplace_back(law.name);
  return names;
}

/// Runs the suites, quietly and with certificates on paper, to see what exercises each clause.
Result<reports::Results> run_suites(const Common& common, const ProfileList& profiles) {
  auto loaded = scenarios::load_paths({common.scenario_root}, common.scenario_root);
  if (!loaded.errors.empty()) return Failure(loaded.errors.front());
  Collector collector(profiles);
  reports::Results results;
  const auto take = [&](const scenarios::Story& story, const scenarios::StoryRun& ran) {
    results.scenarios.push_back(collector.add(story, ran, "", common.seed));
    return Result<void>{};
  };
  const scenarios::RunOptions options{common.seed, common.readings, {}, {}, fakes::Detail::paper};
  if (auto ran = run_stories(loaded.stories, options, common.jobs, take); !ran)
    return Failure(ran.error());
  collector.finish(results);
  return results;
}

Result<Items> clauses_of(const Common& common, const ListCommand& command) {
  Items items;
  ProfileList profiles;
  reports::Results results;
  if (common.json || command.uncovered) {
    for (std::string_view system : model::implemented_systems()) {
      auto profile = model::make_profile({std::string(system), common.readings, {}});
      if (!profile) return Failure(profile.error());
      profiles.push_back(std::move(*profile));
    }
    auto ran = run_suites(common, profiles);
    if (!ran) return Failure(ran.error());
    results = std::move(*ran);
  }
  for (std::size_t i = 0; i < clauses().size(); ++i) {
    const auto index = static_cast<ClauseIndex>(i);
    const Clause& one = clause(index);
    if (!command.all && !is_of_a_page(one)) continue;
    if (common.system_given && one.system != common.system) continue;
    if (!command.kind.empty() && one.kind != command.kind) continue;
    Item item;
    item.line = std::string(one.id) + "  " + std::string(kind_word(one.kind, common.lang)) + "  " +
                std::string(statement_in(one, common.lang));
    json::object& o = item.object;
    o["id"] = one.id;
    o["system"] = one.system;
    o["kind"] = one.kind;
    o["lines"] = one.lines;
    o["statement"] = {{"en", one.statement_en}, {"ja", statement_in(one, "ja")}};
    o["observable"] = {{"en", one.observable_en}, {"ja", one.observable_ja}};
    if (!one.note_en.empty()) o["note"] = {{"en", one.note_en}, {"ja", one.note_ja}};
    json::object numbers, labels;
    for (const ClauseValue& value : one.values)
      if (value.is_number)
        numbers[value.key] = value.number;
      else
        labels[value.key] = value.text;
    o["numbers"] = std::move(numbers);
    o["labels"] = std::move(labels);
    o["implemented"] = std::ranges::count(model::implemented_systems(), one.system) > 0;
    const auto profile = std::ranges::find(profiles, one.system, &model::Profile::name);
    if (profile != profiles.end()) {
      add_machines(o, **profile, index);
      o["laws"] = laws_of(one.system, index);
    }
    const auto result =
        std::ranges::find(results.clauses, std::string(one.id), &reports::ClauseResult::id);
    if (result != results.clauses.end()) {
      o["verdict"] = reports::to_text(result->verdict);
      o["scenarios"] = strings(result->scenarios);
    }
    const bool idle =
        result != results.clauses.end() && result->verdict == reports::Verdict::not_exercised;
    if (command.uncovered && !idle) continue;
    items.push_back(std::move(item));
  }
  return items;
}

Result<Items> readings_of(const Common& common) {
  auto profile = model::make_profile({common.system, common.readings, {}});
  if (!profile) return Failure(profile.error());
  const bool ja = common.lang == "ja";
  Items items;
  for (std::size_t r = 0; r < readings().size(); ++r) {
    const Reading& one = readings()[r];
    if (common.system_given && one.system != common.system) continue;
    Item item;
    item.line = std::string(one.id) + "  " + std::string(ja ? one.issue_ja : one.issue_en);
    json::array alternatives;
    for (std::size_t a = 0; a < one.alternatives.size(); ++a) {
      const bool chosen = static_cast<std::size_t>((*profile)->readings[r]) == a;
      const auto& alternative = one.alternatives[a];
      item.line += std::string(chosen ? "\n  * " : "\n    ") + std::string(alternative.name) +
                   ": " + std::string(ja ? alternative.says_ja : alternative.says_en);
      alternatives.push_back({{"name", alternative.name},
                              {"says", {{"en", alternative.says_en}, {"ja", alternative.says_ja}}},
                              {"chosen", chosen}});
    }
    item.object = {{"id", one.id},
                   {"system", one.system},
                   {"kind", one.kind},
                   {"lines", one.lines},
                   {"issue", {{"en", one.issue_en}, {"ja", one.issue_ja}}},
                   {"alternatives", alternatives}};
    items.push_back(std::move(item));
  }
  return items;
}

// -- guards, laws, mutants
// -----------------------------------------------------------------------------------------------------

/// The system asked for, or all that have a model.
std::vector<std::string> systems_of(const Common& common) {
  if (common.system_given) return {common.system};
  const auto all = model::implemented_systems();
  return {all.begin(), all.end()};
}

Result<Items> guards(const std::string& system) {
  auto profile = model::make_profile({system, {}, {}});
  if (!profile) return Failure(profile.error());
  const auto mutants = model::list_mutants(system);
  Items items;
  for (const MachineApi* machine : (*profile)->machines)
    for (std::size_t g = 0; g < machine->guards.size(); ++g) {
      const model::GuardInfo& guard = machine->guards[g];
      const ClauseIndex index = (*profile)->clause_of(guard.clauses);
      if (index == kNoClause || !model::stands_in_a_row(*machine, g)) continue;
      const std::string id(clause(index).id);
      json::array own;
      for (const char* kind : {":allow", ":deny"})
        if (std::ranges::count(mutants, id + kind, &model::MutantInfo::id) > 0)
          own.emplace_back(id + kind);
      items.push_back({id + "  " + full_name(*machine, guard.name),
                       {{"id", id},
                        {"system", system},
                        {"machine", machine->name},
                        {"name", guard.name},
                        {"rows", strings(rows_of_guard(*machine, g))},
                        {"of_actions", model::is_of_actions(*machine, g)},
                        {"mutants", own}}});
    }
  return items;
}

Items laws(const std::string& system, const std::string& lang) {
  Items items;
  for (const properties::Law& law : properties::laws(system)) {
    std::vector<std::string> ids;
    std::string text;
    for (ClauseIndex index : law.clauses) {
      ids.emplace_back(clause(index).id);
      text += (text.empty() ? "" : ", ") + ids.back();
    }
    items.push_back({said(properties::to_text(law.kind)) + "  " + std::string(law.name) + "  [" +
                         text + "]  " + std::string(lang == "ja" ? law.says_ja : law.says_en),
                     {{"name", law.name},
                      {"system", system},
                      {"kind", properties::to_text(law.kind)},
                      {"clauses", strings(ids)},
                      {"says", {{"en", law.says_en}, {"ja", law.says_ja}}}}});
  }
  return items;
}

Items mutants_of(const std::string& system) {
  Items items;
  for (const model::MutantInfo& mutant : model::list_mutants(system))
    items.push_back({mutant.id + "  " + mutant.where,
                     {{"id", mutant.id},
                      {"system", system},
                      {"clause", clause(mutant.clause).id},
                      {"kind", mutant.kind},
                      {"where", mutant.where}}});
  return items;
}

/// The same of several systems, one after the other.
template <class List>
Result<Items> of_systems(const Common& common, const List& list_of) {
  Items all;
  for (const std::string& system : systems_of(common)) {
    Result<Items> items = list_of(system);
    if (!items) return items;
    std::ranges::move(*items, std::back_inserter(all));
  }
  return all;
}

// -- events, conduct, faults, scenarios
// ----------------------------------------------------------------------------------------

Items events() {
  Items items;
  for (const EventType& type : kEventTypes) {
    Item item;
    item.line = std::string(type.name) + "  (" + said(to_text(type.sort));
    if (type.actor != Actor::nobody) item.line += ", " + said(to_text(type.actor));
    item.line += ")  " + said(type.says);
    json::array fields;
    for (std::size_t f = 0; f < type.field_count(); ++f) {
      const FieldType& field = type.fields[f];
      const std::string kind =
          field.kind == FieldKind::choice ? std::string(field.choices) : said(to_text(field.kind));
      item.line += "\n    " + std::string(field.name) + (field.required ? "*" : "") + "  " + kind +
                   "  " + said(field.says);
      json::object one{{"name", field.name},
                       {"kind", to_text(field.kind)},
                       {"required", field.required},
                       {"says", field.says}};
      if (field.kind == FieldKind::choice) one["choices"] = field.choices;
      fields.push_back(std::move(one));
    }
    item.object = {
        {"type", type.name},       {"sort", to_text(type.sort)}, {"actor", to_text(type.actor)},
        {"subject", type.subject}, {"says", type.says},          {"fields", fields}};
    items.push_back(std::move(item));
  }
  return items;
}

Items conduct(const std::string& system) {
  Items items;
  for (const sim::OfSystem& of : sim::all_ways())
    for (const sim::Choice& choice : sim::choices_of(of.system))
      if (of.name == system)
        items.push_back({system + "  " + std::string(choice.name) + "  " +
                             std::string(choice.options) + "|any  " + said(choice.says),
                         {{"system", system},
                          {"name", choice.name},
                          {"options", choice.options},
                          {"says", choice.says}}});
  return items;
}

Items faults() {
  Items items;
  for (const sim::FaultKind& kind : sim::fault_kinds())
    items.push_back({std::string(kind.fake) + ":" + std::string(kind.kind) + "  " + said(kind.says),
                     {{"fake", kind.fake}, {"kind", kind.kind}, {"says", kind.says}}});
  return items;
}

Result<Items> scenario_items(const Common& common) {
  const auto loaded = scenarios::load_paths({common.scenario_root}, common.scenario_root);
  if (!loaded.errors.empty()) return Failure(loaded.errors.front());
  Items items;
  for (const auto& story : loaded.stories)
    items.push_back({story.id + "  " + in(common.lang, story.title_en, story.title_ja),
                     {{"id", story.id},
                      {"title", {{"en", story.title_en}, {"ja", story.title_ja}}},
                      {"system", story.system},
                      {"file", story.place.file},
                      {"line", story.place.line},
                      {"covers", strings(story.covers)}}});
  return items;
}

int print(const Common& common, const std::string& what, const Result<Items>& items) {
  if (!items) return tell_error(items.error().text());
  if (common.json) {
    json::array all;
    for (const Item& item : *items) all.push_back(item.object);
    std::cout << json::serialize(json::object{{what, std::move(all)}}) << "\n";
    return kHeld;
  }
  for (const Item& item : *items) std::cout << item.line << "\n";
  if (what == "faults")
    std::cout << said(
                     "when: @nth=N  @window=FROM/TO  @subject=SUBJECT  @probability=P; a delay: "
                     "mail:delay=PT2H")
              << "\n";
  return kHeld;
}

}  // namespace

int list(const Common& common, const ListCommand& command) {
  const std::string& what = command.what;
  if (what == "systems") return print(common, what, systems(common));
  if (what == "clauses") return print(common, what, clauses_of(common, command));
  if (what == "readings") return print(common, what, readings_of(common));
  if (what == "guards") return print(common, what, of_systems(common, guards));
  if (what == "laws")
    return print(common, what, of_systems(common, [&](const std::string& system) {
                   return laws(system, common.lang);
                 }));
  if (what == "events") return print(common, what, events());
  if (what == "mutants") return print(common, what, of_systems(common, mutants_of));
  if (what == "conduct") return print(common, what, of_systems(common, conduct));
  if (what == "faults") return print(common, what, faults());
  if (what == "scenarios") return print(common, what, scenario_items(common));
  static constexpr std::string_view kWhat[] = {"systems", "clauses",  "readings", "guards",
                                               "laws",    "events",   "mutants",  "conduct",
                                               "faults",  "scenarios"};
  return tell_usage("nothing called '" + what + "' to list" + did_you_mean(what, kWhat),
                    "shinsa list --help");
}

}  // namespace shinsa::cli
