/// What a trace of jpdirect-acme says of EABs, accounts, orders and what belongs to them, as a
/// client of the ACME server sees it. Private to this folder.
///
/// Statuses are not among it: they are those of the model's machines, and some of them change
/// without an event (see `SimulationDesk`).
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/acme/desk.hpp"
#include "sim/simulation.hpp"

namespace shinsa::fakes::acme {

/// `ACM-38` for each.
[[nodiscard]] std::vector<std::string> ids_of(std::span<const ClauseIndex> clauses);
/// The word of a field that holds an ACME error.
[[nodiscard]] std::string_view error_word(Value error);

class Projection {
 public:
  template <class View>
  using Views = std::map<std::string_view, View>;  ///< subjects, as the store of facts holds them
  struct Eab {
    std::string key;  ///< octets
    std::optional<Instant> expires;
  };

  /// @param simulation  outlives this.
  explicit Projection(sim::Simulation& simulation) : simulation_(&simulation) {}

  /// Takes the events that came since the last time.
  void absorb();

  /// What belongs to an order, itself included, as the store of facts holds it.
  [[nodiscard]] std::vector<std::string_view> things_of(std::string_view order) const;
  /// Forgets an order and all that belongs to it. The trace says no more of it than it has said.
  void forget(std::string_view order);
  /// Tells which texts of the store it refers to.
  void tell_needed(Needed& needed) const;

  std::map<std::string, Eab, std::less<>> eabs;  ///< by key id; all else by subject
  Views<OrderView> orders;  ///< also those that are accepted and not created yet
  Views<AuthorizationView> authorizations;
  Views<ChallengeView> challenges;
  Views<CertificateView> certificates;
  Views<Refusal> refusals;             ///< the last of each subject
  std::set<std::string_view> created;  ///< accounts and orders that exist
  /// Keys of certificates that were revoked because the key was compromised, as in
  /// `CertificateView`. No order that is forgotten takes one along.
  std::set<std::string, std::less<>> compromised;

 private:
  void take(const sim::Stepped& stepped);
  void take_eab(const Event& event, const Record& said);
  void take_offer(const Event& event, const Record& said);
  void take_failure(const sim::Stepped& stepped, const Record& said);
  void take_certificate(const Event& event, const Record& said);
  void take_revocation(const Event& event, const Record& said);
  [[nodiscard]] Refusal refusal_in(const Event& event) const;
  [[nodiscard]] std::string_view text(Value value) const;
  [[nodiscard]] std::vector<std::string_view> texts(Value list) const;

  sim::Simulation* simulation_;
  std::size_t seen_ = 0;  // events of the trace, those that it has forgotten included
};

/// What is known of a subject; null if nothing is.
template <class Views>
[[nodiscard]] auto* find(Views& views, std::string_view subject) {
  const auto at = views.find(subject);
  return at == views.end() ? nullptr : &at->second;
}

}  // namespace shinsa::fakes::acme
