/// Laws: what a trace must never show, must show in the end, or must show some time in a campaign.
///
/// They are the second oracle: written from the clause alone, over the vocabulary and the
/// catalogue, blind to the machines. Where a trace leaves open which of two forms an answer belongs
/// to, a law takes the meaning that is kinder to the judged party.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/events.hpp"
#include "model/vocabulary/needed.hpp"

namespace shinsa::properties {

enum class LawKind : std::uint8_t {
  always,      ///< no event of a trace breaks it
  eventually,  ///< a complete trace has kept it when it ends
  sometimes,   ///< some trace of a campaign shows it; a campaign that never does tests too little
};
[[nodiscard]] std::string_view to_text(LawKind kind);

struct Law {
  std::string_view name;  ///< `at-most-two-active`
  LawKind kind = LawKind::always;
  std::vector<ClauseIndex> clauses;
  std::string_view says_en;
  std::string_view says_ja;
  /// For a `sometimes`: the reading under which it cannot come, as in `JPR-Q6=renewals-only`.
  std::string_view not_under = {};
};

/// The law of every system that its actions come once, on the strength of those clauses: nothing
/// but a refusal is done twice at one instant, word for word, unless somebody outside did something
/// in between, or as many have asked to be shown it.
[[nodiscard]] Law nothing_twice(std::vector<ClauseIndex> clauses);

/// A law that a trace breaks. A line is the position of the event in the trace, from 1.
struct Breach {
  std::size_t law = 0;  ///< index in `laws(system)`
  std::size_t line = 0;
};

/// The laws of a system; empty for one that has none yet.
[[nodiscard]] std::span<const Law> laws(std::string_view system);

/// Holds one trace against all laws of a system, event by event.
class Monitor {
 public:
  virtual ~Monitor() = default;
  /// @param line  of the event, from 1, rising.
  virtual void see(const Event& event, const Facts& facts, std::size_t line) = 0;
  /// The trace is complete: what should have come by now has not.
  virtual void end(Instant now) = 0;
  /// Ready for another trace.
  virtual void reset() = 0;

  // For a trace without end.

  /// Forgets things that are over, of which nothing more is said.
  /// @param things  in order.
  virtual void forget(std::span<const TextId> things) = 0;
  /// Tells what of the store of facts it remembers.
  virtual void tell_needed(Needed& needed) const = 0;

  // For one who goes on from one trace in several ways.

  /// Time passes, and nothing happens.
  virtual void let_pass() = 0;
  /// What it remembers, as bytes: the same of two monitors with one fact store where nothing that
  /// comes can tell them apart. What was broken or shown so far is not among it.
  virtual void save(std::string& bytes) const = 0;
  /// Remembers instead what another monitor saved; nothing is broken or shown yet.
  /// @param bytes  stay where they are while the monitor is used.
  /// @return the line that counts as the last.
  virtual std::size_t load(std::string_view bytes) = 0;
  [[nodiscard]] const std::vector<Breach>& breaches() const { return breaches_; }
  /// Which `sometimes` laws the trace has shown, by index in `laws(system)`.
  [[nodiscard]] const std::vector<bool>& shown() const { return shown_; }

 protected:
  std::vector<Breach> breaches_;
  std::vector<bool> shown_;
};

/// @return null for a system without laws.
[[nodiscard]] std::unique_ptr<Monitor> make_monitor(std::string_view system);

}  // namespace shinsa::properties
