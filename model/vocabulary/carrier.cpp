#include "model/vocabulary/carrier.hpp"

#include <algorithm>

namespace shinsa {

std::uint32_t& Carrier::known(Known& all, std::uint32_t id) {
  if (id >= all.size()) all.resize(std::max<std::size_t>(id + 1, 2 * all.size()));
  return all[id];
}

TextId Carrier::operator()(TextId id) {
  if (!id) return id;
  std::uint32_t& there = known(texts_, id.index);
  if (there == 0) there = to_.intern(from_.text(id)).index;
  return {there};
}

ListId Carrier::operator()(ListId id) {
  if (id == ListId{}) return id;
  if (const std::uint32_t there = known(lists_, id.index)) return {there};
  std::vector<TextId> items;
  for (const TextId item : from_.list(id)) items.push_back((*this)(item));
  const ListId made = to_.intern_list(items);
  known(lists_, id.index) = made.index;
  return made;
}

RecordId Carrier::operator()(RecordId id) {
  if (!id) return id;
  if (const std::uint32_t there = known(records_, id.index)) return {there};
  const Record& record = from_.record(id);
  std::array<Value, kFieldsMax> fields{};
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const Value value = record.fields[i];
    const FieldKind kind = kEventTypes[record.type].fields[i].kind;
    fields[i] = !value.present()          ? value
                : kind == FieldKind::text ? Value::of((*this)(value.text()))
                : kind == FieldKind::list ? Value::of((*this)(value.list()))
                                          : value;
  }
  const RecordId made = to_.intern_record(record.type, {fields.data(), record.fields.size()});
  known(records_, id.index) = made.index;
  return made;
}

Event Carrier::operator()(Event event) {
  event.id = (*this)(event.id);
  event.subject = (*this)(event.subject);
  event.data = (*this)(event.data);
  return event;
}

}  // namespace shinsa
