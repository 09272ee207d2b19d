#include "properties/campaign/nttcom_biz/customers.hpp"

#include "properties/campaign/nttcom_biz/drawer.hpp"
#include "properties/campaign/nttcom_biz/gaps.hpp"
#include "properties/campaign/nttcom_biz/given.hpp"
#include "properties/campaign/nttcom_biz/requests.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

namespace {

class NttcomCustomers : public Customers {
 public:
  Plan beginning(sim::Stream& dice, std::size_t readings) override {
    return Drawer(dice).beginning(readings);
  }
  Command next(sim::Stream& dice) override { return Drawer(dice).next(knowledge_); }
  [[nodiscard]] Beginning beginning_of(const Plan& plan) const override {
    return nttcom_biz::beginning_of(plan);
  }
  [[nodiscard]] std::vector<Said> always_given() const override {
    return nttcom_biz::always_given();
  }
  [[nodiscard]] Said given(const Command& give, Instant start) const override {
    return given_certificate(give, start);
  }
  [[nodiscard]] Said request_of(const Command& command) const override {
    return nttcom_biz::request_of(command, knowledge_);
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

std::unique_ptr<Customers> customers() { return std::make_unique<NttcomCustomers>(); }

}  // namespace shinsa::properties::campaign::nttcom_biz
