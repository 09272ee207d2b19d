#include "cli/serve/state.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "fakes/acme/problem.hpp"
#include "fakes/acme/routes.hpp"
#include "fakes/cast/internet.hpp"
#include "model/vocabulary/assert.hpp"
#include "sim/hash.hpp"
#include "sim/trace_reader.hpp"

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

namespace {

constexpr std::string_view kNewNonce = "/acme/new-nonce";
constexpr const char* kAskedFor = "a fault that was asked for";
constexpr std::size_t kDigits = 16;  // of a digest

/// The whole of an answer, as far as it is ours to say: status, headers, body.
void append(std::string& said, const wire::HttpResponse& response) {
  said += std::to_string(response.status) + "\n";
  for (const auto& [name, value] : response.headers) said += name + ": " + value + "\n";
  said += "\n" + response.body + "\n";
}

wire::HttpResponse in_its_place(int status, const std::string& type) {
  return {.status = status,
          .headers = {{"Content-Type", "application/problem+json"}},
          .body = json::serialize(json::object{{"type", "urn:ietf:params:acme:error:" + type},
                                               {"detail", kAskedFor},
                                               {"status", status}})};
}

/// So many new contents are worth to be looked through for what nobody needs: what a machine had to
/// say, mostly, once it has said it.
constexpr std::size_t kWorthIt = std::size_t{1} << 15;

/// `challenge/1-1-file` or `order/1`, where that path is of a challenge or finalizes an order.
std::string subject_of(std::string_view target) {
  using fakes::acme::Place;
  const fakes::acme::Route route = fakes::acme::route_of(target.substr(0, target.find('?')));
  if (route.place == Place::challenge) return "challenge/" + route.id;
  return route.place == Place::finalize ? "order/" + route.id : std::string();
}

/// Whether a signed request has a payload: without one it only reads (RFC 8555 section 6.3).
bool has_payload(const wire::HttpRequest& request) {
  boost::system::error_code failed;
  const json::value said = json::parse(request.body, failed);
  const json::object* object = failed ? nullptr : said.if_object();
  const json::value* payload = object ? object->if_contains("payload") : nullptr;
  return payload && payload->is_string() && !payload->get_string().empty();
}

WireRequest wire_request_of(const wire::HttpRequest& request) {
  const bool begins_work = !subject_of(request.target).empty() && has_payload(request);
  return {WireFront::acme, request.target, {}, begins_work};
}

}  // namespace

ServedState::ServedState(ServedSystem served, std::size_t kept, fakes::acme::ServerOptions acme)
    : served_(std::move(served)) {
  for (const std::string& text : served_.faults) {
    auto fault = parse_wire_fault(text);
    SHINSA_ASSERT(fault, "faults were read before");
    faults_.add(std::move(*fault));
  }
  if (served_.simulation->system().profile().name == "jpdirect-acme") {
    desk_.emplace(*served_.simulation, *served_.cast);
    acme_.emplace(*desk_, std::move(acme));
    if (kept > 0) keeper_.emplace(kept, *served_.simulation, *served_.cast);
  }
  if (fakes::cast::Internet* internet = served_.cast->internet()) {
    internet->ask_elsewhere([this](TextId subject, fakes::web::Fetching fetching) {
      fetches_.emplace(++fetches_made_, Wanted{std::string(simulation().facts().text(subject)),
                                               held_until(subject), std::move(fetching)});
    });
    internet->answer_not_before([this](TextId subject) { return held_until(subject); });
  }
}

// -- inputs
// ------------------------------------------------------------------------------------------------------------

ServedState::Taken ServedState::take(const Input& input, Respond respond) {
  said_.clear();
  pass(input.at);
  Result<void> done;
  if (const auto* asked = std::get_if<AcmeAsked>(&input.what))
    done = let(*asked, std::move(respond));
  else if (const auto* event = std::get_if<EventAsked>(&input.what))
    done = let(*event);
  else if (const auto* answered = std::get_if<WebAnswered>(&input.what))
    done = let(*answered);
  else if (const auto* clock = std::get_if<ClockRuns>(&input.what))
    clock_runs_ = clock->runs;
  else if (const auto* fault = std::get_if<FaultAsked>(&input.what))
    done = let(*fault);
  else if (const auto* key = std::get_if<KeyGiven>(&input.what))
    done = let(*key);
  else if (std::holds_alternative<FaultsCleared>(input.what))
    faults_.clear();
  std::optional<WireFault> fault;
  if (const auto* front = std::get_if<FrontAsked>(&input.what))
    fault = faults_.next(front->request, now());
  pass(input.at);
  return {std::move(done), said_.empty() ? said_ : sim::sha256_hex(said_).substr(0, kDigits),
          std::move(fault)};
}

