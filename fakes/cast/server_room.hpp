/// The customers' web servers in the provider's hands, one for each contract and host: certificates
/// are installed on them and served after a restart, which may fail.
///
/// With real certificates each restart is looked at from outside, by a TLS handshake; on paper the
/// last one that was installed is served.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "fakes/cast/certifier.hpp"
#include "fakes/web/server.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class ServerRoom : public sim::Performer {
 public:
  /// @param ca  knows what leads from certificates to the root, and outlives this.
  explicit ServerRoom(const Certifier& ca) : ca_(&ca) {}

  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Reads which certificate is for which host, and what becomes of configurations.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    needed(contracts_);
    for (const auto& [certificate, issued] : issued_) {
      needed(certificate);
      needed(issued.contract);
    }
    for (const auto& [where, host] : hosts_) {
      needed(where);
      needed(host.installed);
    }
  }

 private:
  struct Host {
    web::Server server;
    TextId installed;
  };
  struct Issued {
    TextId contract;
    std::string host;
    std::string key;  ///< SHA-256 of the public key, hex; empty on paper
  };
  Host& host_of(TextId certificate);
  [[nodiscard]] Result<void> install(TextId certificate, const sim::Stage& stage);
  [[nodiscard]] TextId restart(TextId certificate, bool fails, sim::Stage& stage);

  const Certifier* ca_;
  std::map<TextId, TextId> contracts_;  // by application
  std::map<TextId, Issued> issued_;
  std::map<std::pair<TextId, std::string>, Host> hosts_;
  std::map<std::string, bool> broken_;  // configurations, by host
  std::size_t handshakes_ = 0;
};

}  // namespace shinsa::fakes::cast
