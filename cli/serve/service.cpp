#include "cli/serve/service.hpp"

#include <boost/json.hpp>
#include <chrono>
#include <utility>

#include "cli/collect/collect.hpp"
#include "cli/serve/admin.hpp"
#include "cli/serve/url.hpp"
#include "fakes/acme/problem.hpp"
#include "fakes/cast/internet.hpp"
#include "model/catalogue/catalogue.hpp"
#include "sim/trace_reader.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

namespace {

constexpr std::chrono::milliseconds kTick{200};  // how often a running clock is looked at
constexpr std::string_view kNewNonce = "/acme/new-nonce";

ServiceClock::Real real_now() { return std::chrono::steady_clock::now(); }

}  // namespace

Service::Service(wire::Loop& loop, ServedSystem& served, std::unique_ptr<CaFront> ca_front,
                 ServiceOptions options)
    : loop_(&loop),
      served_(&served),
      options_(std::move(options)),
      clock_(served.simulation->now(), options_.clock_runs, real_now()),
      ca_front_(std::move(ca_front)) {}

Service::~Service() {
  for (const auto& follower : followers_) follower->end();
}

Result<std::unique_ptr<Service>> Service::start(wire::Loop& loop, ServedSystem& served,
                                                std::unique_ptr<CaFront> ca_front,
                                                ServiceOptions options) {
  std::unique_ptr<Service> service(
      new Service(loop, served, std::move(ca_front), std::move(options)));
  if (auto started = service->start_fronts(); !started) return Failure(started.error());
  service->tick();
  return service;
}

// -- fronts
// ------------------------------------------------------------------------------------------------------------

Result<void> Service::start_fronts() {
  ca_front_->open([this](const auto& request, const auto& respond) { take_ca(request, respond); },
                  [this](const auto& peer, const auto& what) { log_trouble("ca", peer, what); });
  if (fakes::cast::Internet* internet = served_->cast->internet())
    if (auto started = start_dns_and_web(*internet); !started) return started;
  if (served_->simulation->system().profile().name == "jpdirect-acme") {
    desk_.emplace(*served_->simulation, *served_->cast);
    acme_.emplace(*desk_);
    auto front = start_http(options_.acme_port, true, [this](auto request, auto respond) {
      take_acme(request, std::move(respond));
    });
    if (!front) return Failure(front.error());
    acme_front_ = std::move(*front);
  }
  auto admin = start_http(
      options_.admin_port, !options_.token.empty(),
      [this](const auto& request, const auto& respond) { answer_admin(*this, request, respond); });
  if (!admin) return Failure(admin.error());
  admin_front_ = std::move(*admin);
  return {};
}

Result<void> Service::start_dns_and_web(fakes::cast::Internet& internet) {
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
  dns.on_trouble = [this](const auto& peer, const auto& what) { log_trouble("dns", peer, what); };
  auto name_server = fakes::dns::Front::start(*loop_, internet.dns(), std::move(dns));
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
  web.on_trouble = [this](const auto& peer, const auto& what) { log_trouble("web", peer, what); };
  auto sites = fakes::web::Front::start(*loop_, internet.web(), std::move(web));
  if (!sites) return Failure(sites.error());
  web_front_ = std::move(*sites);

  validator_.emplace(*loop_, internet.web(), [this] { return now(); });
  validator_->set({options_.address,
                   {web_front_->http_port(), web_front_->https_port()},
                   options_.customer,
                   std::chrono::seconds(10)});
  if (options_.challenges_met) internet.meet_challenges();
  internet.ask_elsewhere([this](TextId subject, fakes::web::Fetching fetching) {
    validator_->fetch(std::move(fetching), [this, subject](const fakes::web::Fetched& fetched) {
      validated(subject, fetched);
    });
  });
  return {};
}

Result<wire::HttpServer> Service::start_http(std::uint16_t port, bool by_tls,
                                             wire::HttpHandler handler) {
  wire::HttpOptions options;
  options.address = options_.address;
  options.port = port;
  if (by_tls) options.tls = wire::TlsOptions{options_.root.identity};
  options.limits.body_bytes = std::size_t{256} * 1024;
  options.on_trouble = [this, by_tls](const auto& peer, const auto& what) {
    log_trouble(by_tls ? "https" : "http", peer, what);
  };
  return wire::HttpServer::start(*loop_, std::move(options), std::move(handler));
}

