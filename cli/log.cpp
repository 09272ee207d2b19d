#include <algorithm>
#include <iostream>
#include <set>

#include "cli/collect/judge_log.hpp"
#include "cli/collect/log_bytes.hpp"
#include "cli/collect/log_coverage.hpp"
#include "cli/collect/log_lint.hpp"
#include "cli/collect/read_mapping.hpp"
#include "cli/commands.hpp"
#include "cli/japanese.hpp"
#include "reports/text.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::cli {

namespace {

constexpr int kColumn = 38;                // of two beside each other in 80
constexpr std::size_t kContents = 20'000;  // of a store, before all of it is forgotten

Result<sim::Mapping> mapping_of(const LogCommand& command) {
  if (command.mapping.empty()) return sim::Mapping();
  return read_mapping(command.mapping);
}

/// Tells what was found of a log's form. @return whether it is of that form.
bool tell(sim::Told& told) {
  for (const Error& error : told.errors) tell_error(error.text());
  for (const std::string& warning : told.warnings) tell_warning(warning);
  return told.errors_seen() == 0;
}

// -- lint

struct Counts {
  std::size_t secrets = 0, personal = 0;
};

/// Whether the log has the form of a log. @return kHeld or kCouldNotRun.
int lint_form(const std::string& path, const sim::Mapping& mapping) {
  auto bytes = open_log(path);
  if (!bytes) return tell_error(bytes.error().text());
  Facts facts;
  sim::ReadOptions options;
  options.mapping = mapping;
  options.ids = false;
  sim::EventReader reader(**bytes, path, facts, options);
  std::size_t events = 0;
  for (sim::Line line; reader.next(line); ++events)
    if (facts.text_count() > kContents) facts.clear();
  if (events == 0 && reader.told().errors_seen() == 0)
    return tell_error(path + ": " + "the log is empty");
  return tell(reader.told()) ? kHeld : kCouldNotRun;
}

int lint_content(const std::string& path, const sim::Mapping& mapping, Counts& counts) {
  auto bytes = open_log(path);
  if (!bytes) return tell_error(bytes.error().text());
  sim::Pieces pieces(**bytes, mapping.format == sim::Mapping::Format::csv
                                  ? sim::Pieces::Form::rows
                                  : sim::Pieces::Form::json);
  sim::Told told(path);
  for (sim::Piece piece; pieces.next(piece);)
    for (const Exposed& one : exposed_in(piece.text)) {
      ++(is_secret(one.kind) ? counts.secrets : counts.personal);
      const std::string what(name_of(one.kind));
      told.warn(what, path + ":" + std::to_string(piece.line) + ": " + what + ", " +
                          std::string(remedy_for(one.kind)));
    }
  told.finish();
  for (const std::string& warning : told.warnings) tell_warning(warning);
  return kHeld;
}

int log_lint(const Common& common, const LogCommand& command, const sim::Mapping& mapping) {
  Counts counts;
  int code = kHeld;
  for (const std::string& path : command.logs) {
    if (path == "-") return tell_usage("a log is read twice: name its file", "shinsa log --help");
    if (lint_form(path, mapping) != kHeld) code = kCouldNotRun;
    if (lint_content(path, mapping, counts) != kHeld) return kCouldNotRun;
  }
  std::cout << said(std::to_string(counts.secrets) + " secrets, " +
                    std::to_string(counts.personal) + " data of persons")
            << "\n";
  if (code != kHeld) return code;
  return counts.secrets > 0 || (common.strict && counts.personal > 0) ? kViolated : kHeld;
}

// -- preview

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::string_view rest = text;
  while (true) {
    const std::size_t end = rest.find('\n');
    lines.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) return lines;
    rest.remove_prefix(end + 1);
  }
}

