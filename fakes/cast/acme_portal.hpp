/// What the portal does for users of ACME: EABs with an application number, the list of use-FQDNs,
/// money back. Bills and mails: the bookkeeper and the post.
#pragma once

#include <map>
#include <string>

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class AcmePortal : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(eabs_); }

 private:
  sim::Performed issue_eab(const model::Duty& duty, TextId customer, sim::Stage& stage);

  std::map<TextId, std::size_t> eabs_;  // how many each customer was seen to get
  std::size_t applications_ = 0;        // likewise
};

}  // namespace shinsa::fakes::cast
