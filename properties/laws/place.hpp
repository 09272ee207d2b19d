/// What the ledgers of all systems have: how far a trace was read, what its texts say, and the
/// readings that it was made under.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/needed.hpp"

namespace shinsa::properties {

/// Whether what was found in a CSR is what it is refused for: its key or its signature (POL-01,
/// RFC-01).
[[nodiscard]] inline bool is_fault_of_csr(std::string_view problem) {
  return problem == "bad-signature" || problem == "weak-key" || problem == "key-type-not-allowed";
}

/// A position in a trace, from 1; 0: none. Only which comes first matters to a ledger.
struct Line {
  std::size_t at = 0;
  [[nodiscard]] explicit operator bool() const { return at != 0; }
  friend auto operator<=>(const Line&, const Line&) = default;
};

/// What somebody asks to be shown. The answer takes its time, and may show what held when the
/// oldest of the open questions came, or anything that has held since.
struct Asking {
  Line since;  ///< where the oldest came; none: no question is open
  Instant at;
  std::size_t asked = 0, answered = 0;  ///< since then
  [[nodiscard]] bool is_open() const { return asked > 0; }
  /// Whether an answer may go by what was so before `line`.
  [[nodiscard]] bool came_before(Line line) const { return is_open() && since < line; }
  void ask(Line line, Instant now) {
    if (!is_open()) *this = {line, now};
    ++asked;
  }
  /// What nobody asked for answers nothing.
  void answer() {
    if (is_open() && ++answered == asked) *this = {};
  }
};

class Place {
 public:
  /// Forgets how far a trace was read.
  void restart() {
    facts_ = nullptr;
    now_ = {};
    line_ = {};
    chosen_.clear();
  }
  /// Turns to the next event, of which `now` and `line` then speak; a ledger enters nothing yet.
  /// @param facts  outlives the trace.
  void turn_to(const Event& event, const Facts& facts, std::size_t line) {
    facts_ = &facts;
    now_ = event.time;
    line_ = {line};
    if (event.type != kType<"log.opened">) return;
    const Value readings = facts.record(event.data).fields[kField<"log.opened", "readings">];
    for (TextId id : list(readings.list())) chosen_.push_back(text(id));
  }

  /// Tells what of the store of facts it views beside its parts.
  void tell_needed(Needed& needed) const { needed(chosen_); }

  [[nodiscard]] Instant now() const { return now_; }
  [[nodiscard]] Line line() const { return line_; }
  [[nodiscard]] std::string_view text(TextId id) const { return facts_->text(id); }
  [[nodiscard]] std::span<const TextId> list(ListId id) const { return facts_->list(id); }

  /// Whether the trace was made under a reading that is not the default.
  template <Literal Id, Literal Name>
  [[nodiscard]] bool under() const {
    static_assert(ReadingChoice<Id, Name>::alternative > 0, "the default is what is not chosen");
    return std::ranges::any_of(chosen_, [](std::string_view chosen) {
      return chosen.size() == Id.view().size() + 1 + Name.view().size() &&
             chosen.starts_with(Id.view()) && chosen.ends_with(Name.view());
    });
  }

 private:
  const Facts* facts_ = nullptr;
  Instant now_;
  Line line_;
  std::vector<std::string_view> chosen_;  // readings, each as ID=name
};

}  // namespace shinsa::properties