/// Two texts side by side.
void put_beside(const std::string& left, const std::string& right) {
  const auto lefts = lines_of(reports::wrap(left, 0, kColumn));
  const auto rights = lines_of(reports::wrap(right, 0, kColumn));
  for (std::size_t i = 0; i < std::max(lefts.size(), rights.size()); ++i) {
    const std::string here = i < lefts.size() ? lefts[i] : "";
    const int blanks = kColumn - reports::columns_of(here);
    std::cout << here << std::string(static_cast<std::size_t>(std::max(0, blanks)), ' ') << " | "
              << (i < rights.size() ? rights[i] : "") << "\n";
  }
  std::cout << std::string(kColumn, '-') << "-+-" << std::string(kColumn, '-') << "\n";
}

int log_preview(const LogCommand& command, const sim::Mapping& mapping) {
  for (const std::string& path : command.logs) {
    auto bytes = open_log(path);
    if (!bytes) return tell_error(bytes.error().text());
    Facts facts;
    sim::ReadOptions options;
    options.mapping = mapping;
    sim::EventReader reader(**bytes, path, facts, options);
    put_beside(path, said("as it is read"));
    sim::Line line;
    for (std::size_t n = 0; n < command.events && reader.next(line); ++n)
      put_beside(
          path + ":" + std::to_string(line.number) + " " + std::string(reader.text()),
          line.unknown_type ? said("it is not judged") : sim::to_json_line(line.event, facts));
    if (!tell(reader.told())) return kCouldNotRun;
  }
  return kHeld;
}

// -- coverage

/// The types that a log records: those that occur, and those of which it says so itself.
Result<std::set<TypeIndex>> types_in(const std::string& path, const sim::Mapping& mapping,
                                     std::string& system) {
  auto bytes = open_log(path);
  if (!bytes) return Failure(bytes.error());
  Facts facts;
  sim::ReadOptions options;
  options.mapping = mapping;
  options.ids = false;
  sim::EventReader reader(**bytes, path, facts, options);
  std::set<TypeIndex> types;
  for (sim::Line line; reader.next(line);) {
    if (line.unknown_type) continue;
    types.insert(line.event.type);
    if (line.event.type == kType<"log.opened">) {
      const Record& record = facts.record(line.event.data);
      if (const Value value = record.fields[kField<"log.opened", "system">]; value.present())
        system = facts.text(value.text());
    }
    if (facts.text_count() > kContents) facts.clear();
  }
  if (reader.told().errors_seen() > 0) return Failure(reader.told().errors.front());
  return types;
}

std::string ids_of(const std::vector<ClauseIndex>& clauses) {
  std::string ids;
  for (const ClauseIndex index : clauses)
    ids += (ids.empty() ? "" : ", ") + std::string(clause(index).id);
  return ids;
}

int log_coverage(const Common& common, const LogCommand& command, const sim::Mapping& mapping) {
  for (const std::string& path : command.logs) {
    std::string system = common.system;
    auto types = types_in(path, mapping, system);
    if (!types) return tell_error(types.error().text());
    if (common.system_given) system = common.system;
    const auto profile = model::make_profile({system, common.readings, {}});
    if (!profile) return tell_error(profile.error().text());
    const LogCoverage coverage = coverage_of(**profile, *types);
    std::cout << path << ": "
              << said(std::to_string(coverage.judged.size()) + " of " +
                      std::to_string(coverage.judged.size() + coverage.unjudged.size()) +
                      " clauses of " + system + " can be judged")
              << "\n";
    for (const auto& lacking : coverage.lacking)
      std::cout << reports::wrap(
                       said("add '" + std::string(kEventTypes[lacking.type].name) + "' to judge " +
                            std::to_string(lacking.clauses.size()) + " more clauses") +
                           ": " + ids_of(lacking.clauses),
                       2, 80)
                << "\n";
  }
  return kHeld;
}

}  // namespace

int log(const Common& common, const LogCommand& command) {
  const auto mapping = mapping_of(command);
  if (!mapping) return tell_error(mapping.error().text());
  switch (command.what) {
    case LogCommand::What::lint:
      return log_lint(common, command, *mapping);
    case LogCommand::What::preview:
      return log_preview(command, *mapping);
    case LogCommand::What::coverage:
      return log_coverage(common, command, *mapping);
  }
  return kUsage;
}

}  // namespace shinsa::cli
