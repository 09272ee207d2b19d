/// How a World goes on in another store of facts, and puts away what nobody has spoken of for long.
#include <algorithm>
#include <array>
#include <bit>

#include "model/vocabulary/assert.hpp"
#include "model/world.hpp"

namespace shinsa::model {

namespace {

/// Groups that are put away as they are, some hundred bytes each, before those that still are get
/// compressed: a log of few things never pays for that.
constexpr std::size_t kPlainMax = std::size_t{1} << 16;

/// Per event type, which of its fields are texts: bits.
constexpr auto kTextFields = [] {
  static_assert(kFieldsMax <= 32);
  std::array<std::uint32_t, kEventTypes.size()> all{};
  for (std::size_t type = 0; type < all.size(); ++type)
    for (std::size_t i = 0; i < kFieldCounts[type]; ++i)
      if (kEventTypes[type].fields[i].kind == FieldKind::text) all[type] |= std::uint32_t{1} << i;
  return all;
}();

void carry_group(Group& group, Carrier& carry) {
  group.key = carry(group.key);
  for (Object& object : group.objects) {
    object.subject = carry(object.subject);
    for (RecordId& record : object.records) record = carry(record);
    for (TextId& text : object.texts) text = carry(text);
  }
  for (Duty& duty : group.duties) {
    duty.match = carry(duty.match);
    duty.clauses = carry(duty.clauses);
  }
}

}  // namespace

void World::move_to(Facts& facts, Carrier& carry) {
  for (; used_.size() < groups_.size(); used_.push_back(true))
    awake_.push_back(static_cast<std::uint32_t>(used_.size()));
  asleep_.groups.resize(groups_.size());
  if (!asleep_.compressor) asleep_.compressor = std::make_shared<Compressor>();
  if (asleep_.recent.size() > kPlainMax) {
    for (const std::uint32_t group : asleep_.recent)
      asleep_.groups[group].shrink(*asleep_.compressor);
    asleep_.recent.clear();
  }
  for (const std::uint32_t group : awake_)
    if (!used_[group]) put_to_sleep(group);
  std::erase_if(awake_, [this](std::uint32_t group) { return !used_[group]; });
  carry_places(carry);
  for (const std::uint32_t group : awake_) {
    carry_group(groups_[group], carry);
    used_[group] = false;
  }
  carry_background(carry);
  asleep_.sought.clear();
  facts_ = &facts;
}

/// Whether that of a text was not looked for yet among what is put away. Between two moves nothing
/// is put away, so once is enough.
bool World::is_first_search(TextId id, Sought what) {
  auto& sought = asleep_.sought;
  if (id.index >= sought.size())
    sought.resize(std::max<std::size_t>(id.index + 1, 2 * sought.size()));
  const auto bit = static_cast<std::uint8_t>(what);
  if ((sought[id.index] & bit) != 0) return false;
  sought[id.index] |= bit;
  return true;
}

/// What is on record of somebody whom nothing names that is awake is put away too. It can be asked
/// for again only by a name that comes in an event or in a group that is raised. What is on record
/// under made-up names (products, organisations) stays.
void World::carry_background(Carrier& carry) {
  std::vector<std::pair<TextId, RecordId>> kept;
  for (const TextId subject : background_subjects_) {
    const RecordId record = background_.find(subject);
    const std::string_view name = facts_->text(subject);
    if (carry.has(subject) || !kind_of_subject(name)) {
      kept.emplace_back(carry(subject), carry(record));
      continue;
    }
    asleep_.background.insert_or_assign(facts_->digest(subject), pack_record(record, *facts_));
  }
  std::ranges::sort(kept);
  background_.clear();
  background_subjects_.clear();
  for (const auto& [subject, record] : kept) {
    background_.set(subject, record);
    background_subjects_.push_back(subject);
  }
}

void World::raise_background(TextId subject) {
  if (!is_first_search(subject, Sought::background)) return;
  constexpr std::size_t kLongest = 14;  // of a kind and its slash
  const std::string_view name = facts_->text(subject);
  if (name.substr(0, kLongest).find('/') == std::string_view::npos || !kind_of_subject(name))
    return;
  const auto at = asleep_.background.find(facts_->digest(subject));
  if (at == asleep_.background.end()) return;
  background_.set(subject, unpack_record(at->second, *facts_));
  background_subjects_.push_back(subject);
  asleep_.background.erase(at);
}

void World::raise_background(const Record& record) {
  if (record.fields.empty()) return;
  for (std::uint32_t texts = kTextFields[record.type]; texts != 0; texts &= texts - 1)
    if (const Value said = record.fields[static_cast<std::size_t>(std::countr_zero(texts))];
        said.present())
      raise_background(said.text());
}

/// What things and groups are called: by their new ids, or by the digests of what is put away.
void World::carry_places(Carrier& carry) {
  std::vector<std::pair<TextId, Place>> places;
  for (std::uint32_t id = 1; id < places_.size(); ++id) {
    const Place place = places_[id];
    if (place.object == kNoObject) continue;
    if (used_[place.group])
      places.emplace_back(carry(TextId{id}), place);
    else
      asleep_.index.put(facts_->digest(TextId{id}), place.group);
  }
  places_.clear();
  for (const auto& [subject, place] : places) put(subject, place);
  decltype(group_of_) group_of;
  for (const auto& [key, group] : group_of_)
    if (used_[group])
      group_of.emplace(carry(key), group);
    else
      asleep_.index.put(facts_->digest(key), group);
  group_of_ = std::move(group_of);
}

void World::put_to_sleep(std::uint32_t index) {
  Named named{std::move(groups_[index]), {}};
  for (std::size_t i = 0; i < named.group.objects.size(); ++i) {
    const Place* const place = known_place(named.group.objects[i].subject);
    named.leads.push_back(place && place->group == index && place->object == i);
  }
  asleep_.groups[index] = Tombstone(named, *facts_);
  asleep_.recent.push_back(index);
  ++asleep_.count;
  groups_[index] = Group();
  groups_[index].next_deadline = named.group.next_deadline;  // an alarm still finds it
}

/// Raises what the event can be about: the thing it names, what it says that belongs with it, and
/// the group of the name that couples.
void World::raise_for(const Event& event, const Record& record) {
  raise_background(event.subject);
  raise_background(record);
  raise_subject(event.subject);
  if (record.fields.empty()) return;
  if (const Value name = coupled_by(record); name.present()) raise_key(facts_->lower(name.text()));
  for (const std::uint8_t at : profile_->ties[record.type].links)
    raise_subject(record.fields[at].text());
  for (const Route& route : profile_->routes[event.type]) {
    const EventInfo& asked = profile_->machines[route.machine]->events[route.event];
    if (asked.via < 0) continue;
    raise_subject(asked.addressee(event, record));
  }
}

bool World::is_asleep(std::uint32_t group) const {
  return group < asleep_.groups.size() && asleep_.groups[group];
}

/// The group that was put away with the subject in it, if there is one.
std::optional<std::uint32_t> World::group_asleep(TextId subject) const {
  std::optional<std::uint32_t> group;
  if (asleep_.count == 0 || !subject) return group;
  asleep_.index.find(facts_->digest(subject), [&](std::uint32_t at) {
    if (!is_asleep(at)) return false;
    const Named named = asleep_.groups[at].raised(*facts_, *asleep_.compressor);
    for (std::size_t i = 0; i < named.leads.size(); ++i)
      if (named.leads[i] && named.group.objects[i].subject == subject) group = at;
    return group.has_value();
  });
  return group;
}

/// Raises the group that the subject is in, or that is called like it.
void World::raise_subject(TextId subject) {
  if (!subject || known_place(subject) || !is_first_search(subject, Sought::subject)) return;
  asleep_.index.find(facts_->digest(subject), [&](std::uint32_t group) {
    if (is_asleep(group)) raise(group);
    return known_place(subject) != nullptr;
  });
  raise_key(facts_->lower(subject));
}

void World::raise_key(TextId key) {
  if (!key || !is_first_search(key, Sought::key) || group_of_.contains(key)) return;
  asleep_.index.find(facts_->digest(key), [&](std::uint32_t group) {
    if (is_asleep(group)) raise(group);
    return group_of_.contains(key);
  });
}

void World::raise(std::uint32_t index) {
  Named named = asleep_.groups[index].raised(*facts_, *asleep_.compressor);
  Group& group = groups_[index] = std::move(named.group);
  asleep_.groups[index] = Tombstone();
  --asleep_.count;
  awake_.push_back(index);
  note_used(index);
  group_of_.try_emplace(group.key, index);
  raise_background(group.key);
  for (const Duty& duty : group.duties) raise_background(facts_->record(duty.match));
  for (std::size_t i = 0; i < group.objects.size(); ++i) {
    const Object& object = group.objects[i];
    for (const RecordId record : object.records) raise_background(facts_->record(record));
    for (const TextId text : object.texts) raise_background(text);
    raise_background(object.subject);
    if (named.leads[i])
      put(object.subject, {index, static_cast<ObjectIndex>(i)});
    else if (object.subject)
      has_namesakes_ = true;
  }
}

void World::expect(const Event& event, Expecting what) const {
  if (event.subject.index >= places_.size()) return;
  const Place& place = places_[event.subject.index];
  if (what == Expecting::place) return __builtin_prefetch(&place);
  if (place.object == kNoObject) return;
  const Group& group = groups_[place.group];
  const auto fetch = [](const void* at, std::size_t bytes) {
    constexpr std::size_t kLine = 64;
    for (std::size_t i = 0; i < bytes; i += kLine)
      __builtin_prefetch(static_cast<const char*>(at) + i);
  };
  if (what == Expecting::group) return fetch(&group, sizeof(Group));
  if (place.object < group.objects.size()) fetch(&group.objects[place.object], sizeof(Object));
  fetch(group.duties.data(), group.duties.size() * sizeof(Duty));
}

void World::note_used(std::uint32_t group) {
  if (group < used_.size()) used_[group] = true;
}

std::pair<std::size_t, std::size_t> World::put_away() const {
  std::size_t bytes = 0;
  for (const Tombstone& one : asleep_.groups) bytes += one.bytes();
  return {asleep_.count, bytes};
}

}  // namespace shinsa::model
