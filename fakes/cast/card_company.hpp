/// The company behind a credit card: approves what it is asked for, at once. A fault makes it
/// decline, or answer late.
#pragma once

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class CardCompany : public sim::Performer {
 public:
  /// Carries the charge to the company, whose answer comes by itself.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
};

}  // namespace shinsa::fakes::cast
