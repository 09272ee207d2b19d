#include "cli/serve/service.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <utility>

#include "cli/serve/admin.hpp"
#include "cli/serve/url.hpp"
#include "fakes/acme/problem.hpp"
#include "fakes/cast/internet.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

namespace {

constexpr std::chrono::milliseconds kTick{200};  // how often a running clock is looked at

/// `WWW.example.jp:5002` -> `www.example.jp`.
std::string host_of(const std::string& authority) {
  const std::size_t bracket = authority.find(']');
  std::string host =
      authority.substr(0, authority.find(':', bracket == std::string::npos ? 0 : bracket));
  for (char& c : host)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return host;
}

/// What a fault does to a query and its answer.
fakes::dns::QueryFault query_fault(const WireFault& fault) {
  using Kind = WireFault::Kind;
  switch (fault.kind) {
    case Kind::servfail:
      return {.status = fakes::dns::Status::servfail};
    case Kind::nxdomain:
      return {.status = fakes::dns::Status::nxdomain};
    case Kind::silent:
      return {.status = fakes::dns::Status::timeout};
    case Kind::truncated:
      return {.is_truncated = true};
    case Kind::slow:
      return {.delay = fault.delay};
    case Kind::status:
    case Kind::reset:
    case Kind::bad_nonce:
    case Kind::processing:
      break;  // are of HTTP
  }
  return {};
}

ServiceClock::Real real_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Service::Service(wire::Loop& loop, ServiceOptions options)
    : loop_(&loop), options_(std::move(options)), clock_({}, false, real_now()) {
  if (options_.threads > 1) acme_.keyring = std::make_shared<fakes::acme::Keyring>();
}

Service::~Service() {
  for (const auto& follower : followers_) follower->end();
}

Result<std::unique_ptr<Service>> Service::start(wire::Loop& loop, ServiceOptions options) {
  std::unique_ptr<Service> service(new Service(loop, std::move(options)));
  if (auto begun = service->begin(); !begun) return Failure(begun.error());
  if (auto started = service->start_fronts(); !started) return Failure(started.error());
  if (service->options_.frozen && service->clock_runs()) service->run_clock(false);
  service->begin_fetches();
  service->tick();
  return service;
}

// -- fronts
// ------------------------------------------------------------------------------------------------------------

Result<void> Service::start_fronts() {
  options_.ca_front->open(
      [this](const auto& request, const auto& respond) { take_ca(request, respond); },
      [this](const auto& peer, const auto& what) { log_trouble("ca", peer, what); });
  if (auto started = start_dns_and_web(); !started) return started;
  if (state_->desk()) {
    auto front = AcmeFront::start(*loop_, http_options(options_.acme_port, true), options_.threads,
                                  acme_, [this](AcmeAsked asked, wire::Respond respond) {
                                    take_acme(std::move(asked), std::move(respond));
                                  });
    if (!front) return Failure(front.error());
    acme_front_ = std::move(*front);
  }
  auto admin = wire::HttpServer::start(
      *loop_, http_options(options_.admin_port, !options_.token.empty()),
      [this](const auto& request, const auto& respond) { take_admin(request, respond); });
  if (!admin) return Failure(admin.error());
  admin_front_ = std::move(*admin);
  return {};
}

/// Likewise when all begins again, at the same ports.
Result<void> Service::start_dns_and_web() {
  fakes::cast::Internet* internet = state_->cast().internet();
  if (!internet) return {};
  fakes::dns::FrontOptions dns;
  dns.address = options_.address;
  dns.port = options_.dns_port;
  dns.now = [this] { return now(); };
  dns.on_query = [this](const fakes::dns::QueryLine& line) {
    if (options_.log)
      options_.log(json::serialize(json::object{{"front", "dns"},
                                                {"peer", line.peer},
                                                {"time", to_text(line.at)},
                                                {"question", line.question},
                                                {"outcome", line.outcome}}));
  };
  dns.fault = [this](std::string_view name, fakes::dns::Transport transport) {
    const bool by_tcp = transport == fakes::dns::Transport::tcp;
    const auto fault = fault_for({WireFront::dns, {}, std::string(name), false, by_tcp});
    return fault ? query_fault(*fault) : fakes::dns::QueryFault{};
  };
  dns.on_trouble = [this](const auto& peer, const auto& what) { log_trouble("dns", peer, what); };
  auto name_server = fakes::dns::Front::start(*loop_, internet->dns(), std::move(dns));
  if (!name_server) return Failure(name_server.error());
  dns_front_ = std::move(*name_server);

  fakes::web::FrontOptions web;
  web.address = options_.address;
  web.http_port = options_.http_port;
  web.https_port = options_.https_port;
  web.now = [this] { return now(); };
  web.on_request = [this](const fakes::web::RequestLine& line) {
    if (options_.log)
      options_.log(json::serialize(json::object{{"front", "web"},
                                                {"peer", line.peer},
                                                {"time", to_text(line.at)},
                                                {"scheme", line.scheme},
                                                {"host", line.host},
                                                {"method", line.method},
                                                {"target", line.target},
                                                {"status", line.status}}));
  };
  web.spoil = [this](const wire::HttpRequest& request, wire::HttpResponse& response) {
    const WireFront front = request.scheme == "https" ? WireFront::https : WireFront::http;
    if (const auto fault = fault_for({front, request.target, host_of(request.host)}))
      spoil(*fault, response);
  };
  web.on_trouble = [this](const auto& peer, const auto& what) { log_trouble("web", peer, what); };
  auto sites = fakes::web::Front::start(*loop_, internet->web(), std::move(web));
  if (!sites) return Failure(sites.error());
  web_front_ = std::move(*sites);

  if (validator_)
    validator_->look_at(internet->web());
  else
    validator_.emplace(*loop_, internet->web(), [this] { return now(); });
  validator_->set({options_.address,
                   {web_front_->http_port(), web_front_->https_port()},
                   options_.customer,
                   std::chrono::seconds(10)});
  return {};
}

wire::HttpOptions Service::http_options(std::uint16_t port, bool by_tls) {
  wire::HttpOptions options;
  options.address = options_.address;
  options.port = port;
  if (by_tls) options.tls = wire::TlsOptions{options_.root.identity};
  options.limits.body_bytes = std::size_t{256} * 1024;
  options.on_trouble = [this, by_tls](const auto& peer, const auto& what) {
    log_trouble(by_tls ? "https" : "http", peer, what);
  };
  return options;
}

std::string Service::addresses(const std::string& root_file) const {
  json::object all{{"system", state_->simulation().system().profile().name},
                   {"admin", json::object{{"url", url(options_.token.empty() ? "http" : "https",
                                                      options_.address, admin_front_->port())}}}};
  const fakes::ca::Addresses ca = options_.ca_front->addresses();
  all["ca"] = json::object{{"url", options_.ca_front->url()},
                           {"ocsp", ca.ocsp},
                           {"crl", ca.crl},
                           {"root", ca.root},
                           {"issuer", ca.issuer}};
  if (acme_front_)
    all["acme"] = json::object{
        {"directory", url("https", options_.address, acme_front_->port()) + "/directory"},
        {"ca", root_file}};
  if (dns_front_)
    all["dns"] = json::object{{"address", options_.address}, {"port", dns_front_->port()}};
  if (web_front_)
    all["http"] = json::object{{"address", options_.address},
                               {"http_port", web_front_->http_port()},
                               {"https_port", web_front_->https_port()}};
  return json::serialize(all);
}

// -- inputs and answers
// ------------------------------------------------------------------------------------------------

/// Makes the state that the journal tells of, or that of the start.
Result<void> Service::begin() {
  auto served = options_.begin();
  if (!served) return Failure(served.error());
  auto state = std::make_unique<ServedState>(std::move(*served), options_.kept, acme_);
  if (options_.journal)
    if (auto done = replay(*options_.journal, *state); !done) return done;
  state_ = std::move(state);
  oracles_.emplace(state_->simulation().system().profile().name);
  clock_ =
      ServiceClock(state_->now(), state_->clock_runs().value_or(options_.clock_runs), real_now());
  noted_until_ = state_->now();
  published_ = state_->events();
  begun_ = 0;
  ++life_;
  return {};
}

Result<void> Service::begin_again() {
  for (const auto& follower : std::exchange(followers_, {})) follower->end();
  if (dns_front_) options_.dns_port = dns_front_->port();
  if (web_front_) {
    options_.http_port = web_front_->http_port();
    options_.https_port = web_front_->https_port();
  }
  dns_front_.reset();  // they look at what is about to go
  web_front_.reset();
  auto begun = begin();
  if (begun) begun = start_dns_and_web();
  if (!begun) {  // what is on disk and what is here are two things now
    unkept_ = begun.error();
    return begun;
  }
  begin_fetches();
  return {};
}

Result<void> Service::take(decltype(Input::what) what, bool is_quiet, ServedState::Respond respond,
                           std::optional<WireFault>* fault) {
  if (unkept_) {
    const fakes::acme::Refusal refusal{"serverInternal", {}, {}, unkept_->text()};
    if (respond) respond(fakes::acme::to_response(fakes::acme::problem_of(refusal)));
    plan_flush();
    return Failure(*unkept_);
  }
  Noted noted{{now(), std::move(what)}, {}};
  const std::size_t before = state_->events();
  auto taken = state_->take(noted.input, std::move(respond));
  noted.said = std::move(taken.said);
  if (fault) *fault = std::move(taken.fault);
  const bool nothing_came = noted.said.empty() && before == state_->events();
  if (options_.journal && !(is_quiet && nothing_came)) {
    options_.journal->append(to_line(noted));
    noted_until_ = noted.input.at;
  }
  begin_fetches();
  plan_flush();
  return std::move(taken.done);
}

void Service::take_acme(AcmeAsked asked, wire::Respond respond) {
  const wire::HttpRequest& request = asked.request;
  wire::HttpRequest shown{request.method, {}, {}, request.target, {}, {}, request.peer};
  static_cast<void>(take(
      std::move(asked), false,
      [this, shown = std::move(shown), respond = std::move(respond)](wire::HttpResponse response) {
        const bool is_problem = response.status >= 400;
        log("acme", shown, response.status, is_problem ? response.body : std::string());
        outbox_.emplace_back(respond, std::move(response));
      }));
}

/// It is noted too, so that nobody is told of a later instant than a restart knows.
void Service::let_time_pass() {
  if (!unkept_) static_cast<void>(take(TimePassed{}, noted_until_ == now()));
}

/// What is to be played on a request to a front that notes nothing unless some fault counts it.
std::optional<WireFault> Service::fault_for(WireRequest request) {
  if (unkept_ || !state_->faults().is_one_for(request, now())) return std::nullopt;
  std::optional<WireFault> fault;
  static_cast<void>(take(FrontAsked{std::move(request)}, false, {}, &fault));
  return fault;
}

/// Who asks what is revoked changes nothing that is noted.
void Service::take_ca(const wire::HttpRequest& request, const wire::Respond& respond) {
  let_time_pass();
  wire::HttpResponse response =
      unkept_ ? wire::HttpResponse{.status = 500} : state_->cast().ask_ca(request, now());
  if (const auto fault = fault_for({WireFront::ca, request.target})) spoil(*fault, response);
  log("ca", request, response.status, unkept_ ? unkept_->text() : std::string());
  outbox_.emplace_back(respond, std::move(response));
  plan_flush();
}

/// An admin call speaks of what has happened by now, and of no later time than is noted.
void Service::take_admin(const wire::HttpRequest& request, const wire::Respond& respond) {
  let_time_pass();
  answer_admin(*this, request, [&](wire::HttpResponse response) {
    outbox_.emplace_back(respond, std::move(response));
  });
  plan_flush();
}

/// Answers leave together, once what they rest on is on disk; without a durable journal, at once.
void Service::plan_flush() {
  if (!options_.journal || !options_.journal->is_durable()) return flush();
  if (std::exchange(is_flush_planned_, true)) return;
  loop_->post([this] { flush(); });
}

void Service::flush() {
  is_flush_planned_ = false;
  if (options_.journal && !unkept_)
    if (auto kept = options_.journal->sync(); !kept) {
      unkept_ = kept.error();
      log_trouble("journal", {}, unkept_->text());
      for (auto& [respond, response] : outbox_)
        response = {.status = 500, .body = unkept_->text() + "\n"};
    }
  if (!unkept_) publish();
  for (auto& [respond, response] : std::exchange(outbox_, {})) respond(std::move(response));
}

/// Asks for the pages that are wanted since the last time.
void Service::begin_fetches() {
  const auto& all = state_->fetches();
  for (auto next = all.upper_bound(begun_); next != all.end(); ++next) {
    begun_ = next->first;
    validator_->fetch(next->second.fetching, [this, life = life_, number = next->first](
                                                 const fakes::web::Fetched& fetched) {
      if (life == life_) answered(number, fetched);
    });
  }
}

/// The validator has an answer: it happens now, and whoever waits for it is looked after.
void Service::answered(std::size_t number, const fakes::web::Fetched& fetched) {
  const auto wanted = state_->fetches().find(number);
  if (wanted == state_->fetches().end()) return;
  Facts facts;
  const Event event{now(), kType<"http.answered">, facts.intern("asked"),
                    facts.intern(wanted->second.subject),
                    fakes::cast::Internet::answered(fetched, facts)};
  if (auto done = take(WebAnswered{number, sim::to_json_line(event, facts)}); !done)
    log_trouble("web", {}, done.error().text());
}

// -- time
// ---------------------------------------------------------------------------------------------------------------

Instant Service::now() const { return clock_.now(real_now()); }

void Service::tick() {
  if (!unkept_ && state_->is_due(now())) static_cast<void>(take(TimePassed{}, true));
  give_back_memory();
  timer_ = loop_->after(kTick, [this] { tick(); });
}

void Service::give_back_memory() {
  const std::size_t open =
      (acme_front_ ? acme_front_->connections() : 0) + admin_front_->connections();
  const std::size_t most = (acme_front_ ? acme_front_->take_peak() : 0) + admin_front_->take_peak();
  spare_memory_.look(open, most);
}

/// Shows the new events to the laws and to whoever follows; then what need not be kept is
/// forgotten.
void Service::publish() {
  const sim::Simulation& simulation = state_->simulation();
  oracles_->follow(simulation);
  const auto& all = simulation.trace();
  if (followers_.empty()) published_ = state_->events();
  for (; published_ < state_->events(); ++published_) {
    const Event& event = all[published_ - simulation.forgotten()].event;
    const std::string text =
        "data: " + sim::to_json_line(event, simulation.facts(), published_ + 1) + "\n\n";
    followers_.remove_if([&](const auto& follower) { return !follower->send(text); });
  }
  state_->clear_up(oracles_->laws());
}

// -- the log
// ------------------------------------------------------------------------------------------------------------

void Service::log(const char* front, const wire::HttpRequest& request, int status,
                  const std::string& what) {
  if (!options_.log) return;
  json::object line{{"front", front},           {"peer", request.peer},
                    {"time", to_text(now())},   {"method", request.method},
                    {"target", request.target}, {"status", status}};
  if (!what.empty()) line["what"] = what;
  options_.log(json::serialize(line));
}

void Service::log_trouble(const char* front, const std::string& peer, const std::string& what) {
  if (options_.log)
    options_.log(
        json::serialize(json::object{{"front", front}, {"peer", peer}, {"trouble", what}}));
}

}  // namespace shinsa::cli
