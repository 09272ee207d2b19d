#include "sim/explain.hpp"

#include <algorithm>

#include "model/catalogue/catalogue.hpp"

namespace shinsa::sim {

namespace {

constexpr std::size_t kFieldMax = 120;  // characters of one value; the trace has all of it

std::string value_text(const FieldType& field, Value value, const Facts& facts) {
  switch (field.kind) {
    case FieldKind::text:
      return std::string(facts.text(value.text()));
    case FieldKind::choice:
      return std::string(choice_word(field.choices, value.number()));
    case FieldKind::truth:
      return value.truth() ? "true" : "false";
    case FieldKind::number:
      return std::to_string(value.number());
    case FieldKind::instant:
      return to_text(value.instant());
    case FieldKind::list: {
      std::string text;
      for (TextId item : facts.list(value.list()))
        text += (text.empty() ? "" : ", ") + std::string(facts.text(item));
      return "[" + text + "]";
    }
  }
  return {};
}

/// At most `kFieldMax` bytes, cut between characters.
std::string cut(std::string text) {
  if (text.size() <= kFieldMax) return text;
  std::size_t end = kFieldMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + "...";
}

std::string statements(const std::vector<ClauseIndex>& clauses, bool japanese) {
  std::string text;
  for (ClauseIndex index : clauses) {
    const Clause& one = clause(index);
    if (!text.empty()) text += " / ";
    text += std::string(one.id) + ": " + std::string(statement_in(one, japanese ? "ja" : "en"));
  }
  return text;
}

std::string what(const Finding& finding, const Facts& facts) {
  return std::string(kEventTypes[finding.type].name) + " (" +
         std::string(facts.text(finding.subject)) + ")";
}

}  // namespace

std::string describe(RecordId id, const Facts& facts) {
  if (!id) return {};
  const Record& record = facts.record(id);
  const EventType& type = kEventTypes[record.type];
  std::string text;
  for (std::size_t i = 0; i < record.fields.size(); ++i)
    if (record.fields[i].present())
      text += (text.empty() ? "" : ", ") + std::string(type.fields[i].name) + ": " +
              cut(value_text(type.fields[i], record.fields[i], facts));
  return text.empty() ? text : "{" + text + "}";
}

Words explain(const Finding& finding, const Facts& facts) {
  const std::string en = statements(finding.clauses, false);
  const std::string ja = statements(finding.clauses, true);
  const std::string action = what(finding, facts);
  const std::string match = describe(finding.match, facts);
  switch (finding.kind) {
    case Finding::Kind::violation:
      return {action + " violates " + en, action + " は次の条項に違反しています。" + ja};
    case Finding::Kind::overdue:
      return {action + " " + match + " was due by " + to_text(finding.due) + ". " + en,
              action + " " + match + " の期限 " + to_text(finding.due) + " を過ぎました。" + ja};
    case Finding::Kind::missing:
      return {action + " " + match + " was owed and never came. " + en,
              "必要な " + action + " " + match + " が最後まで現れませんでした。" + ja};
    case Finding::Kind::remark:
      return {action + ": unusual, no violation. " + en,
              action + " は通常と異なりますが、違反ではありません。" + ja};
  }
  return {};
}

std::vector<Words> allowed_phrases(const Finding& finding, const Facts& facts) {
  std::vector<Words> phrases;
  for (const Allowed& one : finding.allowed) {
    std::string phrase =
        std::string(kEventTypes[one.type].name) + " " + std::string(facts.text(one.subject));
    if (const std::string match = describe(one.match, facts); !match.empty()) phrase += " " + match;
    if (one.clause != kNoClause) phrase += " [" + std::string(clause(one.clause).id) + "]";
    phrases.emplace_back((one.must ? "must: " : "may: ") + phrase,
                         (one.must ? "義務: " : "許可: ") + phrase);
  }
  return phrases;
}

Words explain(const Answer& answer, const Facts& facts) {
  if (answer.certain) return explain(answer.finding, facts);
  const std::string action = what(answer.finding, facts);
  const std::string match = describe(answer.finding.match, facts);
  const std::string en = statements(answer.finding.clauses, false);
  const std::string ja = statements(answer.finding.clauses, true);
  if (answer.bounded)
    return {action + " could not be judged: too much may have happened unrecorded. " + en,
            action + " は判定できません。記録されていない出来事の可能性が多すぎます。" + ja};
  if (answer.finding.kind == Finding::Kind::violation)
    return {action + " violates a clause, unless something happened that is not recorded. " + en,
            action + " は、記録されていない出来事がなければ次の条項に違反しています。" + ja};
  return {action + " " + match + " is not there, but may have gone unrecorded. " + en,
          action + " " + match + " はありませんが、記録されていないだけの可能性があります。" + ja};
}

std::vector<Words> stop_phrases(const Answer& answer, const Facts& facts) {
  std::vector<Words> phrases;
  for (const model::Stop& stop : answer.stops) {
    const std::string subject(facts.text(stop.subject));
    const std::string machine(stop.machine), state(stop.state);
    const std::string id =
        stop.clause == kNoClause ? std::string{} : " [" + std::string(clause(stop.clause).id) + "]";
    if (stop.guard.empty())
      phrases.emplace_back(machine + " of " + subject + " takes none in " + state + id,
                           subject + " の " + machine + " は " + state + " では受け付けない" + id);
    else
      phrases.emplace_back(
          machine + "." + std::string(stop.guard) + " of " + subject + " in " + state + id,
          subject + " の " + machine + "." + std::string(stop.guard) + "（" + state + "）" + id);
    const Words& last = phrases.back();
    const auto first = std::ranges::find(phrases, last.en, &Words::en);
    if (first + 1 != phrases.end()) phrases.pop_back();  // several rows ask the same
  }
  return phrases;
}

namespace {

std::string named(const Event& event, const Facts& facts) {
  return std::string(event.row().name) + " (" + std::string(facts.text(event.subject)) + ")";
}

std::string with_fields(const Event& event, const Facts& facts) {
  const std::string fields = describe(event.data, facts);
  return named(event, facts) + (fields.empty() ? "" : " " + fields);
}

}  // namespace

Words repair_phrase(const Repair& repair, const Facts& facts) {
  const std::string before = std::to_string(repair.before_line);
  const std::string line = std::to_string(repair.line);
  const Words place = repair.at_end ? Words{"at the end", "末尾"}
                                    : Words{"before line " + before, before + "行目の前"};
  switch (repair.kind) {
    case Repair::Kind::insert:
      return {"insert " + with_fields(repair.event, facts) + " " + place.en,
              place.ja + "に " + with_fields(repair.event, facts) + " を追加"};
    case Repair::Kind::drop:
      return {"drop line " + line + ", " + named(repair.event, facts),
              line + "行目の " + named(repair.event, facts) + " を削除"};
    case Repair::Kind::move:
      return {"move line " + line + ", " + named(repair.event, facts) + ", " +
                  (repair.at_end ? "to the end" : place.en),
              line + "行目の " + named(repair.event, facts) + " を" + place.ja + "へ移動"};
  }
  return {};
}

std::vector<Words> supposed_phrases(const Answer& answer, const Facts& facts) {
  std::vector<Words> phrases;
  for (const Recorded& one : answer.supposed) {
    const std::string line = std::to_string(one.line);
    phrases.emplace_back(named(one.event, facts) + " before line " + line,
                         line + "行目より前の " + named(one.event, facts));
  }
  return phrases;
}

std::vector<Words> follow_phrases(const Answer& answer, const Facts& facts) {
  std::vector<Words> phrases;
  for (const Finding& one : answer.follows) {
    std::string ids;
    for (ClauseIndex index : one.clauses) ids += " " + std::string(clause(index).id);
    const std::string line = std::to_string(one.line);
    phrases.emplace_back("line " + line + ": " + what(one, facts) + ids,
                         line + "行目: " + what(one, facts) + ids);
  }
  return phrases;
}

}  // namespace shinsa::sim
