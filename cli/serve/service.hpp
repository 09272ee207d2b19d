/// `shinsa serve`: the fakes of one system on sockets, their clock, and the admin API.
///
/// One simulation decides, and everything that a client does becomes an event of its trace; the
/// fronts carry bytes. All of it runs on one thread, that of the loop, so that nothing here is
/// locked.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/serve/ca_front.hpp"
#include "cli/serve/clock.hpp"
#include "cli/serve/stage.hpp"
#include "cli/serve/validator.hpp"
#include "cli/serve/wire_faults.hpp"
#include "fakes/acme/server.hpp"
#include "fakes/acme/simulation_desk.hpp"
#include "fakes/dns/front.hpp"
#include "fakes/web/front.hpp"
#include "fakes/wire/http_server.hpp"
#include "fakes/wire/own_root.hpp"

namespace shinsa::cli {

struct ServiceOptions {
  std::string address = "127.0.0.1";
  std::uint16_t acme_port = 0, admin_port = 0, dns_port = 0, http_port = 0, https_port = 0;
  /// Where a customer's own web server is asked, on a loopback address that the DNS names: in the
  /// place of ports 80 and 443.
  Ports customer{80, 443};
  bool clock_runs = true;
  bool challenges_met = false;  ///< every challenge finds what it wants; nobody is asked
  fakes::wire::OwnRoot root;    ///< of the ACME server and, on another address, of the admin API
  std::string token;            ///< that every admin call must bear; empty: none
  /// A line of JSON for each request, without its end.
  std::function<void(const std::string& line)> log = {};
};

class Service {
 public:
  /// @param loop, served  outlive it. @param ca_front  where the certificates of `served` lead.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(fakes::wire::Loop& loop,
                                                              ServedSystem& served,
                                                              std::unique_ptr<CaFront> ca_front,
                                                              ServiceOptions options);
  ~Service();
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;

  /// Where everything is, as JSON. @param root_file  where clients find the root to trust.
  [[nodiscard]] std::string addresses(const std::string& root_file) const;

  // -- what the admin API does; all of it on the loop's thread
  [[nodiscard]] Instant now() const;
  [[nodiscard]] bool clock_runs() const { return clock_.runs(); }
  [[nodiscard]] Result<void> set_clock(Instant to);
  void run_clock(bool runs);
  /// Lets a fact or a request happen. @param json  `{"type": ..., "subject": ..., "data": {...}}`
  /// @return the events that came of it, as lines.
  [[nodiscard]] Result<std::vector<std::string>> happen(std::string_view json);
  /// Adds a TXT record beside those of the name, or takes it away: a challenge by DNS.
  /// @param name  with or without a dot at its end.
  [[nodiscard]] Result<void> change_txt(std::string name, const std::string& value, bool adds);
  /// The lines of the trace from that one on, counted from 0.
  [[nodiscard]] std::vector<std::string> trace(std::size_t from) const;
  /// Sends every event from now on to that outlet.
  void follow(std::shared_ptr<fakes::wire::Outlet> outlet);
  [[nodiscard]] WireFaults& faults() { return faults_; }
  /// What the judge holds against the portal and the CA, and what was refused of whoever asked.
  [[nodiscard]] std::string verdict() const;
  /// Credentials of external account bindings, as JSON.
  [[nodiscard]] std::string eabs();
  [[nodiscard]] std::string root_pem() const { return served_->cast->root_pem(); }
  [[nodiscard]] std::string chain_pem() const { return served_->cast->chain_pem(); }
  /// The revocation list that is current now, PEM.
  [[nodiscard]] std::string crl_pem();
  [[nodiscard]] const std::string& token() const { return options_.token; }

 private:
  Service(fakes::wire::Loop& loop, ServedSystem& served, std::unique_ptr<CaFront> ca_front,
          ServiceOptions options);
  [[nodiscard]] Result<void> start_fronts();
  [[nodiscard]] Result<void> start_dns_and_web(fakes::cast::Internet& internet);
  [[nodiscard]] Result<fakes::wire::HttpServer> start_http(std::uint16_t port, bool by_tls,
                                                           fakes::wire::HttpHandler handler);
  void take_acme(const fakes::wire::HttpRequest& request, fakes::wire::Respond respond);
  void take_ca(const fakes::wire::HttpRequest& request, const fakes::wire::Respond& respond);
  void play(const WireFault& fault, fakes::wire::HttpResponse& response);
  void validated(TextId subject, const fakes::web::Fetched& fetched);
  void pass();
  void catch_up();
  void tick();
  void publish();
  void log(const char* front, const fakes::wire::HttpRequest& request, int status,
           const std::string& what);
  void log_trouble(const char* front, const std::string& peer, const std::string& what);

  fakes::wire::Loop* loop_;
  ServedSystem* served_;
  ServiceOptions options_;
  ServiceClock clock_;
  WireFaults faults_;
  std::optional<Error> broken_;  // what ended the simulation
  std::size_t published_ = 0;    // events that followers have seen
  std::list<std::shared_ptr<fakes::wire::Outlet>> followers_;
  std::optional<Validator> validator_;
  std::optional<fakes::acme::SimulationDesk> desk_;
  std::optional<fakes::acme::Server> acme_;
  std::unique_ptr<CaFront> ca_front_;
  std::optional<fakes::wire::HttpServer> acme_front_, admin_front_;
  std::optional<fakes::dns::Front> dns_front_;
  std::optional<fakes::web::Front> web_front_;
  fakes::wire::Timer timer_;
};

}  // namespace shinsa::cli
