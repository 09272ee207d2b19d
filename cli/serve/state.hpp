/// Everything that a service's answers depend on: the simulation with its cast, the ACME server,
/// the faults that were asked for. No socket, no file and no real clock is among it.
///
/// The same beginning and the same inputs at the same instants make the same of it, word for word:
/// that is what a journal, a snapshot and a restart rely on. How time passes between two inputs is
/// of no account, for the simulation carries out what falls due at the instant at which it does.
/// What is not of that kind is a request that waits for the desk: that it is answered draws a
/// nonce, so `take` has to be told (and noted) when that happens; `is_due` says so.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/serve/deviation.hpp"
#include "cli/serve/input.hpp"
#include "cli/serve/keeper.hpp"
#include "cli/serve/stage.hpp"
#include "cli/serve/wire_faults.hpp"
#include "fakes/acme/server.hpp"
#include "fakes/acme/simulation_desk.hpp"
#include "fakes/web/fetching.hpp"

namespace shinsa::cli {

/// A page that the CA wants and nobody in here can give: somebody asks over sockets.
struct Wanted {
  std::string subject;  ///< of the `http.answered` that is to come
  Instant not_before;   ///< it does not happen sooner, whenever the page is there
  fakes::web::Fetching fetching;
};

class ServedState {
 public:
  using Respond = std::function<void(fakes::wire::HttpResponse)>;

  /// @param kept  so many orders are kept, as a Keeper does; 0: all.
  explicit ServedState(ServedSystem served, std::size_t kept = 0,
                       fakes::acme::ServerOptions acme = {});
  ServedState(const ServedState&) = delete;
  ServedState& operator=(const ServedState&) = delete;

  /// What came of an input.
  struct Taken {
    Result<void> done;  ///< an Error: it was none that can be; nothing but time has passed then
    std::string said;   ///< as in `Noted`
    std::optional<WireFault> fault = {};  ///< to be played on a request to another front
  };
  /// Lets an input happen, after all that was due by its instant.
  /// @param respond  of a request, called once: before this returns, or in a later one where the
  ///                 desk has not decided yet.
  Taken take(const Input& input, Respond respond = {});

  /// Whether letting time pass until then makes anything happen, or anybody be answered.
  [[nodiscard]] bool is_due(Instant at) const;

  /// Forgets what need not be kept. Whoever follows the trace has to have seen it.
  /// @param laws  that follow it; null if none do.
  void clear_up(properties::Monitor* laws);

  /// How many events there were, those that are forgotten included.
  [[nodiscard]] std::size_t events() const {
    return simulation().forgotten() + simulation().trace().size();
  }
  [[nodiscard]] Instant now() const { return served_.simulation->now(); }
  /// As the last `ClockRuns` said; nothing: none did.
  [[nodiscard]] std::optional<bool> clock_runs() const { return clock_runs_; }
  [[nodiscard]] const sim::Simulation& simulation() const { return *served_.simulation; }
  [[nodiscard]] const std::shared_ptr<const model::Profile>& profile() const {
    return served_.profile;
  }
  [[nodiscard]] fakes::Cast& cast() const { return *served_.cast; }
  [[nodiscard]] const WireFaults& faults() const { return faults_; }
  /// Null where the system is not sold through ACME.
  [[nodiscard]] fakes::acme::SimulationDesk* desk() { return desk_ ? &*desk_ : nullptr; }
  /// The pages that are wanted and not answered yet, by number; numbers rise.
  [[nodiscard]] const std::map<std::size_t, Wanted>& fetches() const { return fetches_; }
  /// What ACME clients did that was refused.
  [[nodiscard]] const Deviations& deviations() const { return deviations_; }
  /// What ended the simulation, if anything did; nothing happens from then on.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

 private:
  void pass(Instant to);
  void tell_needed(Needed& needed) const;
  [[nodiscard]] Result<void> let(const AcmeAsked& asked, Respond respond);
  [[nodiscard]] Result<void> let(const EventAsked& asked);
  [[nodiscard]] Result<void> let(const WebAnswered& answered);
  [[nodiscard]] Result<void> let(const FaultAsked& asked);
  [[nodiscard]] Result<void> let(const KeyGiven& given);
  void ask(const AcmeAsked& asked, const Respond& respond);
  void keep(Deviation deviation, std::size_t before);
  void play(const WireFault& fault, const fakes::wire::HttpRequest& request,
            fakes::wire::HttpResponse& response);
  void hold(const WireFault& fault, const fakes::wire::HttpRequest& request);
  [[nodiscard]] std::vector<std::string> looked_up_for(const fakes::wire::HttpRequest& request);
  void tell_to_come_again(const WireFault& fault, const fakes::wire::HttpRequest& request,
                          fakes::wire::HttpResponse& response);
  [[nodiscard]] Instant held_until(TextId subject) const;
  void say(const fakes::wire::HttpResponse& response, const Respond& respond);
  [[nodiscard]] Result<Event> read(std::string_view event);

  ServedSystem served_;
  std::optional<fakes::acme::SimulationDesk> desk_;
  std::optional<fakes::acme::Server> acme_;
  std::optional<Keeper> keeper_;
  WireFaults faults_;
  std::optional<bool> clock_runs_;
  std::map<std::size_t, Wanted> fetches_;
  std::size_t fetches_made_ = 0;
  std::map<std::string, Instant, std::less<>> holds_;  // no look-up for that is over sooner
  std::multimap<Instant, Event> held_;                 // what is to happen then
  Deviations deviations_;
  std::optional<Error> broken_;
  std::string said_;  // by the input that is being taken
};

}  // namespace shinsa::cli
