/// `shinsa serve`: the fakes of one system on sockets, their clock, and the admin API.
///
/// One simulation decides, and everything that a client does becomes an event of its trace; the
/// fronts carry bytes. All of it runs on one thread, that of the loop, so that nothing here is
/// locked; the front of the ACME server may have threads of its own. What comes from outside is an
/// input (`input.hpp`): it is taken by the state, which alone says what is answered, and noted in
/// the journal before that answer leaves.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/serve/acme_front.hpp"
#include "cli/serve/ca_front.hpp"
#include "cli/serve/clock.hpp"
#include "cli/serve/journal.hpp"
#include "cli/serve/oracles.hpp"
#include "cli/serve/replay.hpp"
#include "cli/serve/spare_memory.hpp"
#include "cli/serve/state.hpp"
#include "cli/serve/validator.hpp"
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
  bool clock_runs = true;     ///< at the very start
  bool frozen = false;        ///< it stands still from now on, however the journal left it
  fakes::wire::OwnRoot root;  ///< of the ACME server and, on another address, of the admin API
  std::size_t kept = 0;       ///< orders, as of `Keeper`; 0: all. Without a journal alone
  std::size_t threads = 1;    ///< 1 or more; the first decides, the others carry ACME
  std::string token;          ///< that every admin call must bear; empty: none
  /// A line of JSON for each request, without its end.
  std::function<void(const std::string& line)> log = {};
  /// Where the certificates of what is served lead.
  std::unique_ptr<CaFront> ca_front = {};
  /// Makes what is served as it is at the very start, the same each time.
  std::function<Result<ServedSystem>()> begin = {};
  /// Where inputs are noted, and what it has of them already is taken first; null: nowhere.
  std::unique_ptr<Journal> journal = {};
};

class Service {
 public:
  /// @param loop  outlives it.
  /// @return an Error: a port is taken, the beginning cannot be, or the journal tells of answers
  ///         that this program does not give.
  [[nodiscard]] static Result<std::unique_ptr<Service>> start(fakes::wire::Loop& loop,
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
  /// Lets a fact or a request happen. @param event  `{"type": ..., "subject": ..., "data": {...}}`
  /// @return the events that came of it, as lines.
  [[nodiscard]] Result<std::vector<std::string>> happen(std::string event);
  /// Adds a TXT record beside those of the name, or takes it away: a challenge by DNS.
  /// @param name  with or without a dot at its end.
  [[nodiscard]] Result<void> change_txt(std::string name, const std::string& value, bool adds);
  /// The lines of the trace from that one on, counted from 0, as far as they are kept.
  [[nodiscard]] std::vector<std::string> trace(std::size_t from) const;
  /// Sends every event from now on to that outlet.
  void follow(std::shared_ptr<fakes::wire::Outlet> outlet);
  /// Gives an account that was so before its key. @return where it is.
  [[nodiscard]] Result<std::string> adopt(std::string account, std::string jwk);
  [[nodiscard]] const WireFaults& faults() const { return state_->faults(); }
  [[nodiscard]] Result<void> add_fault(std::string fault);
  [[nodiscard]] Result<void> clear_faults();
  /// All is as it was at the very start: clock, accounts, orders, faults. Requests that wait are
  /// answered 500, streams of events end.
  [[nodiscard]] Result<void> reset();
  /// Remembers how all is now. @return its name. An Error: nothing is noted (`--keep`).
  [[nodiscard]] Result<std::string> snapshot();
  /// All is as it was then; otherwise as `reset`. An Error: there is no such snapshot.
  [[nodiscard]] Result<void> restore(const std::string& id);
  /// What the judge and the laws hold against the portal and the CA, and what was refused of
  /// whoever asked.
  [[nodiscard]] std::string verdict();
  /// The same as the result of a report. @param collector  is about `profile`.
  [[nodiscard]] reports::ScenarioResult result(Collector& collector);
  [[nodiscard]] std::shared_ptr<const model::Profile> profile() const { return state_->profile(); }
  /// Credentials of external account bindings, as JSON.
  [[nodiscard]] std::string eabs();
  [[nodiscard]] std::string root_pem() const { return state_->cast().root_pem(); }
  [[nodiscard]] std::string chain_pem() const { return state_->cast().chain_pem(); }
  /// The revocation list that is current now, PEM.
  [[nodiscard]] std::string crl_pem();
  [[nodiscard]] const std::string& token() const { return options_.token; }

 private:
  Service(fakes::wire::Loop& loop, ServiceOptions options);
  [[nodiscard]] Result<void> begin();
  [[nodiscard]] Result<void> begin_again();
  [[nodiscard]] Result<void> start_fronts();
  [[nodiscard]] Result<void> start_dns_and_web();
  [[nodiscard]] fakes::wire::HttpOptions http_options(std::uint16_t port, bool by_tls);
  /// Takes an input at this instant and notes it. @param is_quiet  it need not be noted where
  /// nothing comes of it.
  /// @param fault  of a request to another front than that of ACME: set, if one is to be played.
  Result<void> take(decltype(Input::what) what, bool is_quiet = false,
                    ServedState::Respond respond = {}, std::optional<WireFault>* fault = nullptr);
  std::optional<WireFault> fault_for(WireRequest request);
  void take_acme(AcmeAsked asked, fakes::wire::Respond respond);
  /// Lets everything happen that is due by now.
  void let_time_pass();
  void take_ca(const fakes::wire::HttpRequest& request, const fakes::wire::Respond& respond);
  void take_admin(const fakes::wire::HttpRequest& request, const fakes::wire::Respond& respond);
  void plan_flush();
  void flush();
  void begin_fetches();
  void answered(std::size_t number, const fakes::web::Fetched& fetched);
  void tick();
  void give_back_memory();
  void publish();
  void log(const char* front, const fakes::wire::HttpRequest& request, int status,
           const std::string& what);
  void log_trouble(const char* front, const std::string& peer, const std::string& what);

  fakes::wire::Loop* loop_;
  ServiceOptions options_;
  ServiceClock clock_;
  std::unique_ptr<ServedState> state_;
  std::optional<Oracles> oracles_;
  std::uint64_t life_ = 0;       // how often all has begun
  Instant noted_until_;          // no later instant is in the journal
  std::optional<Error> unkept_;  // why the journal and what is here are no longer the same
  std::size_t begun_ = 0;        // the number of the newest fetch that was begun
  SpareMemory spare_memory_;
  std::size_t published_ = 0;  // events that followers have seen
  std::vector<std::pair<fakes::wire::Respond, fakes::wire::HttpResponse>> outbox_;
  bool is_flush_planned_ = false;
  std::list<std::shared_ptr<fakes::wire::Outlet>> followers_;
  std::optional<Validator> validator_;
  fakes::acme::ServerOptions acme_;
  std::unique_ptr<AcmeFront> acme_front_;
  std::optional<fakes::wire::HttpServer> admin_front_;
  std::optional<fakes::dns::Front> dns_front_;
  std::optional<fakes::web::Front> web_front_;
  fakes::wire::Timer timer_;
};

}  // namespace shinsa::cli
