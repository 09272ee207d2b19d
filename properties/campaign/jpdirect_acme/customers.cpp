#include "properties/campaign/jpdirect_acme/customers.hpp"

#include "properties/campaign/jpdirect_acme/drawer.hpp"
#include "properties/campaign/jpdirect_acme/gaps.hpp"
#include "properties/campaign/jpdirect_acme/given.hpp"
#include "properties/campaign/jpdirect_acme/requests.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

namespace {

class AcmeCustomers : public Customers {
 public:
  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return Drawer(dice).beginning(readings);
  }
  Command next(sim::Stream& dice) override { return Drawer(dice).next(knowledge_); }
  [[nodiscard]] Beginning beginning_of(const Plan& plan) const override {
    return jpdirect_acme::beginning_of(plan);
  }
  [[nodiscard]] std::vector<Said> always_given() const override {
    return jpdirect_acme::always_given();
  }
  [[nodiscard]] Said given(const Command& give, Instant start) const override {
    return jpdirect_acme::given(give, start);
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return jpdirect_acme::request_of(command, knowledge_);
  }
  [[nodiscard]] Instant when(const Command& command, Instant now, const Desk& desk) const override {
    return after_gap(command, now, knowledge_, desk);
  }
  void sent(const Command& command) override { knowledge_.sent(command); }
  void learn(const Event& event, const Facts& facts) override { knowledge_.learn(event, facts); }

 private:
  Knowledge knowledge_;
};

}  // namespace

std::unique_ptr<Customers> customers() { return std::make_unique<AcmeCustomers>(); }

}  // namespace shinsa::properties::campaign::jpdirect_acme