/// Everything that is due by then has happened, and whoever waited for some of it is answered.
void ServedState::pass(Instant to) {
  while (!broken_ && !held_.empty() && held_.begin()->first <= to) {
    const auto next = held_.extract(held_.begin());
    if (auto run = served_.simulation->run_until(next.key()); !run) {
      broken_ = run.error();
      break;
    }
    served_.simulation->happen(next.mapped().type, next.mapped().subject, next.mapped().data);
  }
  if (!broken_)
    if (auto run = served_.simulation->run_until(to); !run) broken_ = run.error();
  if (acme_) acme_->wake();
}

void ServedState::clear_up(properties::Monitor* laws) {
  if (broken_ || !desk_) return;
  if (keeper_) keeper_->clear_up(*desk_, *acme_, laws);
  const Facts& facts = simulation().facts();
  if (facts.entered() < std::max(kWorthIt, facts.held() / 4)) return;
  served_.simulation->forget_unneeded([&](Needed& needed) {
    tell_needed(needed);
    if (laws) laws->tell_needed(needed);
  });
}

void ServedState::tell_needed(Needed& needed) const {
  desk_->tell_needed(needed);
  if (keeper_) keeper_->tell_needed(needed);
  for (const auto& [at, event] : held_) needed(event);
}

bool ServedState::is_due(Instant at) const {
  return !broken_ && (simulation().has_plans_until(at) || (acme_ && acme_->waiting() > 0) ||
                      (!held_.empty() && held_.begin()->first <= at));
}

Result<void> ServedState::let(const AcmeAsked& asked, Respond respond) {
  if (!acme_) return fail("this system is not sold through ACME");
  if (broken_) {
    const fakes::acme::Refusal refusal{"serverInternal", {}, {}, broken_->text()};
    say(fakes::acme::to_response(fakes::acme::problem_of(refusal)), respond);
    return {};
  }
  const auto fault = faults_.all().empty() ? std::optional<WireFault>()
                                           : faults_.next(wire_request_of(asked.request), now());
  if (!fault) {
    ask(asked, respond);
  } else if (!reaches_the_server(fault->kind)) {
    wire::HttpResponse response;
    play(*fault, asked.request, response);
    say(response, respond);
  } else {
    if (fault->kind == WireFault::Kind::processing) hold(*fault, asked.request);
    const wire::HttpRequest& request = asked.request;
    acme_->handle(
        request,
        [this, fault = *fault, request, before = events(),
         respond = std::move(respond)](wire::HttpResponse response) {
          if (fault.kind == WireFault::Kind::processing && response.status >= 400)
            keep(deviation_in(request.method, request.target, response, now()), before);
          play(fault, request, response);
          say(response, respond);
        },
        asked.ahead.get());
  }
  return {};
}

/// Asks the server, and keeps in mind what it refuses.
void ServedState::ask(const AcmeAsked& asked, const Respond& respond) {
  const std::size_t before = events();
  const auto answer = [this, method = asked.request.method, target = asked.request.target, respond,
                       before](const wire::HttpResponse& response) {
    if (response.status >= 400) keep(deviation_in(method, target, response, now()), before);
    say(response, respond);
  };
  acme_->handle(asked.request, answer, asked.ahead.get());
}

/// @param before  the events that were there when it was asked.
void ServedState::keep(Deviation deviation, std::size_t before) {
  if (!is_of_the_client(deviation)) return;
  const auto& trace = simulation().trace();
  const std::size_t gone = simulation().forgotten();
  for (std::size_t i = std::max(before, gone) - gone; i < trace.size() && deviation.line == 0; ++i)
    if (trace[i].event.row().sort == Sort::request && !trace[i].outcome.clauses().empty())
      deviation.line = gone + i + 1;
  deviations_.add(std::move(deviation));
}

void ServedState::say(const wire::HttpResponse& response, const Respond& respond) {
  append(said_, response);
  if (respond) respond(response);
}

