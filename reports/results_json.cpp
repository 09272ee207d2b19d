#include "reports/results_json.hpp"

#include <boost/json.hpp>

#include "reports/utf8.hpp"

namespace shinsa::reports {

namespace {

namespace json = boost::json;

json::array list(const std::vector<std::string>& items) {
  json::array all;
  for (const std::string& item : items) all.emplace_back(valid_utf8(item));
  return all;
}

json::object words(const Words& words) {
  return {{"en", valid_utf8(words.en)}, {"ja", valid_utf8(words.ja)}};
}

json::array words_each(const std::vector<Words>& phrases) {
  json::array all;
  for (const Words& one : phrases) all.push_back(words(one));
  return all;
}

/// What of a log's departure there is besides: each field only where there is something to say.
void add_answer(const Problem& p, json::object& out) {
  if (p.accepted_lines) out["accepted_lines"] = p.accepted_lines;
  if (!p.stopped_by.empty()) out["stopped_by"] = words_each(p.stopped_by);
  if (p.examined) {
    if (p.repair.kind.empty()) {
      out["repair"] = nullptr;
    } else {
      json::object repair{{"kind", p.repair.kind}, {"says", words(p.repair.says)}};
      if (p.repair.line) repair["line"] = p.repair.line;
      if (p.repair.before_line) repair["before_line"] = p.repair.before_line;
      repair["event"] =
          json::object{{"type", p.repair.type}, {"subject", valid_utf8(p.repair.subject)}};
      out["repair"] = std::move(repair);
    }
    out["accepted_under"] = list(p.other_readings);
  }
  if (!p.follows.empty()) out["follows"] = words_each(p.follows);
  if (!p.settled_by.empty()) out["settled_by"] = list(p.settled_by);
  if (!p.supposed.empty()) out["supposed"] = words_each(p.supposed);
  if (!p.excused.empty()) out["excused"] = words(p.excused);
}

json::object problem(const Problem& p) {
  json::object out{{"kind", p.kind},
                   {"says", words(p.says)},
                   {"where", valid_utf8(p.where)},
                   {"clauses", list(p.clauses)}};
  if (!p.expected.empty()) out["expected"] = words(p.expected);
  if (!p.observed.empty()) out["observed"] = words(p.observed);
  if (p.trace_line) out["trace_line"] = p.trace_line;
  if (!p.event_type.empty())
    out["event"] =
        json::object{{"type", valid_utf8(p.event_type)}, {"subject", valid_utf8(p.event_subject)}};
  if (!p.allowed.empty()) {
    json::array allowed;
    for (const Words& one : p.allowed) allowed.push_back(words(one));
    out["allowed"] = std::move(allowed);
  }
  add_answer(p, out);
  return out;
}

json::object scenario(const ScenarioResult& s) {
  json::object out{{"id", valid_utf8(s.id)},     {"title", words(s.title)},
                   {"file", valid_utf8(s.file)}, {"line", s.line},
                   {"system", s.system},         {"verdict", to_text(s.verdict)}};
  if (!s.reason.empty()) out["reason"] = words(s.reason);
  out["tags"] = list(s.tags);
  out["covers"] = list(s.covers);
  json::object example;
  for (const auto& [name, value] : s.example) example[name] = valid_utf8(value);
  out["example"] = example;
  json::object clauses;
  for (const auto& [id, verdict] : s.clauses) clauses[id] = to_text(verdict);
  out["clauses"] = clauses;
  json::array problems;
  for (const Problem& p : s.problems) problems.push_back(problem(p));
  out["problems"] = problems;
  json::array steps;
  for (const StepResult& step : s.steps)
    steps.push_back(json::object{{"verb", step.verb},
                                 {"says", valid_utf8(step.says)},
                                 {"where", valid_utf8(step.where)},
                                 {"held", step.held},
                                 {"time", step.time},
                                 {"trace_line", step.trace_line}});
  out["steps"] = steps;
  out["seed"] = s.seed;
  out["replay"] = valid_utf8(s.replay);
  out["virtual_seconds"] = s.virtual_seconds;
  out["events"] = s.events;
  out["trace"] = json::object{{"path", valid_utf8(s.trace_path)}, {"sha256", s.trace_sha256}};
  out["artifacts"] = list(s.artifacts);
  return out;
}

json::object clause(const ClauseResult& c) {
  json::object out{
      {"id", c.id}, {"system", c.system}, {"kind", c.kind}, {"verdict", to_text(c.verdict)}};
  if (!c.note.empty()) out["note"] = words(c.note);
  out["statement"] = words(c.statement);
  out["counts"] =
      json::object{{"yes", c.yes}, {"no", c.no}, {"refused", c.refused}, {"met", c.met}};
  out["scenarios"] = list(c.scenarios);
  return out;
}

json::object machine(const MachineCoverage& m) {
  json::array states, rows, guards;
  for (const auto& one : m.states)
    states.push_back(json::object{{"name", one.name}, {"count", one.count}});
  for (const auto& one : m.rows)
    rows.push_back(json::object{{"name", one.name}, {"count", one.count}});
  for (const auto& one : m.guards)
    guards.push_back(json::object{{"name", one.name}, {"yes", one.yes}, {"no", one.no}});
  return {{"system", m.system},
          {"name", m.name},
          {"states", states},
          {"rows", rows},
          {"guards", guards}};
}

json::object part(const SystemCoverage::Part& p) {
  return {{"reached", p.reached}, {"all", p.all}};
}

/// Refusals stand with the clauses too; here is where one looks for them.
json::object refusals(const Results& results, const std::string& system) {
  json::object all;
  for (const ClauseResult& one : results.clauses)
    if (one.system == system && one.refused) all[one.id] = one.refused;
  return all;
}

json::object covered(const SystemCoverage& c, const Results& results) {
  json::array sometimes, never;
  for (const auto& one : c.sometimes)
    sometimes.push_back(
        json::object{{"law", one.law}, {"says", words(one.says)}, {"runs", one.runs}});
  for (const NeverReached& one : c.never) {
    json::object entry{{"kind", one.kind}, {"what", words(one.what)}};
    if (!one.because.empty()) entry["because"] = words(one.because);
    never.push_back(std::move(entry));
  }
  return {{"system", c.system},
          {"states", part(c.states)},
          {"rows", part(c.rows)},
          {"guards", part(c.guards)},
          {"refusals", refusals(results, c.system)},
          {"sometimes", sometimes},
          {"never", never}};
}

/// Two blanks a level; lists of plain values stay on one line.
void pretty(const json::value& value, std::string& out, std::size_t depth) {
  const std::string margin(depth * 2 + 2, ' ');
  const std::string end(depth * 2, ' ');
  if (value.is_object() && !value.get_object().empty()) {
    const char* separator = "{\n";
    for (const auto& [key, item] : value.get_object()) {
      out += separator;
      out += margin;
      out += json::serialize(json::string(key));
      out += ": ";
      pretty(item, out, depth + 1);
      separator = ",\n";
    }
    out += "\n" + end + "}";
  } else if (value.is_array() && !value.get_array().empty() &&
             value.get_array().front().is_object()) {
    const char* separator = "[\n";
    for (const auto& item : value.get_array()) {
      out += separator;
      out += margin;
      pretty(item, out, depth + 1);
      separator = ",\n";
    }
    out += "\n" + end + "]";
  } else {
    out += json::serialize(value);
  }
}

std::string pretty(const json::value& value) {
  std::string out;
  pretty(value, out, 0);
  return out + "\n";
}

}  // namespace

std::string to_json(const Results& results) {
  const Totals sum = totals(results);
  json::array clauses, scenarios, systems, machines, problems;
  for (const auto& one : results.coverage) systems.push_back(covered(one, results));
  for (const auto& one : results.clauses) clauses.push_back(clause(one));
  for (const auto& one : results.scenarios) scenarios.push_back(scenario(one));
  for (const auto& one : results.machines) machines.push_back(machine(one));
  for (const auto& one : results.problems) problems.push_back(problem(one));
  json::object readings;
  for (const auto& [id, name] : results.readings) readings[id] = name;
  return pretty(json::object{
      {"format", "shinsa-results/1"},
      {"run", json::object{{"command", valid_utf8(results.run.command)},
                           {"started", results.run.started},
                           {"wall_ms", results.run.wall_ms},
                           {"tool", results.run.tool},
                           {"platform", results.run.platform}}},
      {"kind", results.kind},
      {"system", results.system},
      {"seed", results.seed},
      {"disclaimer",
       "Not affiliated with JPRS, Sakura, NTT or any company named; the readings are ours; pages "
       "as of their dates."},
      {"readings", readings},
      {"mutants", list(results.mutants)},
      {"totals",
       json::object{{"passed", sum.passed}, {"failed", sum.failed}, {"skipped", sum.skipped}}},
      {"clauses", clauses},
      {"scenarios", scenarios},
      {"coverage", json::object{{"systems", systems}, {"machines", machines}}},
      {"problems", problems}});
}

std::string results_schema() {
  const json::value text = json::object{{"type", "string"}};
  const json::value number = json::object{{"type", "integer"}};
  const json::value texts = json::object{{"type", "array"}, {"items", text}};
  const json::value words = json::object{{"type", "object"},
                                         {"required", json::array{"en", "ja"}},
                                         {"properties", json::object{{"en", text}, {"ja", text}}}};
  const json::value verdict =
      json::object{{"enum", json::array{"held", "violated", "inconclusive", "not exercised",
                                        "not applicable", "error"}}};
  const json::value phrases = json::object{{"type", "array"}, {"items", words}};
  const json::value event =
      json::object{{"type", "object"},
                   {"required", json::array{"type", "subject"}},
                   {"properties", json::object{{"type", text}, {"subject", text}}}};
  const json::value repair = json::object{
      {"type", json::array{"object", "null"}},
      {"description",
       "one event put in, left out or moved after which the log goes on; null: none"},
      {"required", json::array{"kind", "event", "says"}},
      {"properties",
       json::object{{"kind", json::object{{"enum", json::array{"insert", "drop", "move"}}}},
                    {"line", number},
                    {"before_line", number},
                    {"event", event},
                    {"says", words}}}};
  const json::value problem = json::object{
      {"type", "object"},
      {"required", json::array{"kind", "says", "where", "clauses"}},
      {"properties",
       json::object{{"kind", json::object{{"enum", json::array{"violation", "overdue", "missing",
                                                               "inconclusive", "law", "remark",
                                                               "expectation", "coverage", "error",
                                                               "stale"}}}},
                    {"says", words},
                    {"where", text},
                    {"clauses", texts},
                    {"expected", words},
                    {"observed", words},
                    {"trace_line", number},
                    {"allowed", phrases},
                    {"accepted_lines", number},
                    {"stopped_by", phrases},
                    {"repair", repair},
                    {"accepted_under", texts},
                    {"follows", phrases},
                    {"settled_by", texts},
                    {"supposed", phrases},
                    {"excused", words}}}};
  const json::value scenario = json::object{
      {"type", "object"},
      {"required", json::array{"id", "title", "verdict", "problems", "seed", "replay"}},
      {"properties", json::object{{"id", text},
                                  {"title", words},
                                  {"file", text},
                                  {"line", number},
                                  {"verdict", verdict},
                                  {"reason", words},
                                  {"covers", texts},
                                  {"problems", json::object{{"type", "array"}, {"items", problem}}},
                                  {"seed", text},
                                  {"replay", text},
                                  {"virtual_seconds", number},
                                  {"events", number},
                                  {"artifacts", texts}}}};
  const json::value clause =
      json::object{{"type", "object"},
                   {"required", json::array{"id", "verdict", "statement", "counts"}},
                   {"properties", json::object{{"id", text},
                                               {"verdict", verdict},
                                               {"note", words},
                                               {"statement", words},
                                               {"scenarios", texts}}}};
  const auto object = [](json::array required, json::object properties) {
    return json::value(json::object{{"type", "object"},
                                    {"required", std::move(required)},
                                    {"properties", std::move(properties)}});
  };
  const auto list_of = [](json::value item) {
    return json::value(json::object{{"type", "array"}, {"items", std::move(item)}});
  };
  const json::value part = object({"reached", "all"}, {{"reached", number}, {"all", number}});
  const json::value count = object({"name", "count"}, {{"name", text}, {"count", number}});
  const json::value system = object(
      {"system", "states", "rows", "guards", "refusals", "sometimes", "never"},
      {{"system", text},
       {"states", part},
       {"rows", part},
       {"guards", part},
       {"refusals", json::object{{"type", "object"}, {"additionalProperties", number}}},
       {"sometimes", list_of(object({"law", "says", "runs"},
                                    {{"law", text}, {"says", words}, {"runs", number}}))},
       {"never",
        list_of(object({"kind", "what"},
                       {{"kind", json::object{{"enum", json::array{"state", "row", "guard"}}}},
                        {"what", words},
                        {"because", words}}))}});
  const json::value machine =
      object({"system", "name", "states", "rows", "guards"},
             {{"system", text},
              {"name", text},
              {"states", list_of(count)},
              {"rows", list_of(count)},
              {"guards", list_of(object({"name", "yes", "no"},
                                        {{"name", text}, {"yes", number}, {"no", number}}))}});
  const json::value coverage = object(
      {"systems", "machines"}, {{"systems", list_of(system)}, {"machines", list_of(machine)}});
  return pretty(json::object{
      {"$schema", "http://json-schema.org/draft-07/schema#"},
      {"$id", "urn:shinsa:results:1"},
      {"title", "results.json of Shinsa"},
      {"type", "object"},
      {"required",
       json::array{"format", "run", "kind", "totals", "clauses", "scenarios", "coverage"}},
      {"properties",
       json::object{{"format", json::object{{"const", "shinsa-results/1"}}},
                    {"run", json::object{{"type", "object"},
                                         {"description", "the only place for wall-clock values"}}},
                    {"kind", json::object{{"enum", json::array{"run", "check", "fuzz"}}}},
                    {"totals", json::object{{"type", "object"},
                                            {"properties", json::object{{"passed", number},
                                                                        {"failed", number},
                                                                        {"skipped", number}}}}},
                    {"clauses", json::object{{"type", "array"}, {"items", clause}}},
                    {"scenarios", json::object{{"type", "array"}, {"items", scenario}}},
                    {"coverage", coverage}}}});
}

}  // namespace shinsa::reports
