#include "scenarios/parts.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/suggest.hpp"
#include "scenarios/terms.hpp"

namespace shinsa::scenarios {

namespace {

constexpr std::size_t kItemsMax = 20'000;  // of one list, with all its repetitions

void tell(std::vector<Error>& errors, const Place& place, std::string what, std::string remedy) {
  errors.push_back({std::move(what), place.text(), std::move(remedy)});
}

void set(Term& map, const std::string& key, Term value) {
  for (auto& [name, there] : map.entries)
    if (name == key) {
      there = std::move(value);
      return;
    }
  map.entries.push_back({key, std::move(value)});
}

void drop(Term& map, std::string_view key) {
  std::erase_if(map.entries, [&](const auto& entry) { return entry.key == key; });
}

/// Items as they are, and those below an `each:` once for each of its rows.
void spread(const Term& list, const char* below, std::vector<Term>& into,
            std::vector<Error>& errors) {
  for (const Term& item : list.items) {
    const Term* const rows = item.find("each");
    if (!rows) {
      into.push_back(item);
      continue;
    }
    const Term* const inner = item.find(below);
    if (rows->kind != Term::Kind::list || !inner || inner->kind != Term::Kind::list)
      return tell(errors, item.place, std::string("each: has rows, and ") + below + ": below it",
                  std::string("write - each: [{n: 1}, {n: 2}], then ") + below + ":");
    for (const Term& row : rows->items) {
      Variables variables;
      for (const auto& [name, value] : row.entries) variables[name] = value;
      std::set<std::string> used;
      spread(filled_in(*inner, variables, used), below, into, errors);
      for (const auto& [name, value] : variables)
        if (!used.contains(name))
          return tell(errors, value.key_place, "the variable '" + name + "' is never used",
                      "use ${" + name + "} or take it out");
      if (into.size() > kItemsMax)
        return tell(errors, item.place, "each: makes too many steps", "make the lists shorter");
    }
  }
}

/// The list under a key, with every `each:` spread; nothing where there is no such list.
void spread_under(Term& map, const char* key, std::vector<Error>& errors) {
  const Term* const list = map.find(key);
  if (!list || list->kind != Term::Kind::list) return;
  Term all = *list;
  all.items.clear();
  spread(*list, key, all.items, errors);
  set(map, key, std::move(all));
}

/// The file with every `each:` of its facts spread.
Term with_all_facts(Term root, std::vector<Error>& errors) {
  if (const Term* given = root.find("given")) {
    Term all = *given;
    spread_under(all, "facts", errors);
    set(root, "given", std::move(all));
  }
  return root;
}

/// Clauses of one system, and of no page.
Term covers_of(const Term& covers, const std::string& system) {
  Term own = covers;
  std::erase_if(own.items, [&](const Term& item) {
    const auto index = find_clause(item.text);
    return index && !clause(*index).system.empty() && clause(*index).system != system;
  });
  return own;
}

/// The file as the part's system has it, its steps apart.
Part part_of(const Term& root, const std::string& name, const Term& described) {
  Part part{name, root, {}};
  drop(part.root, "parts");
  for (const auto& [key, value] : described.entries) set(part.root, key, value);
  const Term* const system = described.find("system");
  if (const Term* covers = root.find("covers"); covers && system)
    set(part.root, "covers", covers_of(*covers, system->text));
  return part;
}

/// Which part a step names, by position; none named: the first, for a step that only waits.
std::optional<std::size_t> part_named(const Term& step, const std::vector<Part>& parts,
                                      std::vector<Error>& errors) {
  const Term* const in = step.find("in");
  if (!in) {
    if (!step.entries.empty() && step.entries.front().key == "wait") return 0;
    tell(errors, step.place, "the step does not say in which part it happens",
         "add in: with the name of a part");
    return std::nullopt;
  }
  const auto part = std::ranges::find(parts, in->text, &Part::name);
  if (part != parts.end()) return static_cast<std::size_t>(part - parts.begin());
  std::vector<std::string_view> names;
  for (const Part& one : parts) names.push_back(one.name);
  tell(errors, in->place, "there is no part '" + in->text + "'" + did_you_mean(in->text, names),
       "add in: with the name of a part");
  return std::nullopt;
}

/// Hands each step to the part that it names.
void hand_out(const Term& steps, std::vector<Part>& parts, std::vector<Error>& errors) {
  std::vector<Term> own(parts.size(), steps);
  for (Term& list : own) list.items.clear();
  for (std::size_t i = 0; i < steps.items.size(); ++i) {
    const auto part = part_named(steps.items[i], parts, errors);
    if (!part) continue;
    own[*part].items.push_back(steps.items[i]);
    drop(own[*part].items.back(), "in");
    parts[*part].orders.push_back(i);
  }
  for (std::size_t p = 0; p < parts.size(); ++p) set(parts[p].root, "steps", std::move(own[p]));
}

/// A file of one system is its own only part.
Part only_part(Term whole) {
  Part part{{}, std::move(whole), {}};
  if (const Term* steps = part.root.find("steps"))
    for (std::size_t i = 0; i < steps->items.size(); ++i) part.orders.push_back(i);
  return part;
}

}  // namespace

std::vector<Part> parts_of(const Term& root, std::vector<Error>& errors) {
  Term whole = root;
  spread_under(whole, "steps", errors);
  spread_under(whole, "menu", errors);
  const Term* const described = whole.find("parts");
  std::vector<Part> parts;
  if (!described) {
    parts.push_back(only_part(with_all_facts(std::move(whole), errors)));
    return parts;
  }
  for (const auto& [name, part] : described->entries) {
    parts.push_back(part_of(whole, name, part));
    parts.back().root = with_all_facts(std::move(parts.back().root), errors);
  }
  if (parts.empty())
    tell(errors, described->place, "parts: names no part", "write parts: {a: {system: ...}}");
  if (const Term* steps = whole.find("steps"); steps && !parts.empty())
    hand_out(*steps, parts, errors);
  return parts;
}

std::vector<std::string> names_given(const Term& root) {
  std::vector<std::string> names;
  if (const Term* steps = root.find("steps"))
    for (const Term& step : steps->items) {
      if (const Term* as = step.find("as")) names.push_back(as->text);
      if (const Term* keep = step.find("keep"))
        for (const auto& [name, field] : keep->entries) names.push_back(name);
    }
  return names;
}

}  // namespace shinsa::scenarios