std::string Service::addresses(const std::string& root_file) const {
  json::object all{{"system", served_->simulation->system().profile().name},
                   {"admin", json::object{{"url", url(options_.token.empty() ? "http" : "https",
                                                      options_.address, admin_front_->port())}}}};
  const fakes::ca::Addresses ca = ca_front_->addresses();
  all["ca"] = json::object{{"url", ca_front_->url()},
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

// -- requests
// ----------------------------------------------------------------------------------------------------------

void Service::take_acme(const wire::HttpRequest& request, wire::Respond respond) {
  pass();
  if (broken_) {
    log("acme", request, 500, broken_->text());
    return respond(fakes::acme::to_response(
        fakes::acme::problem_of(fakes::acme::Refusal{"serverInternal", {}, {}, broken_->text()})));
  }
  const auto fault = faults_.next(request.target, now());
  if (fault && !reaches_the_server(fault->kind)) {
    wire::HttpResponse response;
    play(*fault, response);
    log("acme", request, response.status, "a fault that was asked for");
    return respond(std::move(response));
  }
  acme_->handle(request,
                [this, request, fault, respond = std::move(respond)](wire::HttpResponse response) {
                  if (fault) play(*fault, response);
                  const bool is_problem = response.status >= 400;
                  log("acme", request, response.status, is_problem ? response.body : std::string());
                  respond(std::move(response));
                });
  catch_up();
}

void Service::take_ca(const wire::HttpRequest& request, const wire::Respond& respond) {
  catch_up();
  wire::HttpResponse response =
      broken_ ? wire::HttpResponse{.status = 500} : served_->cast->ask_ca(request, now());
  log("ca", request, response.status, broken_ ? broken_->text() : std::string());
  respond(std::move(response));
}

void Service::play(const WireFault& fault, wire::HttpResponse& response) {
  using Kind = WireFault::Kind;
  const auto instead = [&](int status, const std::string& type, const std::string& detail) {
    response.status = status;
    response.headers = {{"Content-Type", "application/problem+json"}};
    response.body = json::serialize(json::object{
        {"type", "urn:ietf:params:acme:error:" + type}, {"detail", detail}, {"status", status}});
  };
  switch (fault.kind) {
    case Kind::status:
      instead(fault.status, fault.status == 429 ? "rateLimited" : "serverInternal",
              "a fault that was asked for");
      break;
    case Kind::bad_nonce:
      instead(400, "badNonce", "a fault that was asked for");
      acme_->handle({.method = "HEAD",
                     .scheme = "https",
                     .host = "localhost",
                     .target = std::string(kNewNonce),
                     .headers = {{"User-Agent", "shinsa"}},
                     .body = {},
                     .peer = {}},
                    [&](const wire::HttpResponse& fresh) {
                      if (const auto* nonce = wire::find(fresh.headers, "Replay-Nonce"))
                        response.headers.emplace_back("Replay-Nonce", *nonce);
                    });
      break;
    case Kind::slow:
      response.spoiling.delay = fault.delay;
      break;
    case Kind::reset:
      response.spoiling.reset = true;
      break;
    case Kind::silent:
      response.spoiling.silent = true;
      break;
    case Kind::truncated:
      response.spoiling.cut_after = fault.bytes;
      break;
  }
  if (fault.retry_after)
    response.headers.emplace_back("Retry-After", std::to_string(*fault.retry_after));
}

/// The validator has an answer: it happens now, and whoever waits for it is looked after.
void Service::validated(TextId subject, const fakes::web::Fetched& fetched) {
  pass();
  sim::Simulation& simulation = *served_->simulation;
  if (broken_) return;
  simulation.happen(kType<"http.answered">, subject,
                    fakes::cast::Internet::answered(fetched, simulation.facts()));
  catch_up();
}

// -- time
// ---------------------------------------------------------------------------------------------------------------

Instant Service::now() const { return clock_.now(real_now()); }

/// Everything that is due by now has happened.
void Service::pass() {
  if (broken_) return;
  if (auto run = served_->simulation->run_until(now()); !run) broken_ = run.error();
}

/// Likewise, and whoever waits for some of it is answered.
void Service::catch_up() {
  pass();
  if (acme_) acme_->wake();
  publish();
}

void Service::tick() {
  catch_up();
  timer_ = loop_->after(kTick, [this] { tick(); });
}

Result<void> Service::set_clock(Instant to) {
  if (auto set = clock_.set(to, real_now()); !set) return set;
  catch_up();
  if (broken_) return Failure(*broken_);
  return {};
}

void Service::run_clock(bool runs) { clock_.run(runs, real_now()); }

// -- the trace
// ----------------------------------------------------------------------------------------------------------

Result<std::vector<std::string>> Service::happen(std::string_view text) {
  boost::system::error_code failed;
  json::value said = json::parse(text, failed);
  if (failed || !said.is_object()) return fail("an event is a JSON object with type and subject");
  pass();
  if (broken_) return Failure(*broken_);
  json::object& event = said.get_object();
  event["id"] = "asked";
  event["time"] = to_text(now());
  sim::Simulation& simulation = *served_->simulation;
  const sim::ReadResult read =
      sim::read_all(json::serialize(event), "the request", simulation.facts(), {});
  if (!read.errors.empty()) return Failure(read.errors.front());
  if (read.lines.empty() || read.lines.front().unknown_type)
    return fail("there is no such event type", "type", "see shinsa list events");
  if (!read.warnings.empty()) return fail(read.warnings.front());
  const Event& happens = read.lines.front().event;
  const Sort sort = happens.row().sort;
  if (sort != Sort::fact && sort != Sort::request)
    return fail("what portal and CA do is theirs to do", "type",
                "facts and requests can be asked for");
  const std::size_t before = simulation.trace().size();
  simulation.happen(happens.type, happens.subject, happens.data);
  catch_up();
  return trace(before);
}

Result<void> Service::change_txt(std::string name, const std::string& value, bool adds) {
  fakes::cast::Internet* internet = served_->cast->internet();
  if (!internet) return fail("this system asks no DNS");
  if (name.ends_with('.')) name.pop_back();
  auto values = internet->dns().resolve(name, fakes::dns::Type::txt, now()).values;
  std::erase(values, value);
  if (adds) values.push_back(value);
  const auto came = happen(json::serialize(json::object{
      {"type", "dns.changed"},
      {"subject", "zone/" + name},
      {"data",
       json::object{{"name", name}, {"type", "TXT"}, {"values", json::value_from(values)}}}}));
  if (!came) return Failure(came.error());
  return {};
}

std::vector<std::string> Service::trace(std::size_t from) const {
  const auto& all = served_->simulation->trace();
  std::vector<std::string> lines;
  for (std::size_t i = from; i < all.size(); ++i)
    lines.push_back(sim::to_json_line(all[i].event, served_->simulation->facts()));
  return lines;
}

void Service::follow(std::shared_ptr<wire::Outlet> outlet) {
  publish();
  followers_.push_back(std::move(outlet));
}

void Service::publish() {
  const auto& all = served_->simulation->trace();
  if (followers_.empty()) {
    published_ = all.size();
    return;
  }
  for (; published_ < all.size(); ++published_) {
    const std::string text =
        "data: " + sim::to_json_line(all[published_].event, served_->simulation->facts()) + "\n\n";
    followers_.remove_if([&](const auto& follower) { return !follower->send(text); });
  }
}

std::string Service::verdict() const {
  const sim::Simulation& simulation = *served_->simulation;
  json::array held, refused;
  for (const sim::Finding& finding : simulation.judge().findings()) {
    const auto problem = problem_of(finding, simulation.facts(), "trace");
    held.push_back(json::object{{"line", finding.line},
                                {"says", problem.says.en},
                                {"says_ja", problem.says.ja},
                                {"clauses", json::value_from(problem.clauses)}});
  }
  std::size_t line = 0;
  for (const sim::Stepped& one : simulation.trace()) {
    ++line;
    if (one.event.row().sort != Sort::request || one.outcome.clauses.empty()) continue;
    json::array clauses;
    for (const ClauseIndex index : one.outcome.clauses) {
      const Clause& broken = clause(index);
      clauses.push_back(json::object{{"id", broken.id}, {"says", broken.statement_en}});
    }
    refused.push_back(json::object{{"line", line},
                                   {"type", one.event.row().name},
                                   {"subject", simulation.facts().text(one.event.subject)},
                                   {"clauses", std::move(clauses)}});
  }
  return json::serialize(json::object{{"events", simulation.trace().size()},
                                      {"findings", std::move(held)},
                                      {"refused", std::move(refused)}});
}

std::string Service::eabs() {
  json::array all;
  pass();
  if (desk_)
    for (const fakes::acme::EabCredentials& one : desk_->eab_credentials()) {
      json::object eab{{"key_id", one.key_id}, {"hmac_key", one.key}};
      if (one.expires) eab["expires"] = to_text(*one.expires);
      all.push_back(std::move(eab));
    }
  return json::serialize(all);
}

std::string Service::crl_pem() {
  pass();
  return served_->cast->crl_pem(now());
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
