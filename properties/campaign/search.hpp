/// Plays the runs of a campaign on several threads, and adds up what they show in their order, so
/// that nothing depends on the threads.
///
/// A place is a run's position: first those of other campaigns that are played again, then this
/// campaign's own.
#pragma once

#include <atomic>
#include <map>
#include <mutex>

#include "properties/campaign/kinds.hpp"
#include "properties/campaign/sights.hpp"

namespace shinsa::properties::campaign {

/// What some runs showed.
struct Counted {
  CampaignResult result;  ///< its counters
  Kinds kinds;
  Sights sights;
  std::size_t next = 0;  ///< place after the last of them
};

class Search {
 public:
  /// Arguments outlive the search.
  Search(const CampaignOptions& options, const Runs& runs);

  /// Plays until there is an end. @return an Error if it was stopped.
  Result<Counted> all();
  /// Place of the first run that fails, whatever the number of threads; SIZE_MAX if none was asked
  /// for or none fails.
  [[nodiscard]] std::size_t first_failure() const { return first_failure_; }
  [[nodiscard]] RunId id_of(std::size_t place) const;

 private:
  [[nodiscard]] Counted nothing() const;
  void work();
  [[nodiscard]] bool over();
  Counted chunk(std::size_t from, std::size_t to, Monitor& monitor);
  void count(Counted& into, std::size_t place, const Player& player, const Monitor& monitor) const;
  void take(std::size_t from, Counted counted);
  void add(Counted& counted);

  const CampaignOptions& options_;
  const Runs& runs_;
  const std::size_t places_;
  std::mutex door_;  // to what was counted, and to whoever is told of progress
  Counted sum_;
  std::map<std::size_t, Counted> waiting_;  // by first place: chunks before them are not done yet
  std::size_t last_news_ = 0;               // place after the last run that showed something new
  CampaignProgress progress_;
  std::atomic<std::size_t> next_chunk_{0};
  std::atomic<std::size_t> first_failure_{SIZE_MAX};
  std::atomic<bool> flat_{false};
  std::atomic<bool> stopped_{false};
  std::atomic<bool> enough_{false};
};

}  // namespace shinsa::properties::campaign
