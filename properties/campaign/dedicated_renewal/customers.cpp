#include "properties/campaign/dedicated_renewal/customers.hpp"

#include "properties/campaign/dedicated_renewal/drawer.hpp"
#include "properties/campaign/dedicated_renewal/gaps.hpp"
#include "properties/campaign/dedicated_renewal/given.hpp"
#include "properties/campaign/dedicated_renewal/requests.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

namespace {

class RenewalCustomers : public Customers {
 public:
  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return Drawer(dice).beginning(readings);
  }
  Command next(sim::Stream& dice) override { return Drawer(dice).next(knowledge_); }
  [[nodiscard]] Beginning beginning_of(const Plan& plan) const override {
    return dedicated_renewal::beginning_of(plan);
  }
  [[nodiscard]] std::vector<Said> always_given() const override {
    return dedicated_renewal::always_given();
  }
  [[nodiscard]] Said given(const Command& give, Instant start) const override {
    return given_certificate(give, start);
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return dedicated_renewal::request_of(command, knowledge_);
  }
  [[nodiscard]] Instant when(const Command& command, Instant now, const Desk&) const override {
    return after_gap(command, now, knowledge_);
  }
  void sent(const Command& command) override { knowledge_.sent(command); }
  void learn(const Event& event, const Facts& facts) override { knowledge_.learn(event, facts); }

 private:
  Knowledge knowledge_;
};

}  // namespace

std::unique_ptr<Customers> customers() { return std::make_unique<RenewalCustomers>(); }

}  // namespace shinsa::properties::campaign::dedicated_renewal
