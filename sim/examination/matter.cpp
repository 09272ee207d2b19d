#include "sim/examination/matter.hpp"

#include <algorithm>
#include <array>

namespace shinsa::sim {

namespace {

Value carried(Value value, FieldKind kind, const Facts& from, Facts& to) {
  if (!value.present()) return value;
  if (kind == FieldKind::text) return Value::of(to.intern(from.text(value.text())));
  if (kind != FieldKind::list) return value;
  std::vector<TextId> items;
  for (TextId item : from.list(value.list())) items.push_back(to.intern(from.text(item)));
  return Value::of(to.intern_list(items));
}

}  // namespace

Event carried(const Event& event, const Facts& from, Facts& to) {
  Event other = event;
  other.id = to.intern(from.text(event.id));
  other.subject = to.intern(from.text(event.subject));
  if (!event.data) return other;
  const Record& record = from.record(event.data);
  std::array<Value, kFieldsMax> fields{};
  for (std::size_t i = 0; i < record.fields.size(); ++i)
    fields[i] = carried(record.fields[i], kEventTypes[record.type].fields[i].kind, from, to);
  other.data = to.intern_record(record.type, {fields.data(), record.fields.size()});
  return other;
}

Course::Course(const Matter& matter) : matter_(&matter), world_(matter.profile, *matter.facts) {}

std::vector<Allowed> Course::allowed() const {
  std::vector<Allowed> all;
  for (const auto& [duty, subject] : world_.duties())
    all.push_back({duty->type, subject, duty->clause, duty->match,
                   duty->modality == model::Duty::Modality::must});
  return all;
}

std::vector<Finding> Course::step(const Recorded& next) {
  std::vector<Finding> found;
  last_ = next.event;
  const model::Outcome outcome = world_.step(next.event);
  add_missed(outcome.overdue, Finding::Kind::overdue, next.event, next.line, found);
  if (outcome.accepted || !matter_->judged.judges(next.event.row())) return found;
  Finding finding;
  finding.line = next.line;
  finding.event = next.event;
  finding.type = next.event.type;
  finding.subject = next.event.subject;
  finding.clauses.assign(outcome.clauses.begin(), outcome.clauses.end());
  found.push_back(std::move(finding));
  return found;
}

std::vector<Finding> Course::close() {
  std::vector<Finding> found;
  add_missed(world_.advance(matter_->until), Finding::Kind::overdue, last_, matter_->last_line,
             found);
  if (!matter_->complete) return found;
  auto owed = world_.owed();
  std::erase_if(owed, [](const model::Missed& one) { return one.due != kNever; });  // has time yet
  add_missed(owed, Finding::Kind::missing, last_, matter_->last_line, found);
  return found;
}

bool Course::suppose(const Event& event) {
  const std::vector<model::Group> before = world_.groups();
  const model::Outcome outcome = world_.step(event);
  return outcome.accepted && !outcome.unjudged && outcome.overdue.empty() &&
         world_.groups() != before;
}

void Course::add_missed(const std::vector<model::Missed>& missed, Finding::Kind kind,
                        const Event& event, std::size_t line, std::vector<Finding>& into) const {
  for (const model::Missed& one : missed)
    if (matter_->judged.judges(kEventTypes[one.type]))
      into.push_back(finding_of(one, kind, event, line, *matter_->facts));
}

std::vector<Departure> departures(const Matter& matter, Course course, std::size_t from) {
  std::vector<Departure> all;
  const auto add = [&](std::vector<Finding> found, std::size_t at) {
    for (Finding& one : found) all.push_back({std::move(one), at});
  };
  for (std::size_t i = from; i < matter.events.size(); ++i) add(course.step(matter.events[i]), i);
  add(course.close(), matter.events.size());
  return all;
}

std::vector<Departure> departures(const Matter& matter) {
  return departures(matter, Course(matter), 0);
}

bool is_same(const Finding& a, const Finding& b) {
  if (a.kind != b.kind || a.type != b.type || a.subject != b.subject) return false;
  if (a.kind == Finding::Kind::violation) return a.line == b.line && a.clauses == b.clauses;
  return a.match == b.match && a.due == b.due;
}

bool still_shows(const std::vector<Departure>& all, const Departure& departure) {
  const Finding& finding = departure.finding;
  return std::ranges::any_of(all, [&](const Departure& one) {
    const bool there = one.at == departure.at && finding.kind == Finding::Kind::violation &&
                       one.finding.kind == Finding::Kind::violation;
    return there || is_same(one.finding, finding);
  });
}

}  // namespace shinsa::sim
