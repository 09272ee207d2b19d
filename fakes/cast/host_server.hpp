/// The host's web server and the visitor's browser: certificates are installed on a real TLS server
/// in process, and what a browser shows is what a handshake with it finds.
///
/// Without real certificates (Detail::events) the browser shows what the obligation demands.
#pragma once

#include <string>

#include "fakes/cast/renewal_ca.hpp"
#include "fakes/web/server.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class HostServer : public sim::Performer {
 public:
  /// @param ca  whose certificates and keys are installed; outlives this.
  explicit HostServer(const RenewalCa& ca) : ca_(&ca) {}

  /// @return an Error if the browser sees anything but what the rules expect of it: then model and
  /// reality have parted.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Puts certificates on the server: those from before, and what is installed.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed.keys(names_); }

 private:
  void serve(TextId certificate, std::string_view name, const sim::Stage& stage);
  Result<sim::Performed> look(const model::Duty& duty, TextId site, sim::Stage& stage);

  const RenewalCa* ca_;
  web::Server server_;
  std::map<TextId, std::string> names_;  // common name of each certificate
  std::size_t looks_ = 0;
};

}  // namespace shinsa::fakes::cast
