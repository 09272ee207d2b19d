#include "properties/campaign/search.hpp"

#include "model/catalogue/catalogue.hpp"
#include "sim/together.hpp"

namespace shinsa::properties::campaign {

namespace {

/// Counts what was counted elsewhere.
void add_counters(CampaignResult& into, const CampaignResult& from) {
  into.runs += from.runs;
  into.replayed += from.replayed;
  into.requests += from.requests;
  into.refused += from.refused;
  into.events += from.events;
  into.failed += from.failed;
  into.twice += from.twice;
  into.events_again += from.events_again;
  into.coverage.add(from.coverage);
  const auto merge = [](Seen& a, const Seen& b) {
    if (b.count == 0) return;
    a.witness = a.count ? std::min(a.witness, b.witness) : b.witness;
    a.count += b.count;
  };
  for (const auto& [id, seen] : from.refusals) merge(into.refusals[id], seen);
  for (std::size_t i = 0; i < from.shown.size(); ++i) merge(into.shown[i], from.shown[i]);
}

}  // namespace

Search::Search(const CampaignOptions& options, const Runs& runs)
    : options_(options),
      runs_(runs),
      places_(options.replayed.size() + options.runs),
      sum_(nothing()) {}

Result<Counted> Search::all() {
  sim::together(options_.jobs, [this] { work(); });
  if (stopped_)
    return fail("the campaign was stopped after " + std::to_string(progress_.runs) + " runs");
  using End = CampaignResult::End;
  sum_.result.end = first_failure_ != SIZE_MAX ? End::failure
                    : flat_                    ? End::flat
                    : sum_.next < places_      ? End::enough
                                               : End::runs;
  return std::move(sum_);
}

RunId Search::id_of(std::size_t place) const {
  const std::size_t replayed = options_.replayed.size();
  if (place < replayed) return options_.replayed[place];
  return {options_.seed, place - replayed, options_.requests};
}

Counted Search::nothing() const {
  Counted none{{}, {}, Sights(runs_.system()), 0};
  none.result.coverage = model::Coverage(runs_.system());
  none.result.shown.resize(laws(options_.system).size());
  return none;
}

void Search::work() {
  const auto monitor = make_monitor(options_.system);
  while (!over()) {
    const std::size_t from = next_chunk_++ * kRunsAtATime;
    if (from >= places_ || from > first_failure_) break;
    Counted counted = chunk(from, std::min(from + kRunsAtATime, places_), *monitor);
    const std::scoped_lock lock(door_);
    progress_.runs += counted.next - from;
    progress_.events += counted.result.events;
    progress_.failed += counted.result.failed;
    take(from, std::move(counted));
    if (options_.progress) options_.progress(progress_);
  }
}

bool Search::over() {
  if (options_.stop && options_.stop()) stopped_ = true;
  if (options_.enough && options_.enough()) enough_ = true;
  return stopped_ || enough_ || flat_;
}

/// Where the first failure ends the campaign, up to it.
Counted Search::chunk(std::size_t from, std::size_t to, Monitor& monitor) {
  Counted counted = nothing();
  counted.next = from;
  for (std::size_t place = from; place < to && place <= first_failure_; ++place) {
    Drawn drawn = runs_.draw(id_of(place), monitor, [&](const Player& player, const Monitor& seen) {
      count(counted, place, player, seen);
    });
    counted.next = place + 1;
    counted.result.events_again += drawn.events_again;
    if (!drawn.signature) continue;
    ++counted.result.failed;
    counted.kinds.add(place, std::move(drawn));
    if (!options_.first) continue;
    std::size_t known = first_failure_;
    while (place < known && !first_failure_.compare_exchange_weak(known, place)) {
    }
    break;
  }
  return counted;
}

void Search::count(Counted& into, std::size_t place, const Player& player,
                   const Monitor& monitor) const {
  CampaignResult& result = into.result;
  const RunId id = id_of(place);
  const bool own = place >= options_.replayed.size();
  ++(own ? result.runs : result.replayed);
  result.twice += id.run % kPlayedTwice == 0 ? 1 : 0;
  result.requests += player.requests();
  result.refused += player.refused();
  result.events += player.simulation().trace().size();
  result.coverage.add(player.simulation().coverage());
  const auto seen = [&id](Seen& one) {
    if (one.count++ == 0 || id.run < one.witness) one.witness = id.run;
  };
  if (own)
    for (ClauseIndex index : player.refusals())
      seen(result.refusals[std::string(clause(index).id)]);
  for (std::size_t law = 0; law < monitor.shown().size(); ++law)
    if (monitor.shown()[law]) seen(result.shown[law]);
  into.sights.see(place, player.simulation().coverage(), player.refusals(), monitor.shown());
}

/// Adds chunks in their order, as far as there is no gap.
void Search::take(std::size_t from, Counted counted) {
  waiting_.emplace(from, std::move(counted));
  while (!waiting_.empty() && waiting_.begin()->first == sum_.next) {
    if (flat_ || sum_.next > first_failure_) return;  // others began before it was known
    add(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
  }
}

void Search::add(Counted& counted) {
  add_counters(sum_.result, counted.result);
  const auto news = sum_.sights.add(counted.sights);
  if (news) last_news_ = *news + 1;
  for (const auto& [signature, kind] : counted.kinds.all())
    if (!sum_.kinds.all().contains(signature)) last_news_ = std::max(last_news_, kind.first + 1);
  sum_.kinds.add(std::move(counted.kinds));
  sum_.next = counted.next;
  if (options_.until_flat &&
      sum_.next >= std::max(last_news_, options_.replayed.size()) + options_.until_flat)
    flat_ = true;
}

}  // namespace shinsa::properties::campaign
