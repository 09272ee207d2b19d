/// The postal service: carries documents to the address on the envelope, wherever that is. A fault
/// delays or loses them.
#pragma once

#include "fakes/post_office/post_office.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class LetterCarrier : public sim::Performer {
 public:
  /// Owes nothing to anybody. @return an Error, always.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Takes what was posted.
  void observe(const Event& event, sim::Stage& stage) override;

 private:
  post_office::PostOffice office_;
};

}  // namespace shinsa::fakes::cast
