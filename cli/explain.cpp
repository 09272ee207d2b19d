#include <algorithm>
#include <iostream>

#include "cli/commands.hpp"
#include "cli/japanese.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/profile.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::cli {

namespace {

const Page* page_of(std::string_view system) {
  const auto at = std::ranges::find(pages(), system, &Page::system);
  return at == pages().end() ? nullptr : &*at;
}

void print(std::string_view label, const std::string& text) {
  if (!text.empty()) std::cout << "  " << label << ": " << text << "\n";
}

/// Machine, guard and the rows it stands in.
void print_guards(const Common& common, ClauseIndex index) {
  auto profile = model::make_profile({std::string(clause(index).system), {}, {}});
  if (!profile) return;
  const bool ja = common.lang == "ja";
  for (const model::MachineApi* machine : (*profile)->machines) {
    for (std::size_t g = 0; g < machine->guards.size(); ++g) {
      if (std::ranges::count(machine->guards[g].clauses, index) == 0) continue;
      print(ja ? "ガード" : "guard",
            std::string(machine->name) + "." + std::string(machine->guards[g].name));
      std::vector<std::string> told;
      for (const model::RowInfo& row : machine->rows)
        for (const model::Atom& atom : row.atoms) {
          if (atom.guard != g) continue;
          const std::string line = std::string(atom.negated ? "not " : "") +
                                   std::string(machine->states[row.source]) + " + " +
                                   std::string(machine->events[row.event].name) + " -> " +
                                   std::string(machine->states[row.target]);
          if (std::ranges::count(told, line) > 0) continue;
          told.push_back(line);
          std::cout << "      " << line << "\n";
        }
    }
    for (const model::EffectInfo& effect : machine->effects)
      if (std::ranges::count(effect.clauses, index) > 0)
        print(ja ? "エフェクト" : "effect",
              std::string(machine->name) + "." + std::string(effect.name));
    for (const model::BreakInfo& broken : machine->breaks)
      if (broken.guard < 0 && std::ranges::count(broken.clauses, index) > 0)
        print(ja ? "順序違反" : "out of order",
              std::string(machine->name) + ": " + std::string(machine->events[broken.event].name));
  }
}

void print_scenarios(const Common& common, std::string_view id) {
  const auto loaded = scenarios::load_paths({common.scenario_root}, common.scenario_root);
  for (const auto& story : loaded.stories)
    if (std::ranges::count(story.covers, id) > 0)
      print(common.lang == "ja" ? "シナリオ" : "scenario",
            story.id + "  " + in(common.lang, story.title_en, story.title_ja));
}

void explain_clause(const Common& common, ClauseIndex index) {
  const Clause& one = clause(index);
  const bool ja = common.lang == "ja";
  std::cout << one.id << "  " << statement_in(one, common.lang) << "\n";
  if (const Page* page = page_of(one.system)) {
    print(ja ? "ページ" : "page",
          std::string(page->page) + " (" + std::string(page->address) + ")");
    print(ja ? "行" : "lines", std::string(one.lines));
  }
  print(ja ? "出典" : "source", said(one.source));
  print(ja ? "種別" : "kind", std::string(kind_word(one.kind, common.lang)));
  print(ja ? "観測できること" : "observable",
        std::string(ja ? one.observable_ja : one.observable_en));
  for (const ClauseValue& value : one.values)
    print(ja ? "値" : "value",
          std::string(value.key) + " = " +
              (value.is_number ? std::to_string(value.number) : std::string(value.text)));
  for (const Reading& reading : readings())
    if (is_about(reading, one))
      print(ja ? "解釈" : "reading",
            std::string(reading.id) + "  " + std::string(ja ? reading.issue_ja : reading.issue_en));
  print_guards(common, index);
  print_scenarios(common, one.id);
}

void explain_reading(const Common& common, const Reading& one) {
  const bool ja = common.lang == "ja";
  std::cout << one.id << "  " << (ja ? one.issue_ja : one.issue_en) << "\n";
  print(ja ? "行" : "lines", std::string(one.lines));
  print(ja ? "種別" : "kind", said(one.kind));
  for (std::size_t a = 0; a < one.alternatives.size(); ++a)
    print(a == 0 ? (ja ? "既定" : "default") : (ja ? "別の解釈" : "alternative"),
          std::string(one.alternatives[a].name) + ": " +
              std::string(ja ? one.alternatives[a].says_ja : one.alternatives[a].says_en));
}

}  // namespace

int explain(const Common& common, const std::string& what) {
  if (what.ends_with(".yaml") || what.find(".yaml:") != std::string::npos)
    return explain_story(common, what);
  if (const auto index = find_clause(what)) {
    explain_clause(common, *index);
    return kHeld;
  }
  if (const Reading* reading = find_reading(what)) {
    explain_reading(common, *reading);
    return kHeld;
  }
  std::vector<std::string_view> ids;
  for (const Clause& one : clauses()) ids.push_back(one.id);
  for (const Reading& one : readings()) ids.push_back(one.id);
  return tell_usage("no clause or reading '" + what + "'" + did_you_mean(what, ids),
                    "shinsa list clauses");
}

}  // namespace shinsa::cli
