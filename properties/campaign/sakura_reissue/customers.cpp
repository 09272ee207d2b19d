#include "properties/campaign/sakura_reissue/customers.hpp"

#include "properties/campaign/sakura_reissue/drawer.hpp"
#include "properties/campaign/sakura_reissue/gaps.hpp"
#include "properties/campaign/sakura_reissue/given.hpp"
#include "properties/campaign/sakura_reissue/requests.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

namespace {

class SakuraCustomers : public Customers {
 public:
  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return Drawer(dice).beginning(readings);
  }
  Command next(sim::Stream& dice) override { return Drawer(dice).next(knowledge_); }
  [[nodiscard]] Beginning beginning_of(const Plan& plan) const override {
    return sakura_reissue::beginning_of(plan);
  }
  [[nodiscard]] std::vector<Said> always_given() const override {
    return sakura_reissue::always_given();
  }
  [[nodiscard]] Said given(const Command& give, Instant start) const override {
    return given_fact(give, start);
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return sakura_reissue::request_of(command, knowledge_);
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

std::unique_ptr<Customers> customers() { return std::make_unique<SakuraCustomers>(); }

}  // namespace shinsa::properties::campaign::sakura_reissue
