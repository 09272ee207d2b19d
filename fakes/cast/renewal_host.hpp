/// The hosting company: makes orders, bills and invoices, shows the screens of its control panel,
/// confirms payments, applies to the CA, and requires a change of plan.
#pragma once

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class RenewalHost : public sim::Performer {
 public:
  /// @return an Error where a renewal has to be billed and no price is known.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;

 private:
  Result<sim::Performed> order(const model::Duty& duty, sim::Stage& stage);
  sim::Performed invoice(const model::Duty& duty, TextId subject, sim::Stage& stage);

  std::size_t orders_ = 0;  // that were opened
};

}  // namespace shinsa::fakes::cast
