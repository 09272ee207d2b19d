#include "cli/serve/oracles.hpp"

#include <boost/json.hpp>
#include <set>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::cli {

namespace json = boost::json;

namespace {

/// A request of the trace that was refused, by position from 1.
struct Refused {
  std::size_t line = 0;
  const sim::Stepped* stepped = nullptr;
};

std::vector<Refused> refused_in(const sim::Simulation& simulation) {
  std::vector<Refused> all;
  std::size_t line = simulation.forgotten();
  for (const sim::Stepped& one : simulation.trace()) {
    ++line;
    if (one.event.row().sort == Sort::request && !one.outcome.clauses().empty())
      all.push_back({line, &one});
  }
  return all;
}

std::string place(std::size_t line) { return line ? "trace:" + std::to_string(line) : "acme"; }

/// What a client of the ACME server did, as a problem of a report.
reports::Problem problem_of(const Deviation& deviation) {
  const std::string what = deviation.method + " " + deviation.target + " " +
                           std::to_string(deviation.status) + " " + deviation.error;
  reports::Problem problem;
  problem.kind = "violation";
  problem.says = {"refused of a client: " + what + ": " + deviation.detail,
                  "クライアントの要求を拒否: " + what + ": " + deviation.detail};
  problem.where = place(deviation.line);
  problem.clauses = deviation.clauses;
  problem.trace_line = deviation.line;
  return problem;
}

/// A refused request of anybody else, likewise.
reports::Problem problem_of(const Refused& refused, const Facts& facts) {
  const Event& event = refused.stepped->event;
  reports::Problem problem;
  problem.kind = "violation";
  problem.event_type = event.row().name;
  problem.event_subject = facts.text(event.subject);
  problem.says = {"refused: " + problem.event_type + " " + problem.event_subject,
                  "拒否: " + problem.event_type + " " + problem.event_subject};
  for (const ClauseIndex index : refused.stepped->outcome.clauses()) {
    const Clause& broken = clause(index);
    problem.clauses.emplace_back(broken.id);
    problem.says.en += ": " + std::string(broken.statement_en);
    problem.says.ja += ": " + std::string(statement_in(broken, "ja"));
  }
  problem.where = place(refused.line);
  problem.trace_line = refused.line;
  return problem;
}

json::object to_object(const reports::Problem& problem) {
  return {{"line", problem.trace_line},
          {"kind", problem.kind},
          {"says", problem.says.en},
          {"says_ja", problem.says.ja},
          {"clauses", json::value_from(problem.clauses)}};
}

json::object to_object(const Refused& refused, const Facts& facts) {
  json::array clauses;
  for (const ClauseIndex index : refused.stepped->outcome.clauses())
    clauses.push_back(json::object{{"id", clause(index).id}, {"says", clause(index).statement_en}});
  return {{"line", refused.line},
          {"type", refused.stepped->event.row().name},
          {"subject", facts.text(refused.stepped->event.subject)},
          {"clauses", std::move(clauses)}};
}

json::object to_object(const Deviation& deviation) {
  json::object said{{"time", to_text(deviation.at)},
                    {"method", deviation.method},
                    {"target", deviation.target},
                    {"status", deviation.status},
                    {"error", deviation.error},
                    {"says", deviation.detail},
                    {"clauses", json::value_from(deviation.clauses)}};
  if (deviation.line) said["line"] = deviation.line;
  return said;
}

}  // namespace

void Oracles::follow(const sim::Simulation& simulation) {
  const auto& trace = simulation.trace();
  const std::size_t gone = simulation.forgotten();
  for (; seen_ < gone + trace.size(); ++seen_)
    if (laws_) laws_->see(trace[seen_ - gone].event, simulation.facts(), seen_ + 1);
}

std::vector<reports::Problem> Oracles::broken(const sim::Simulation& simulation) const {
  if (!laws_) return {};
  return breaches_of(simulation.system().profile().name, *laws_, simulation);
}

std::string Oracles::verdict(const ServedState& state) const {
  const sim::Simulation& simulation = state.simulation();
  json::array found, refused, deviations;
  for (const sim::Finding& finding : simulation.judge().findings())
    found.push_back(to_object(cli::problem_of(finding, simulation.facts(), "trace")));
  for (const reports::Problem& problem : broken(simulation)) found.push_back(to_object(problem));
  for (const Refused& one : refused_in(simulation))
    refused.push_back(to_object(one, simulation.facts()));
  for (const Deviation& one : state.deviations().kept()) deviations.push_back(to_object(one));
  return json::serialize(json::object{{"events", state.events()},
                                      {"findings", std::move(found)},
                                      {"refused", std::move(refused)},
                                      {"deviations", std::move(deviations)},
                                      {"deviations_in_all", state.deviations().count()}});
}

reports::ScenarioResult Oracles::result(const ServedState& state, Collector& collector) const {
  const sim::Simulation& simulation = state.simulation();
  reports::ScenarioResult result = collector.add("serve", simulation.judge(), simulation.facts());
  for (reports::Problem& problem : broken(simulation))
    result.problems.push_back(std::move(problem));
  std::set<std::size_t> told;  // lines
  for (const Deviation& one : state.deviations().kept()) {
    told.insert(one.line);
    result.problems.push_back(problem_of(one));
  }
  for (const Refused& one : refused_in(simulation))
    if (!told.contains(one.line)) result.problems.push_back(problem_of(one, simulation.facts()));
  for (const reports::Problem& problem : result.problems)
    if (problem.kind != "remark") result.verdict = reports::Verdict::violated;
  result.events = state.events();
  return result;
}

}  // namespace shinsa::cli
