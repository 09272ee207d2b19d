#include "sim/explain.hpp"

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

}  // namespace shinsa::sim
