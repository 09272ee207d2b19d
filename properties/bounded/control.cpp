#include "properties/bounded/control.hpp"

namespace shinsa::properties::bounded {

using model::Duty;
using model::Group;
using model::Object;
using model::ObjectIndex;

namespace {

/// Every member of an object, in one order for packing and unpacking.
template <class To, class Obj>
void all_of(To& to, Obj& object) {
  to(object.subject, object.kind, object.states, object.flags, object.records, object.texts,
     object.links, object.instants, object.numbers);
}

/// Every member of a duty but its object, which is known from where it stands.
template <class To, class D>
void all_of_duty(To& to, D& duty) {
  to(duty.type, duty.modality, duty.machine, duty.effect, duty.clause, duty.match, duty.clauses,
     duty.not_before, duty.due);
}

std::uint8_t marks(const Duty& duty) {
  return static_cast<std::uint8_t>(duty.refusal | duty.overdue << 1);
}

/// Reads what is left of a part: its duties.
void read_duties(Unpacking& from, ObjectIndex object, std::vector<Duty>& duties) {
  while (!from.done()) {
    Duty& duty = duties.emplace_back();
    std::uint8_t marked = 0;
    all_of_duty(from, duty);
    from(marked);
    duty.refusal = marked & 1;
    duty.overdue = marked >> 1 & 1;
    duty.object = object;
  }
}

constexpr std::uint32_t kEndOfGroup = UINT32_MAX;

}  // namespace

ContentId Controls::pack_part(const Group& group, ObjectIndex at, Instant now) {
  Packing& to = packed_part_.restart();
  all_of(to, group.objects[at]);
  for (const Duty& duty : group.duties) {
    if (duty.object != at) continue;
    Duty plain = duty;
    if (plain.not_before <= now) plain.not_before = Instant{};
    all_of_duty(to, plain);
    to(marks(duty));
  }
  return parts_.intern(to.bytes());
}

ContentId Controls::pack(const std::vector<Group>& groups, Instant now) {
  return pack_after(groups, now, {}, {});
}

ContentId Controls::pack_after(const std::vector<Group>& groups, Instant now,
                               const std::vector<Group>& before,
                               const std::vector<ContentId>& parts) {
  Packing& to = packed_.restart();
  std::size_t first = 0;  // among the parts, of those of the group
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Group& group = groups[g];
    const bool is_old = g < before.size() && before[g].key == group.key;
    const std::size_t old = is_old ? before[g].objects.size() : 0;
    const bool same_duties = is_old && before[g].duties == group.duties;
    if (!group.objects.empty()) {
      to(group.key);
      for (std::size_t i = 0; i < group.objects.size(); ++i) {
        const bool alone = same_duties && i < old && before[g].objects[i] == group.objects[i];
        to(alone ? parts[first + i] : pack_part(group, static_cast<ObjectIndex>(i), now));
      }
      to(kEndOfGroup);
    }
    if (g < before.size()) first += before[g].objects.size();
  }
  return controls_.intern(to.bytes());
}

void Controls::unpack(ContentId control, std::vector<Group>& groups) const {
  std::size_t used = 0;
  for (Unpacking from(controls_[control]); !from.done(); ++used) {
    if (used == groups.size()) groups.emplace_back();
    Group& group = groups[used];
    from(group.key);
    group.objects.clear();
    group.duties.clear();
    group.next_deadline = kNever;
    group.next_of_objects = {};
    std::uint32_t part = 0;
    for (from(part); part != kEndOfGroup; from(part)) {
      Unpacking of_part(parts_[part]);
      all_of(of_part, group.objects.emplace_back());
      read_duties(of_part, static_cast<ObjectIndex>(group.objects.size() - 1), group.duties);
    }
  }
  groups.resize(used);
}

void Controls::list(ContentId control, std::vector<ContentId>& parts) const {
  parts.clear();
  for (Unpacking from(controls_[control]); !from.done();) {
    TextId key;
    from(key);
    ContentId part = 0;
    for (from(part); part != kEndOfGroup; from(part)) parts.push_back(part);
  }
}

ContentId Controls::with(ContentId control, std::size_t at, ContentId part) {
  edited_ = controls_[control];
  bool is_key = true;
  for (std::size_t byte = 0;; byte += sizeof part) {
    SHINSA_ASSERT(byte < edited_.size(), "a control has no such part");
    std::uint32_t word = 0;
    std::memcpy(&word, &edited_[byte], sizeof word);
    const bool is_part = !is_key && word != kEndOfGroup;
    is_key = !is_key && word == kEndOfGroup;
    if (!is_part || at-- > 0) continue;
    std::memcpy(&edited_[byte], &part, sizeof part);
    break;
  }
  return controls_.intern(edited_);
}

TextId Controls::subject_of(ContentId part) const {
  TextId subject;
  Unpacking from(parts_[part]);
  from(subject);
  return subject;
}

Part Controls::part(ContentId id) const {
  Part part;
  Unpacking from(parts_[id]);
  all_of(from, part.object);
  read_duties(from, model::kNoObject, part.duties);
  return part;
}

}  // namespace shinsa::properties::bounded
