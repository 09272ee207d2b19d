/// A story: one scenario file, or one row of its examples table, read and checked, with every name
/// resolved.
///
/// Scalars stay text until the event table says what they are: YAML's own typing (`no`, `1.10`,
/// dates) never applies.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::scenarios {

/// Where something stands in a scenario file; columns count characters as an editor shows them,
/// from 1.
struct Place {
  std::string file;
  int line = 0;
  int column = 0;
  [[nodiscard]] std::string text() const;  ///< `file:line:column`
};

/// A value as written: text, a list, or a map (for `csr: {key: ..., cn: ...}`).
struct Term {
  enum class Kind { text, list, map };
  Kind kind = Kind::text;
  std::string text;
  bool is_null = false;  ///< written `~`: takes a field away that a block laid
  std::vector<Term> items;
  struct Named;
  std::vector<Named> entries;
  Place place;
  Place key_place;  ///< of the key it stands under, if any
  [[nodiscard]] const Term* find(std::string_view key) const;
};

/// An entry of a map.
struct Term::Named {
  std::string key;
  Term value;
};

/// `name: value`, with the place of the name.
struct Entry {
  std::string name;
  Term value;
  Place place;
};

/// What was so before: one `fact.*` event.
struct Fact {
  std::string type;     ///< `fact.certificate`
  std::string subject;  ///< `certificate/A`
  std::vector<Entry> data;
  Place place;
};

/// One step. Which members are meaningful depends on the verb.
struct Step {
  enum class Verb {
    request,  ///< somebody outside does something; `refused` says what the answer must be
    expect,   ///< an action must be seen (after the step before, in any order with its neighbours)
    never,    ///< an action must not be seen from here to the end, or to `until`
    wait,     ///< let time pass
    mailbox,  ///< a mail lies in a folder of an address now
  };
  Verb verb = Verb::wait;
  std::string type;     ///< event type for request, expect, never
  std::string subject;  ///< for request: needed; for expect and never: empty means any
  std::vector<Entry>
      data;  ///< fields of the request, or what an expected or forbidden action has to agree with
  std::optional<std::vector<std::string>>
      refused;                ///< request: exactly these clauses refuse it; empty list: accepted
  std::optional<Instant> at;  ///< request, wait: virtual time of it
  std::optional<Duration> after;       ///< request, wait: so long after the step before
  std::optional<Duration> within;      ///< expect: so long after the request before it
  std::optional<Duration> not_before;  ///< expect: at least so long after the request before it
  std::string
      as;  ///< expect: a name for the subject of the action that was seen, for `${name}` later
  std::size_t order = 0;  ///< position among all steps of the file
  std::vector<std::pair<std::string, std::string>>
      keep;  ///< expect: names for fields of the action that was seen: (name, field)
  Place place;
};

struct Story {
  std::string id;  ///< `jpdirect-reissue/month-of-expiry#2`: path below scenarios/, `#row` for
                   ///< examples (from 1), `@part` for a part
  std::string title_en;
  std::string title_ja;
  std::string system;
  std::vector<std::string> covers;  ///< clause ids; each must be exercised or the story fails
  std::map<std::string, std::string> requires_;  ///< reading id -> alternative; else not applicable
  std::map<std::string, std::string> readings;   ///< readings that the story itself selects
  std::vector<std::string> mutants;              ///< for saved counterexamples
  std::vector<std::string> tags;
  Instant start;
  std::vector<Fact> facts;
  std::map<std::string, std::string> conduct;  ///< free choice -> what to do
  std::vector<std::string> faults;             ///< as on the command line: `mail:spam@nth=1`
  std::vector<Step> steps;
  std::string tale;  ///< of a part: id of the file that it is a part of; such stories run together
  std::string part;  ///< and its name there
  std::vector<std::pair<std::string, std::string>> example;  ///< this row's variables, for messages
  Place place;
};

}  // namespace shinsa::scenarios
