/// The cast of dedicated-renewal: hosting company, card company, CA, and the host's web server.
///
/// Mails go through the post of all systems, and transfers through its bank.
#pragma once

#include "fakes/cast/card_company.hpp"
#include "fakes/cast/host_server.hpp"
#include "fakes/cast/renewal_ca.hpp"
#include "fakes/cast/renewal_host.hpp"
#include "sim/simulation.hpp"

namespace shinsa::fakes::cast {

class RenewalCast {
 public:
  /// @param ca  whose authority signs; outlives this.
  explicit RenewalCast(const Certifier& ca) : ca_(ca), server_(ca_) {}

  /// Gives every action of the system but mails to its performer.
  void join(sim::Simulation& simulation);

 private:
  RenewalHost host_;
  CardCompany card_company_;
  RenewalCa ca_;
  HostServer server_;
};

}  // namespace shinsa::fakes::cast
