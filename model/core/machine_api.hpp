/// A machine as everybody but itself sees it: names, rows, guards, effects, and three functions.
/// Plain data, no Boost.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/core/rule.hpp"

namespace shinsa::model {

class Context;

struct GuardInfo {
  std::string_view name;                 ///< `BeforeTheMonthOfExpiry`
  std::span<const ClauseIndex> clauses;  ///< empty for a Question
};

struct EffectInfo {
  std::string_view name;
  std::span<const ClauseIndex> clauses;  ///< empty for a Note
  bool permits = false;                  ///< a Permission: changes nothing, is only seen
  bool shows = false;                    ///< a Showing: done by whatever of it the guards take
};

/// A guard in a row, plain or negated.
struct Atom {
  std::uint8_t guard = 0;
  bool negated = false;
};

struct RowInfo {
  std::uint8_t source = 0;
  std::uint8_t event = 0;
  std::uint8_t target = 0;  ///< equals source in an internal row
  bool internal = false;
  std::span<const Atom> atoms;
  std::span<const std::uint8_t> effects;
};

struct EventInfo {
  enum class Source : std::uint8_t { trace, message, deadline };
  std::string_view name;
  Source source = Source::trace;
  TypeIndex type = 0;   ///< trace
  int via = -1;         ///< trace: field that names the object addressed
  MessageId message{};  ///< message
  InstantSlot slot{};   ///< deadline
  bool (*is)(const Context&, const Event&,
             const Record&) = nullptr;  ///< trace: takes only some events of the type
  /// trace: what the action that refuses the event must say, its clauses apart
  RecordId (*refusal)(const Context&, const Event&, const Record&,
                      std::span<const ClauseIndex>) = nullptr;

  /// trace: whom it is delivered to.
  [[nodiscard]] TextId addressee(const Event& event, const Record& record) const {
    return via < 0 ? event.subject : record.fields[static_cast<std::size_t>(via)].text();
  }
};

struct BreakInfo {
  std::uint8_t event = 0;
  int guard = -1;  ///< asked, if not -1
  std::span<const ClauseIndex> clauses;
  std::uint64_t states = 0;  ///< bit per state
  bool any_state = false;    ///< no state was named: used only where no specific line applies
};

inline constexpr std::uint8_t kNoRow = 0xff;

struct MachineApi {
  std::string_view name;
  ObjectKind kind{};
  std::span<const std::string_view> states;
  std::span<const EventInfo> events;
  std::span<const RowInfo> rows;
  std::span<const GuardInfo> guards;
  std::span<const EffectInfo> effects;
  std::span<const BreakInfo> breaks;
  std::span<const std::uint64_t> accepts;  ///< per state: bit per event that has a row there
  /// Fires at most one row. @return the new state; `fired` is its row or kNoRow.
  std::uint8_t (*step)(std::uint8_t state, Context&, std::uint8_t event, const Event&,
                       const Record&, std::uint8_t& fired);
  /// Asks the guards alone. @return the row that would fire, or kNoRow.
  std::uint8_t (*enabled)(std::uint8_t state, const Context&, std::uint8_t event, const Event&,
                          const Record&);
  /// Asks one guard for one event.
  bool (*ask)(std::uint8_t guard, const Context&, std::uint8_t event, const Event&, const Record&);
};

/// Whether a guard decides a row; one that does not only names what an event breaks.
[[nodiscard]] inline bool stands_in_a_row(const MachineApi& machine, std::size_t guard) {
  for (const RowInfo& row : machine.rows)
    for (const Atom& atom : row.atoms)
      if (atom.guard == guard) return true;
  return false;
}

/// Whether a guard is asked of actions alone: then a lawful portal never makes it say no.
[[nodiscard]] inline bool is_of_actions(const MachineApi& machine, std::size_t guard) {
  for (const RowInfo& row : machine.rows)
    for (const Atom& atom : row.atoms) {
      const EventInfo& event = machine.events[row.event];
      if (atom.guard == guard && (event.source != EventInfo::Source::trace ||
                                  kEventTypes[event.type].sort != Sort::action))
        return false;
    }
  return true;
}

}  // namespace shinsa::model