void ServedState::play(const WireFault& fault, const wire::HttpRequest& request,
                       wire::HttpResponse& response) {
  using Kind = WireFault::Kind;
  if (fault.kind == Kind::status) {
    response = in_its_place(fault.status, fault.status == 429 ? "rateLimited" : "serverInternal");
    if (fault.retry_after)
      response.headers.emplace_back("Retry-After", std::to_string(*fault.retry_after));
    return;
  }
  if (fault.kind == Kind::processing) return tell_to_come_again(fault, request, response);
  if (fault.kind == Kind::bad_nonce) {
    response = in_its_place(400, "badNonce");
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
  }
  spoil(fault, response);
}

/// What was asked for is looked at for so long, once for each challenge and order.
void ServedState::hold(const WireFault& fault, const wire::HttpRequest& request) {
  for (const std::string& subject : looked_up_for(request))
    holds_.emplace(subject, now() + fault.lasts);
}

/// A challenge is looked at as itself, the CAA records of an order for each authorization.
std::vector<std::string> ServedState::looked_up_for(const wire::HttpRequest& request) {
  const std::string subject = subject_of(request.target);
  if (!subject.starts_with("order/")) return {subject};
  const fakes::acme::OrderView* order = desk_->order(subject);
  if (!order) return {};
  return {order->authorizations.begin(), order->authorizations.end()};
}

/// Who was refused is not held up the next time.
void ServedState::tell_to_come_again(const WireFault& fault, const wire::HttpRequest& request,
                                     wire::HttpResponse& response) {
  if (response.status >= 400) {
    for (const std::string& subject : looked_up_for(request)) holds_.erase(subject);
    return;
  }
  std::erase_if(response.headers, [](const auto& header) { return header.first == "Retry-After"; });
  response.headers.emplace_back("Retry-After",
                                std::to_string(fault.retry_after.value_or(fault.lasts.seconds)));
}

Instant ServedState::held_until(TextId subject) const {
  if (holds_.empty()) return now();
  const auto held = holds_.find(simulation().facts().text(subject));
  return held == holds_.end() ? now() : std::max(now(), held->second);
}

Result<void> ServedState::let(const FaultAsked& asked) {
  auto fault = parse_wire_fault(asked.fault);
  if (!fault) return Failure(fault.error());
  faults_.add(std::move(*fault));
  return {};
}

Result<void> ServedState::let(const KeyGiven& given) {
  if (!acme_) return fail("this system is not sold through ACME");
  const TextId subject = simulation().facts().find(given.account);
  if (!subject || simulation().system().states_of(subject).empty())
    return fail("there is no such account", given.account);
  return acme_->adopt(given.account, given.jwk);
}

// -- events
// ------------------------------------------------------------------------------------------------------------

Result<Event> ServedState::read(std::string_view text) {
  if (broken_) return Failure(*broken_);
  boost::system::error_code failed;
  json::value said = json::parse(text, failed);
  if (failed || !said.is_object()) return fail("an event is a JSON object with type and subject");
  json::object& event = said.get_object();
  event["id"] = "asked";
  event["time"] = to_text(now());
  const sim::ReadResult read =
      sim::read_all(json::serialize(event), "the request", served_.simulation->facts(), {});
  if (!read.errors.empty()) return Failure(read.errors.front());
  if (read.lines.empty() || read.lines.front().unknown_type)
    return fail("there is no such event type", "type", "see shinsa list events");
  if (!read.warnings.empty()) return fail(read.warnings.front());
  return read.lines.front().event;
}

Result<void> ServedState::let(const EventAsked& asked) {
  auto event = read(asked.event);
  if (!event) return Failure(event.error());
  const Sort sort = event->row().sort;
  if (sort != Sort::fact && sort != Sort::request)
    return fail("what portal and CA do is theirs to do", "type",
                "facts and requests can be asked for");
  served_.simulation->happen(event->type, event->subject, event->data);
  return {};
}

Result<void> ServedState::let(const WebAnswered& answered) {
  const auto wanted = fetches_.find(answered.fetch);
  if (wanted == fetches_.end()) return fail("nobody waits for that page");
  const Instant not_before = wanted->second.not_before;
  fetches_.erase(wanted);
  auto event = read(answered.event);
  if (!event) return Failure(event.error());
  if (not_before > now())
    held_.emplace(not_before, *event);
  else
    served_.simulation->happen(event->type, event->subject, event->data);
  return {};
}

}  // namespace shinsa::cli
