#include "fakes/cast/renewal_cast.hpp"

namespace shinsa::fakes::cast {

void RenewalCast::join(sim::Simulation& simulation) {
  for (const TypeIndex type :
       {kType<"renewal.ordered">, kType<"invoice.issued">, kType<"payment.confirmed">,
        kType<"billing.shown">, kType<"ca.applied">, kType<"plan-change.required">})
    simulation.cast(type, host_);
  simulation.cast(kType<"card.charged">, card_company_);
  for (const TypeIndex type : {kType<"review.asked">, kType<"certificate.issued">})
    simulation.cast(type, ca_);
  for (const TypeIndex type : {kType<"certificate.installed">, kType<"site.shown">})
    simulation.cast(type, server_);
}

}  // namespace shinsa::fakes::cast
