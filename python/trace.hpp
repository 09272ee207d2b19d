/// A trace as Python sees it: events in order, and the store that holds what they said.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/collect/judge_log.hpp"
#include "model/vocabulary/events.hpp"
#include "python/columns.hpp"
#include "scenarios/runner.hpp"

namespace shinsa::python {

/// Never changes once made, so it may be read with or without the interpreter's lock.
class Trace {
 public:
  /// The trace of a story that ran; keeps its simulation, which holds the store.
  explicit Trace(std::shared_ptr<scenarios::StoryRun> run, std::string system);
  /// The judged lines of a log. Lines of an unknown type are left out; their numbers stay free.
  explicit Trace(cli::JudgedLog log);

  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] const std::string& system() const { return system_; }

  /// One row per event: line, id, time, type, sort, actor, subject.
  [[nodiscard]] py::dict events() const;
  /// One row per event of a type: line, then a column for each field of the event table.
  /// Throws Refused for a type that there is not.
  [[nodiscard]] py::dict data(const std::string& type) const;
  /// Types that occur, and how often.
  [[nodiscard]] py::dict types() const;
  /// The laws that the trace breaks: line, law, kind, clauses, says_en, says_ja.
  [[nodiscard]] py::dict breaches() const;
  /// As `shinsa-events/1`; one line per event, each with its end.
  [[nodiscard]] std::string jsonl() const;
  /// One JSON object, without its end. @param at  position from 0, below size().
  [[nodiscard]] std::string line(std::size_t at) const;

 private:
  void add_field(Table& table, const FieldType& field, std::size_t position,
                 const std::vector<std::size_t>& rows) const;

  std::shared_ptr<const void> owner_;  // of the store
  const Facts* facts_;
  std::vector<Event> events_;
  std::vector<std::int64_t> lines_;
  std::string system_;
  bool complete_ = true;
};

}  // namespace shinsa::python
