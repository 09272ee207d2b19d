/// The catalogue: every clause of the five pages, every reading, and every value (count, period,
/// subject, sender, label).
///
/// Owned by the YAML files of this folder; the build turns them into constexpr tables
/// (`catalogue_tables.hpp`, ids and values) and a source file with the long texts. A value stands
/// here and nowhere else; code asks for it by clause id and key, and an id or key that does not
/// exist does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace shinsa {

/// Position in the table of clauses. Not stable between builds; the id is.
using ClauseIndex = std::uint16_t;
inline constexpr ClauseIndex kNoClause = 0xffff;

/// A named value of a clause: `{key: subject, text: ...}` or `{key: years, number: 2}`.
struct ClauseValue {
  std::string_view key;
  bool is_number = false;
  std::int64_t number = 0;
  std::string_view text;
};

/// One clause. Texts are our own words; `lines` are line numbers of the page's stored text.
struct Clause {
  std::string_view id;      ///< `JPR-21`
  std::string_view system;  ///< `jpdirect-reissue`; empty for RFC-, POL-, ASM-
  std::string_view lines;   ///< `12,51`
  std::string_view
      kind;  ///< rule, prohibition, permission, timing, effect, billing, actor-action, information
  std::string_view statement_en;
  std::string_view statement_ja;
  std::string_view observable_en;  ///< what an outside test can see
  std::string_view observable_ja;
  std::string_view open_question;  ///< what the page leaves open, and the readings that settle it
  std::string_view source;         ///< for RFC-, POL-, ASM-: where it comes from
  std::string_view note_en;  ///< why nothing in the model represents it; empty if something does
  std::string_view note_ja;
  std::span<const std::string_view> actors;
  std::span<const ClauseValue> values;
};

/// One meaning that a reading offers.
struct Alternative {
  std::string_view name;  ///< `hold-or-refuse`
  std::string_view says_en;
  std::string_view says_ja;
};

/// The chosen meaning of an ambiguous clause. The first alternative is the default.
struct Reading {
  std::string_view id;  ///< `JPR-Q5`
  std::string_view system;
  std::string_view kind;  ///< contradiction, open question, document gap
  std::string_view lines;
  std::string_view issue_en;
  std::string_view issue_ja;
  std::span<const Alternative> alternatives;  ///< at least one; [0] is the default
};

/// One of the five pages.
struct Page {
  std::string_view system;   ///< `jpdirect-reissue`
  std::string_view prefix;   ///< `JPR`
  std::string_view title;    ///< in English
  std::string_view page;     ///< title of the page, in Japanese
  std::string_view address;  ///< host and path
};

[[nodiscard]] std::span<const Clause> clauses();  ///< all, ordered by id; positions are ClauseIndex
[[nodiscard]] std::span<const Reading> readings();  ///< all, ordered by id
[[nodiscard]] std::span<const Page> pages();        ///< the five

[[nodiscard]] const Clause& clause(ClauseIndex index);
[[nodiscard]] std::optional<ClauseIndex> find_clause(std::string_view id);
[[nodiscard]] const Reading* find_reading(std::string_view id);
/// The statement in the language asked for (`ja` or `en`).
[[nodiscard]] std::string_view statement_in(const Clause& clause, std::string_view lang);
/// Whether the clause leaves open what the reading settles, or the reading speaks of the clause.
[[nodiscard]] bool is_about(const Reading& reading, const Clause& clause);
/// What kind of clause, in the language asked for: `prohibition`, 「禁止」.
[[nodiscard]] std::string_view kind_word(std::string_view kind, std::string_view lang);
/// Whether the clause is one of the five pages' 233, rather than RFC-, POL- or ASM-.
[[nodiscard]] bool is_of_a_page(const Clause& clause);

}  // namespace shinsa
