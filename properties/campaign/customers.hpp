/// The customers of one system, as a campaign plays them: what they do, what they know, how a run
/// of theirs begins.
///
/// A campaign knows no system; all it needs of one is here. The customers of each stand in a folder
/// of its name. They know what the trace has shown, and nothing of the rules.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/events.hpp"
#include "properties/campaign.hpp"
#include "properties/campaign/said.hpp"
#include "sim/conduct.hpp"
#include "sim/stream.hpp"

namespace shinsa::properties::campaign {

/// What a plan's first numbers mean.
struct Beginning {
  Instant start;
  std::vector<sim::Pin> conduct;  ///< every choice is pinned
  std::string_view fault;         ///< as `--fault` takes it; empty: none
};

class Customers {
 public:
  virtual ~Customers() = default;

  // Drawing: the same dice give the same commands.

  /// How a run begins, with what is given beforehand.
  /// @param readings  how many choices of readings there are.
  virtual Plan beginning(sim::Stream& dice, std::size_t readings) = 0;
  /// A request, with an eye on what was seen; there is always something to do.
  virtual Command next(sim::Stream& dice) = 0;

  // What a plan and its commands mean.

  /// How many verbs there are, `kGive` among them.
  [[nodiscard]] virtual std::size_t verbs() const = 0;
  [[nodiscard]] virtual Beginning beginning_of(const Plan& plan) const = 0;
  /// Facts that head every run.
  [[nodiscard]] virtual const std::vector<Said>& always_given() const = 0;
  /// The fact of a `kGive` in a run that begins at `start`.
  [[nodiscard]] virtual Said given(const Command& give, Instant start) const = 0;
  /// The request that a command makes. One whose object does not exist is made all the same.
  [[nodiscard]] virtual Said request_of(const Command& command) const = 0;
  /// When it is made; never before `now`.
  [[nodiscard]] virtual Instant when(const Command& command, Instant now,
                                     const Desk& desk) const = 0;

  // What they know.

  /// A request is made before, and happens after.
  virtual void sent(const Command& command) = 0;
  /// Reads an event, as the customer would.
  virtual void learn(const Event& event, const Facts& facts) = 0;
};

/// @return null for a system that has no campaign.
[[nodiscard]] std::unique_ptr<Customers> make_customers(std::string_view system);

/// Those of the campaign's system, or what a test puts in their place.
[[nodiscard]] std::unique_ptr<Customers> customers_of(const CampaignOptions& options);

}  // namespace shinsa::properties::campaign
