/// How a World forgets what is over, and tells what it still refers to.
#include <algorithm>

#include "model/vocabulary/assert.hpp"
#include "model/world.hpp"

namespace shinsa::model {

std::vector<World::Moved> World::forget(std::span<const TextId> things) {
  std::vector<Moved> moved;
  for (const TextId thing : things) {
    const Place* const known = known_place(thing);
    if (!known) continue;
    const Place place = *known;
    auto of_group = std::ranges::find(moved, place.group, &Moved::group);
    if (of_group == moved.end()) {
      moved.push_back({place.group, std::vector<ObjectIndex>(groups_[place.group].objects.size())});
      of_group = std::prev(moved.end());
    }
    of_group->to[place.object] = kNoObject;
    places_[thing.index] = Place{};
  }
  for (Moved& one : moved) close_up(one);
  return moved;
}

/// Lets the things that stay close up. @param moved  marks those that do not; the rest is filled
/// in.
void World::close_up(Moved& moved) {
  Group& group = groups_[moved.group];
  ObjectIndex next = 0;
  for (std::size_t at = 0; at < group.objects.size(); ++at) {
    if (moved.to[at] == kNoObject) continue;
    moved.to[at] = next;
    Object& object = group.objects[at];
    const TextId subject = object.subject;
    if (Place* const known = subject ? &places_[subject.index] : nullptr;
        known && known->group == moved.group && known->object == at)
      known->object = next;
    if (at != next) group.objects[next] = std::move(object);
    ++next;
  }
  group.objects.resize(next);
  for (Object& object : group.objects)
    for (ObjectIndex& link : object.links)
      if (link != kNoObject) link = moved.to[link];
  std::erase_if(group.duties, [&](const Duty& duty) { return moved.to[duty.object] == kNoObject; });
  for (Duty& duty : group.duties) duty.object = moved.to[duty.object];
  rearm(moved.group);
}

bool World::owes(TextId subject) const {
  const Place* const known = known_place(subject);
  return known && std::ranges::any_of(groups_[known->group].duties, [&](const Duty& duty) {
           return duty.object == known->object && duty.modality == Duty::Modality::must &&
                  !duty.overdue;
         });
}

void World::tell_needed(Needed& needed) const {
  SHINSA_ASSERT(asleep_.count == 0 && asleep_.background.empty(),
                "what is put away refers to no store");
  for (const Group& group : groups_) {
    needed(group.key);
    for (const Object& object : group.objects) {
      needed(object.subject);
      needed(object.records);
      needed(object.texts);
    }
    for (const Duty& duty : group.duties) {
      needed(duty.match);
      needed(duty.clauses);
    }
  }
  needed.keys(group_of_);
  needed(background_.entries());
  needed(background_subjects_);
}

}  // namespace shinsa::model
