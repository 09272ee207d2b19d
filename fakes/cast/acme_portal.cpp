#include "fakes/cast/acme_portal.hpp"

#include <fmt/format.h>

#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::cast {

using sim::Performed;
using sim::Stage;

Result<Performed> AcmePortal::perform(const model::Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"eab.issued">) return issue_eab(duty, subject, stage);
  return Performed{subject, as_demanded(duty, stage).build()};
}

const sim::TypeSet& AcmePortal::watches() const {
  static constexpr sim::TypeSet watched{kType<"eab.issued">};
  return watched;
}

void AcmePortal::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  ++eabs_[said.fields[kField<"eab.issued", "customer">].text()];
  if (said.fields[kField<"eab.issued", "number">].present()) ++applications_;
}

/// The first of a customer comes with the number of the application; one after an inquiry has none.
Performed AcmePortal::issue_eab(const model::Duty& duty, TextId customer, Stage& stage) {
  const std::string_view who = stage.facts.text(customer);
  const std::size_t count = eabs_[customer] + 1;
  RecordBuilder record = as_demanded(duty, stage);
  record.set("expires",
             stage.now + days(stage.system.profile().numbers[kNumber<"ACM-18", "days">]));
  if (duty.clause == kClause<"ACM-17">)
    record.set("number", std::string_view(fmt::format("ACME{:08}", applications_ + 1)));
  const std::string subject = fmt::format("eab/{}-{}", who.substr(who.find('/') + 1), count);
  return {stage.facts.intern(subject), record.build()};
}

}  // namespace shinsa::fakes::cast
