/// The CA's caller: dials what the obligation says; somebody answers, or nobody.
///
/// Whose number it is comes from the third party's directory (`fact.directory`). A fault leaves the
/// telephone unanswered or engaged, or lets the applicant deny the application.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "fakes/telephone/telephone.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Caller : public sim::Performer {
 public:
  /// @return an Error where the obligation knows no number.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Reads the directory.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(directory_); }

 private:
  [[nodiscard]] std::string organisation_of(TextId number) const;
  [[nodiscard]] telephone::Telephone telephone_of(const sim::Stage& stage,
                                                  std::vector<telephone::Persona> people) const;

  std::map<TextId, std::pair<std::string, TextId>> directory_;  // by number: whose, and its source
  std::size_t count_ = 0;
};

}  // namespace shinsa::fakes::cast
