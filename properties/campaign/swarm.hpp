/// Each run of a campaign is given more of some things and less of others, so that runs differ more
/// from each other than one habit's do ("swarm testing").
///
/// A walk that takes everything as often as everything else seldom gets far where any wrong step
/// leads back: a customer who makes few mistakes, or never does one thing, gets elsewhere.
#pragma once

#include <array>
#include <map>
#include <string>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign {

/// Of what a customer would do, one of so many is done: 1, 2 or 8.
struct Weights {
  static constexpr std::size_t kVerbsMax = 64;
  std::array<std::uint8_t, kVerbsMax> verbs;
  std::uint8_t unhappy = 1;  ///< every command that is not in order
  Weights() { verbs.fill(1); }

  /// What is done less often, by the type of the event that it makes, or `unhappy`.
  [[nodiscard]] std::map<std::string, unsigned> named(const Customers& customers) const;
};

/// @param unweighted  share of runs in which nothing is done less often.
[[nodiscard]] Weights draw_weights(sim::Stream& dice, double unweighted);

/// A command of the customers. Draws again with the same dice when the weights turn one down, a
/// bounded number of times: where there is only one thing to do, it is done.
[[nodiscard]] Command next_weighted(Customers& customers, const Weights& weights,
                                    sim::Stream& dice);

/// `payment.made 1/8, unhappy 1/2`; `none` for nothing.
[[nodiscard]] std::string to_text(const std::map<std::string, unsigned>& weights);

}  // namespace shinsa::properties::campaign
