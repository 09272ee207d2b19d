// What the admin API does with a service.
#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <utility>

#include "cli/serve/service.hpp"
#include "cli/serve/url.hpp"
#include "fakes/acme/routes.hpp"
#include "fakes/cast/internet.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

Result<void> Service::set_clock(Instant to) {
  if (auto set = clock_.set(to, std::chrono::steady_clock::now()); !set) return set;
  if (auto passed = take(TimePassed{}); !passed) return passed;
  if (state_->broken()) return Failure(*state_->broken());
  return {};
}

void Service::run_clock(bool runs) {
  clock_.run(runs, std::chrono::steady_clock::now());
  static_cast<void>(take(ClockRuns{runs}));
}

Result<std::vector<std::string>> Service::happen(std::string event) {
  const std::size_t before = state_->events();
  if (auto done = take(EventAsked{std::move(event)}); !done) return Failure(done.error());
  return trace(before);
}

Result<void> Service::change_txt(std::string name, const std::string& value, bool adds) {
  const fakes::cast::Internet* internet = state_->cast().internet();
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

Result<std::string> Service::adopt(std::string account, std::string jwk) {
  const std::string path =
      fakes::acme::path_of(fakes::acme::Place::account, fakes::acme::id_of(account));
  if (auto done = take(KeyGiven{std::move(account), std::move(jwk)}); !done)
    return Failure(done.error());
  return url("https", options_.address, acme_front_->port()) + path;
}

Result<void> Service::add_fault(std::string fault) { return take(FaultAsked{std::move(fault)}); }

Result<void> Service::clear_faults() { return take(FaultsCleared{}); }

Result<void> Service::reset() {
  if (options_.journal)
    if (auto done = options_.journal->reset(); !done) return done;
  return begin_again();
}

Result<std::string> Service::snapshot() {
  if (!options_.journal) return fail("with --keep there are no snapshots");
  return options_.journal->snapshot();
}

Result<void> Service::restore(const std::string& id) {
  if (!options_.journal) return fail("with --keep there are no snapshots");
  if (auto done = options_.journal->restore(id); !done) return done;
  return begin_again();
}

std::vector<std::string> Service::trace(std::size_t from) const {
  const auto& all = state_->simulation().trace();
  std::vector<std::string> lines;
  const std::size_t gone = state_->simulation().forgotten();
  for (std::size_t i = std::max(from, gone) - gone; i < all.size(); ++i)
    lines.push_back(sim::to_json_line(all[i].event, state_->simulation().facts(), gone + i + 1));
  return lines;
}

void Service::follow(std::shared_ptr<wire::Outlet> outlet) {
  publish();
  followers_.push_back(std::move(outlet));
}

std::string Service::verdict() {
  oracles_->follow(state_->simulation());
  return oracles_->verdict(*state_);
}

reports::ScenarioResult Service::result(Collector& collector) {
  oracles_->follow(state_->simulation());
  return oracles_->result(*state_, collector);
}

std::string Service::eabs() {
  json::array all;
  if (state_->desk())
    for (const fakes::acme::EabCredentials& one : state_->desk()->eab_credentials()) {
      json::object eab{{"key_id", one.key_id}, {"hmac_key", one.key}};
      if (one.expires) eab["expires"] = to_text(*one.expires);
      all.push_back(std::move(eab));
    }
  return json::serialize(all);
}

std::string Service::crl_pem() { return state_->cast().crl_pem(now()); }

}  // namespace shinsa::cli
