/// What a run found, as plain data: every report is made from this and from traces alone.
///
/// Texts are in both languages where people read them; times are virtual and in Tokyo unless they
/// stand in `RunBlock`, the only place for wall-clock values: outside it, two runs with one seed
/// are equal byte for byte.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/vocabulary/words.hpp"

namespace shinsa::reports {

/// The five verdicts, of clauses and scenarios alike; `error` is the harness's own (it could not
/// run).
enum class Verdict { held, violated, inconclusive, not_exercised, not_applicable, error };

[[nodiscard]] std::string_view to_text(
    Verdict verdict);  ///< `held`, `violated`, `not exercised`, ...
[[nodiscard]] std::string_view to_text_ja(Verdict verdict);

/// Something that went other than expected, or a remark.
struct Problem {
  /// violation, overdue, missing, inconclusive, law, remark, expectation, coverage, error, stale
  std::string kind;
  Words says;         ///< one sentence
  std::string where;  ///< `scenarios/...yaml:12:3` or `log.jsonl:17`; may be empty
  std::vector<std::string> clauses;
  Words expected;              ///< may be empty
  Words observed;              ///< may be empty
  std::size_t trace_line = 0;  ///< 1-based line of the trace, 0 if none
  std::string event_type;      ///< of that line
  std::string event_subject;
  std::vector<Words> allowed;  ///< what was owed or allowed instead, one phrase each

  // Of logs: the answer.
  std::size_t accepted_lines = 0;      ///< lines before it that are in order
  std::vector<Words> stopped_by = {};  ///< what of the model says no, one phrase each
  struct Repair {
    std::string kind;             ///< insert, drop, move; empty: no single event helps
    std::size_t line = 0;         ///< where the event stands; 0: nowhere
    std::size_t before_line = 0;  ///< before which line it belongs; 0: nowhere
    std::string type;
    std::string subject;
    Words says;
  } repair = {};
  bool examined = false;                         ///< a repair and other readings were looked for
  std::vector<std::string> other_readings = {};  ///< `JPR-Q5=refuse`: under it the log goes on
  std::vector<Words> follows = {};               ///< findings that follow from it, one phrase each
  std::vector<std::string> settled_by = {};      ///< inconclusive: types whose recording settles it
  std::vector<Words> supposed = {};  ///< inconclusive: what may have happened unrecorded
  Words excused = {};                ///< a departure that was expected: the reason given
};

/// One step of a scenario, as it went.
struct StepResult {
  std::string verb;   ///< request, expect, never, wait, mailbox
  std::string says;   ///< `application.returned application/1`
  std::string where;  ///< file:line:column
  bool held = true;
  std::string time;  ///< virtual instant, RFC 3339
  std::size_t trace_line = 0;
};

/// A scenario (one row of its examples table), or one log that was checked.
struct ScenarioResult {
  std::string id;
  Words title;
  std::string file;
  int line = 0;
  std::string system;
  std::vector<std::string> tags;
  std::vector<std::string> covers;
  std::vector<std::pair<std::string, std::string>> example;
  Verdict verdict = Verdict::held;
  Words reason;                            ///< for not applicable, inconclusive, error: one phrase
  std::map<std::string, Verdict> clauses;  ///< of the clauses that were touched
  std::vector<Problem> problems;
  std::vector<StepResult> steps;
  std::string seed;
  std::string replay;  ///< the one command that runs it again
  std::int64_t virtual_seconds = 0;
  std::size_t events = 0;
  std::string trace_path;  ///< relative to the output folder; empty if not written
  std::string trace_sha256;
  std::vector<std::string> artifacts;  ///< paths relative to the output folder
};

/// One clause over the whole run.
struct ClauseResult {
  std::string id;
  std::string system;
  std::string kind;
  Words statement;
  Verdict verdict = Verdict::not_exercised;
  Words note;                 ///< why not exercised: `its guard never said no`; may be empty
  std::uint64_t yes = 0;      ///< guards said yes
  std::uint64_t no = 0;       ///< guards said no
  std::uint64_t refused = 0;  ///< requests refused or actions rejected in its name
  std::uint64_t met = 0;      ///< obligations met
  std::vector<std::string> scenarios;  ///< ids that touched it
};

/// Coverage of one machine, named.
struct MachineCoverage {
  std::string system;
  std::string name;
  struct Count {
    std::string name;
    std::uint64_t count = 0;
  };
  struct Both {
    std::string name;
    std::uint64_t yes = 0;
    std::uint64_t no = 0;
  };
  std::vector<Count> states;
  std::vector<Count> rows;  ///< `AwaitingForm --FormReturned--> UnderReview`
  std::vector<Both> guards;
};

/// Something of a system's tables that nothing in the whole run came to.
struct NeverReached {
  std::string kind;  ///< state, row, guard
  Words what;        ///< `Signup.LoggedIn never said no`
  Words because;     ///< why no campaign comes to it; empty: nobody has explained it
};

/// What was gone through of one system: parts of wholes.
struct SystemCoverage {
  std::string system;
  struct Part {
    std::size_t reached = 0;
    std::size_t all = 0;
  };
  struct Shown {
    std::string law;
    Words says;
    std::uint64_t runs = 0;  ///< scenarios or lives that showed it
  };
  Part states;                   ///< entered, but for those that a machine begins in
  Part rows;                     ///< fired
  Part guards;                   ///< that requests are held against: said both yes and no
  std::vector<Shown> sometimes;  ///< laws of that kind; empty where no law was asked
  std::vector<NeverReached> never;
};

/// Everything about this very execution; excluded from comparison.
struct RunBlock {
  std::string command;
  std::string started;  ///< wall clock, RFC 3339
  std::int64_t wall_ms = 0;
  std::string tool;  ///< `shinsa 0.1.0`
  std::string platform;
};

struct Results {
  RunBlock run;
  std::string kind = "run";  ///< run, check, fuzz
  std::string system;        ///< which one; several: their names, separated by `, `
  std::string seed;
  std::map<std::string, std::string> readings;  ///< all that are in force: id -> alternative
  std::vector<std::string> mutants;
  std::vector<ScenarioResult> scenarios;  ///< ordered by id
  std::vector<ClauseResult> clauses;      ///< ordered by id
  std::vector<MachineCoverage> machines;
  std::vector<SystemCoverage> coverage;
  std::vector<Problem> problems;  ///< that belong to no scenario
};

struct Totals {
  std::size_t passed = 0;
  std::size_t failed = 0;   ///< violated or error
  std::size_t skipped = 0;  ///< not applicable, inconclusive
};
[[nodiscard]] Totals totals(const Results& results);

/// `37 held, 1 violated, 12 not exercised, 0 inconclusive, 0 not applicable`, of clauses.
[[nodiscard]] std::string clause_line(const Results& results, std::string_view lang);

}  // namespace shinsa::reports
