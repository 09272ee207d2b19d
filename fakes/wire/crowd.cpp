#include "fakes/wire/crowd.hpp"

#include <vector>

namespace shinsa::fakes::wire {

bool Crowd::admit(const std::shared_ptr<Member>& member) {
  if (is_closed_ || (size() >= most_ && !make_room())) return false;
  member->place_ = resting_.insert(resting_.end(), member);
  member->is_resting_ = true;
  member->is_in_ = true;
  ++size_;
  peak_ = std::max<std::size_t>(peak_, size_);
  watch();
  return true;
}

bool Crowd::make_room() {
  if (resting_.empty()) return false;
  const std::shared_ptr<Member> oldest = resting_.front();
  oldest->give_way();
  return true;
}

void Crowd::rest(Member& member) {
  if (!member.is_in_) return;
  resting_.splice(resting_.end(), member.is_resting_ ? resting_ : working_, member.place_);
  member.is_resting_ = true;
}

void Crowd::work(Member& member) {
  if (!member.is_in_ || !member.is_resting_) return;
  working_.splice(working_.end(), resting_, member.place_);
  member.is_resting_ = false;
}

void Crowd::leave(Member& member) {
  if (!member.is_in_) return;
  member.is_in_ = false;
  --size_;
  const std::shared_ptr<Member> last = *member.place_;  // it may be the last owner
  (member.is_resting_ ? resting_ : working_).erase(member.place_);
}

void Crowd::close() {
  is_closed_ = true;
  for (Members* members : {&resting_, &working_})
    while (!members->empty()) {
      const std::shared_ptr<Member> member = members->front();
      member->close();
      leave(*member);
    }
  timer_.cancel();
}

void Crowd::watch() {
  if (is_watching_) return;
  is_watching_ = true;
  timer_.expires_after(tick_);
  timer_.async_wait([self = weak_from_this()](ErrorCode error) {
    const auto crowd = self.lock();
    if (!crowd) return;
    crowd->is_watching_ = false;
    if (error || crowd->is_closed_) return;
    crowd->look_at_deadlines();
    if (crowd->size() != 0) crowd->watch();
  });
}

void Crowd::look_at_deadlines() {
  const SteadyTime now = std::chrono::steady_clock::now();
  std::vector<std::shared_ptr<Member>> late;
  for (const Members* members : {&resting_, &working_})
    for (const auto& member : *members)
      if (member->deadline_ <= now) late.push_back(member);
  for (const auto& member : late)
    if (member->is_in_) {
      member->deadline_ = SteadyTime::max();
      member->time_is_up();
    }
}

}  // namespace shinsa::fakes::wire
