#include "model/vocabulary/needed.hpp"

#include "model/vocabulary/events.hpp"

namespace shinsa {

Needed::Needed(const Facts& facts)
    : facts_(&facts),
      texts_(facts.text_count()),
      lists_(facts.list_count()),
      records_(facts.record_count()) {
  texts_[0] = lists_[0] = records_[0] = true;
}

bool Needed::is_up_to_date() const {
  return texts_.size() == facts_->text_count() && lists_.size() == facts_->list_count() &&
         records_.size() == facts_->record_count();
}

void Needed::operator()(ListId id) {
  if (lists_[id.index]) return;
  lists_[id.index] = true;
  for (const TextId item : facts_->list(id)) (*this)(item);
}

void Needed::operator()(RecordId id) {
  if (records_[id.index]) return;
  records_[id.index] = true;
  const Record& record = facts_->record(id);
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const FieldKind kind = kEventTypes[record.type].fields[i].kind;
    if (kind == FieldKind::text) (*this)(record.fields[i].text());
    if (kind == FieldKind::list) (*this)(record.fields[i].list());
  }
}

void Needed::operator()(Value value) {
  if (!value.present() || value.raw < 0) return;
  const auto raw = static_cast<std::uint64_t>(value.raw);
  if (raw < texts_.size()) (*this)(value.text());
  if (raw < lists_.size()) (*this)(value.list());
}

void Needed::operator()(const Record& record) {
  if (!record.fields.empty()) (*this)(facts_->find(record.type, record.fields));
}

}  // namespace shinsa
