/// The rental server as the world sees it: its names in the DNS, its pages, and the certificate
/// that it serves over TLS.
///
/// The DNS and the web are those of `fakes/dns` and `fakes/web`; with `Detail::events` no handshake
/// is made, and what a browser would see follows from what was put onto the server. Faults: those
/// of `dns` strike a look-up, those of `web` the fetch of a file, those of `apache` a restart.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "fakes/cast/hosted_certifier.hpp"
#include "fakes/dns/dns.hpp"
#include "fakes/web/web.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class RentalHost : public sim::Performer {
 public:
  /// Both outlive this.
  RentalHost(const HostedCertifier& certificates, Certifier& ca)
      : certificates_(&certificates), ca_(&ca), web_(dns_) {}

  /// Looks up, fetches the validation file, installs, or opens the page as a browser does.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Follows what the member, the provider and the owner of the zone do.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed.keys(hosts_); }

 private:
  /// A host name and what lies on the server for it.
  struct Host {
    std::string name;
    std::string address;
    std::string certificate;  // subject; empty: none
    std::string visited;      // the name that a browser was given last
    bool failed = false;
  };

  sim::Performed look_up(const model::Duty& duty, TextId subject, sim::Stage& stage);
  Result<sim::Performed> fetch(const model::Duty& duty, TextId subject, sim::Stage& stage);
  Result<sim::Performed> install(const model::Duty& duty, TextId subject, sim::Stage& stage);
  Result<sim::Performed> show(const model::Duty& duty, TextId subject, sim::Stage& stage);

  void know(const Event& event, sim::Stage& stage);
  void change_name(const Event& event, const sim::Stage& stage);
  void change_page(const Event& event, const sim::Stage& stage);
  void write(Host& host, std::string_view certificate, Instant at);
  void put_on(Host& host, std::string_view certificate, Instant at);
  [[nodiscard]] Result<void> restart(Host& host, sim::Stage& stage);
  [[nodiscard]] RecordId seen_on_paper(const Host& host, const sim::Stage& stage) const;
  [[nodiscard]] Result<RecordId> seen_by_tls(const Host& host, sim::Stage& stage);
  [[nodiscard]] Host* host_of(TextId subject);
  [[nodiscard]] web::Server& server_of(const Host& host) { return web_.server(host.address); }

  const HostedCertifier* certificates_;
  Certifier* ca_;
  dns::Dns dns_;
  web::Web web_;
  std::map<TextId, Host> hosts_;  // by subject
};

}  // namespace shinsa::fakes::cast
