/// The desk that asks the simulation of jpdirect-acme.
///
/// What a client asks for becomes a request event, stepped at the clock's instant; the simulation
/// runs until then, and what came of it is read from the trace. Statuses are those of the model's
/// machines, so that what no event says (strings that ran out, an order whose registration is over)
/// shows all the same. Nothing is decided here.
/// The clock moves where the owner of the simulation lets it (`Simulation::run_until`): a
/// validation that has no answer yet stays `processing` until the trace has one.
#pragma once

#include <optional>
#include <string>

#include "fakes/acme/desk.hpp"
#include "fakes/acme/projection.hpp"
#include "fakes/cast.hpp"
#include "sim/simulation.hpp"

namespace shinsa::fakes::acme {

class SimulationDesk : public Desk {
 public:
  /// @param simulation  of jpdirect-acme, opened. @param cast  has joined it, with
  ///                    Detail::full or served where certificates are to be downloaded. Both
  ///                    outlive this.
  SimulationDesk(sim::Simulation& simulation, Cast& cast);

  [[nodiscard]] Instant now() const override { return simulation_->now(); }
  void catch_up() override;
  [[nodiscard]] sim::Stream& stream(std::string_view name) override {
    return simulation_->streams()[name];
  }
  [[nodiscard]] std::optional<std::string> eab_key(std::string_view key_id) override;
  [[nodiscard]] std::vector<EabCredentials> eab_credentials() override;
  [[nodiscard]] Verdict open_account(const AccountWish& wish) override;
  void know_key(std::string_view account, const std::string& thumbprint) override;
  [[nodiscard]] Verdict open_order(std::string_view account,
                                   const std::vector<std::string>& names) override;
  [[nodiscard]] Verdict respond(std::string_view authorization, std::string_view type) override;
  [[nodiscard]] Verdict finalize(std::string_view order, const ca::Csr& csr) override;
  [[nodiscard]] Verdict download(std::string_view certificate, std::string_view account) override;
  [[nodiscard]] Verdict revoke(std::string_view certificate, std::string_view reason) override;
  [[nodiscard]] Verdict verdict_on(std::string_view subject) override;
  [[nodiscard]] const OrderView* order(std::string_view subject) override;
  [[nodiscard]] const AuthorizationView* authorization(std::string_view subject) override;
  [[nodiscard]] const ChallengeView* challenge(std::string_view subject) override;
  [[nodiscard]] const CertificateView* certificate(std::string_view subject) override;
  [[nodiscard]] std::string certificate_pem(std::string_view subject) override;
  [[nodiscard]] std::string chain_pem() override { return cast_->chain_pem(); }
  [[nodiscard]] std::string root_pem() override { return cast_->root_pem(); }

  /// Whether nothing more comes of an order: it is valid or invalid, or was refused, and nothing
  /// that belongs to it is owed.
  [[nodiscard]] bool is_over(std::string_view order);
  /// Forgets such an order, its authorizations, challenges and certificate: there is none from now
  /// on. The simulation remembers them. @return what these are called.
  std::vector<TextId> forget(std::string_view order);
  /// Tells what of the store of facts it refers to.
  void tell_needed(Needed& needed) const { seen_.tell_needed(needed); }

  /// What ended the simulation, if anything did; everything is `serverInternal` from then on.
  [[nodiscard]] const std::optional<Error>& broken() const { return broken_; }

 private:
  Verdict ask(TypeIndex type, const std::string& subject, RecordId data);
  [[nodiscard]] std::string next(std::string_view kind, std::size_t& count) const;
  [[nodiscard]] std::string first_state(std::string_view subject) const;
  [[nodiscard]] std::string state_of_challenge(std::string_view subject) const;
  [[nodiscard]] std::shared_ptr<const Refusal> why_over(std::string_view order) const;
  [[nodiscard]] std::optional<Refusal> owed_failure(std::string_view challenge);
  [[nodiscard]] ListId list_of(const std::vector<std::string>& texts);

  sim::Simulation* simulation_;
  Cast* cast_;
  Projection seen_;
  std::optional<Error> broken_;
  std::size_t accounts_ = 0, orders_made_ = 0;
};

}  // namespace shinsa::fakes::acme
