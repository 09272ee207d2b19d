/// The bank, and the company behind the card: what is paid by card arrives at once, a transfer on
/// the next business day when the portal's desk opens (JPR-11). A fault loses or delays it.
#pragma once

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Bank : public sim::Performer {
 public:
  /// Owes nothing to anybody. @return an Error, always.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Lets what was paid arrive.
  void observe(const Event& event, sim::Stage& stage) override;
};

}  // namespace shinsa::fakes::cast
