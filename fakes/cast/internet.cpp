#include "fakes/cast/internet.hpp"

#include <algorithm>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/cast/demanded.hpp"
#include "fakes/cast/outside.hpp"
#include "fakes/dns/caa.hpp"
#include "fakes/dns/owner.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr Duration kPatience = seconds(10);       // before it is given up that nobody answers
constexpr std::string_view kNet = "198.51.100.";  // RFC 5737: for documentation
constexpr std::size_t kHostsOfNet = 254;
constexpr std::string_view kWideNet = "198.18.";  // RFC 2544: for measurements; of 198.18.0.0/15

template <Literal Type, Literal F>
std::string_view text_of(const Record& said, const Stage& stage) {
  return stage.facts.text(said.fields[kField<Type, F>].text());
}

dns::Values values_of(const Record& said, const Stage& stage) {
  dns::Values values;
  for (TextId value : stage.facts.list(said.fields[kField<"dns.changed", "values">].list()))
    values.emplace_back(stage.facts.text(value));
  return values;
}

dns::Type type_of(Value choice) {
  const auto type = dns::parse_type(choice_word(kRecordTypes, choice.number()));
  SHINSA_ASSERT(type, "the event table and the DNS know the same types");
  return *type;
}

template <Literal Id, Literal Name>
bool under(const Stage& stage) {
  using Choice = ReadingChoice<Id, Name>;
  return stage.system.profile().readings[Choice::reading] == Choice::alternative;
}

web::Policy policy_of(const Stage& stage) {
  web::Policy policy;
  const auto steps = stage.system.profile().numbers[kNumber<"ACM-47", "redirects">];
  const auto first = under<"ACM-Q6", "ten-requests">(stage) ? 1 : 0;
  policy.redirects_max = static_cast<std::size_t>(std::max<std::int64_t>(steps - first, 0));
  policy.follow_to_https = under<"ACM-Q5", "followed">(stage);
  return policy;
}

/// The word of the event table.
std::string_view outcome_word(web::Outcome outcome) {
  switch (outcome) {
    case web::Outcome::answered:
      return "answered";
    case web::Outcome::dns_failure:
      return "dns-failure";
    case web::Outcome::no_connection:
      return "no-connection";
    case web::Outcome::tls_failure:
      return "tls-failure";
    case web::Outcome::timed_out:
      return "timeout";
    case web::Outcome::empty_answer:
      return "empty-answer";
    case web::Outcome::too_many_redirects:
      return "too-many-redirects";
    case web::Outcome::redirect_to_https_refused:
      return "redirect-to-https";
    case web::Outcome::bad_redirect:
    case web::Outcome::bad_uri:
      return "bad-redirect";
  }
  SHINSA_ASSERT(false, "no such outcome");
}

/// The address of the n-th host, from 1: of the net for documentation as long as that has any.
std::string address_of_host(std::size_t n) {
  if (n <= kHostsOfNet) return std::string(kNet) + std::to_string(n);
  n -= kHostsOfNet;
  SHINSA_ASSERT(n < 0x10000, "there are no more hosts than addresses");
  return std::string(kWideNet) + std::to_string(n >> 8) + "." + std::to_string(n & 0xff);
}

/// A certificate that some server has, so that somebody listens to https; made once.
const web::KeyPair& some_pair() {
  static const web::KeyPair pair = [] {
    const auto key = ca::KeyPool::find("rsa-2048-b");
    const auto csr = ca::make_csr({"rsa-2048-b", "server.invalid"});
    SHINSA_ASSERT(key && csr, "the key pool has the key of the other servers");
    ca::IssueRequest request;
    request.csr_pem = *csr;
    request.common_name = "server.invalid";
    request.not_before = {0};
    request.not_after = *parse_instant("2059-12-31T00:00:00Z");
    request.serial = "01";
    const ca::Authority authority;
    const auto issued = authority.issue(request);
    SHINSA_ASSERT(issued, "the test CA issues to the other servers");
    return web::KeyPair{issued->pem + authority.chain_pem(), key->pem()};
  }();
  return pair;
}

}  // namespace

// -- what changes
// ---------------------------------------------------------------------------------------------------------

const sim::TypeSet& Internet::watches() const {
  static constexpr sim::TypeSet watched{kType<"dns.changed">, kType<"site.changed">,
                                        kType<"challenge.offered">};
  return watched;
}

void Internet::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const std::string_view subject = stage.facts.text(event.subject);
  if (event.type == kType<"dns.changed">) change_zone(said, stage);
  if (event.type == kType<"challenge.offered"> && meets_challenges_)
    wanted_[event.subject.index] = said.fields[kField<"challenge.offered", "string">].text();
  if (event.type == kType<"site.changed">)
    change_site(subject.substr(subject.find('/') + 1), said, stage);
}

void Internet::change_zone(const Record& said, const Stage& stage) {
  const std::string_view name = text_of<"dns.changed", "name">(said, stage);
  const dns::Type type = type_of(said.fields[kField<"dns.changed", "type">]);
  const Value status = said.fields[kField<"dns.changed", "status">];
  if (status.present()) {
    const auto put = dns::parse_status(choice_word(kDnsStatuses, status.number()));
    (void)dns_.put(name, type, put.value_or(dns::Status::ok), stage.now);
  }
  if (said.fields[kField<"dns.changed", "values">].present())
    (void)dns_.set(name, type, values_of(said, stage), stage.now);
  if (type == dns::Type::a || type == dns::Type::aaaa || type == dns::Type::cname)
    spoken_of_.emplace(name);
}

web::Server& Internet::server_of(std::string_view host, Instant now) {
  auto known = addresses_.find(host);
  if (known == addresses_.end()) {
    const std::string address = address_of_host(addresses_.size() + 1);
    known = addresses_.emplace(host, address).first;
    if (!spoken_of_.contains(host)) (void)dns_.set(host, dns::Type::a, {address}, now);
  }
  return web_.server(known->second);
}

void Internet::change_site(std::string_view host, const Record& said, const Stage& stage) {
  if (!dns::owner_name(host)) return;
  web::Server& server = server_of(host, stage.now);
  web::Site& site = server.site(host);
  const Value how = said.fields[kField<"site.changed", "server">];
  constexpr auto words =
      kEventTypes[kType<"site.changed">].fields[kField<"site.changed", "server">].choices;
  if (how.present()) change_server(server, site, choice_word(words, how.number()), stage.now);
  put_pages(site, said, stage);
  if (text_of<"site.changed", "location">(said, stage).starts_with("https:"))
    listen_to_https(stage);
}

/// A site that is there by https alone refuses who comes by http.
void Internet::change_server(web::Server& server, web::Site& site, std::string_view how,
                             Instant now) {
  using web::Connections;
  server.set_connections(how == "slow"                             ? Connections::slow
                         : how == "tls-fails"                      ? Connections::broken_tls
                         : how == "refuses" || how == "https-only" ? Connections::refused
                                                                   : Connections::accepted,
                         now);
  if (how == "empty")
    (void)site.instead(web::EmptyAnswer{}, now);
  else
    (void)site.instead(std::nullopt, now);
}

/// A file, an error, or redirects in a row before either; without a path, for the whole site.
void Internet::put_pages(web::Site& site, const Record& said, const Stage& stage) {
  const std::string path(text_of<"site.changed", "path">(said, stage));
  const std::string location(text_of<"site.changed", "location">(said, stage));
  const std::string body(text_of<"site.changed", "body">(said, stage));
  const Value status = said.fields[kField<"site.changed", "status">];
  const bool is_page = said.fields[kField<"site.changed", "body">].present() || status.present();
  if (location.empty() && !is_page) return;
  web::Answer last = web::File{body};
  if (status.present() && status.number() >= 400)
    last = web::ErrorStatus{static_cast<int>(status.number()), body};
  if (!location.empty())
    last = web::Redirect{location, status.present() ? static_cast<int>(status.number()) : 302,
                         path.empty()};
  if (path.empty()) {
    (void)site.otherwise(last, stage.now);
    return;
  }
  const auto chain = said.fields[kField<"site.changed", "chain">].number();
  std::string at = path;
  for (std::int64_t step = 1; step <= chain; ++step) {
    const std::string next = path + "-" + std::to_string(step);
    (void)site.put(at, web::Redirect{next, 302, false}, stage.now);
    at = next;
  }
  (void)site.put(at, last, stage.now);
}

/// Whoever is sent to https is heard there too.
void Internet::listen_to_https(const Stage& stage) {
  for (const auto& [host, address] : addresses_)
    if (web::Server& server = web_.server(address); server.served(stage.now).empty())
      server.serve(host, some_pair(), stage.now);
}

// -- what is asked
// --------------------------------------------------------------------------------------------------------

Result<Performed> Internet::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"dns.queried">)
    answer_query(duty, subject, stage);
  else
    answer_request(duty, subject, stage);
  return Performed{subject, as_demanded(duty, stage).build()};
}

/// When an answer is there. @param in_vain  nobody gives one.
Instant Internet::answer_time(TextId subject, bool in_vain, const Stage& stage) const {
  const Instant at = stage.now + (in_vain ? kPatience : Duration{});
  return not_before_ ? std::max(at, not_before_(subject)) : at;
}

void Internet::answer_query(const Duty& duty, TextId subject, Stage& stage) {
  const Value name = demanded<"dns.queried", "name">(duty, stage);
  const Value asked = demanded<"dns.queried", "type">(duty, stage);
  const dns::Type type = type_of(asked);
  const std::string wanted(stage.facts.text(name.text()));
  const auto fault = dns_fault(subject, stage);
  dns::Answer found = dns_.resolve(wanted, type, stage.now, fault);
  if (type == dns::Type::caa) {  // the records nearest above the name count
    const dns::CaaAnswer caa = dns::caa_permits(
        dns_, {wanted, false, std::string(kLabel<"ASM-33", "issuer">)}, stage.now, fault);
    found = {caa.verdict == dns::CaaVerdict::failed ? fault.value_or(dns::Status::servfail)
             : caa.records.empty()                  ? dns::Status::nodata
                                                    : dns::Status::ok,
             {},
             {}};
    for (const dns::CaaRecord& record : caa.records) found.values.push_back(to_text(record));
  }
  const auto met = wanted_.find(subject.index);
  if (met != wanted_.end() && type == dns::Type::txt)
    found = {dns::Status::ok, {std::string(stage.facts.text(met->second))}, {}};
  std::vector<TextId> values;
  for (const std::string& value : found.values) values.push_back(stage.facts.intern(value));
  RecordBuilder answer(stage.facts, kType<"dns.answered">);
  answer.set("name", name.text()).set("status", dns::to_text(found.status));
  answer.set_value(kField<"dns.answered", "type">, asked);
  if (!values.empty()) answer.set("values", stage.facts.intern_list(values));
  const bool in_vain = found.status == dns::Status::timeout;
  stage.happen(answer_time(subject, in_vain, stage), kType<"dns.answered">, subject,
               answer.build());
}

void Internet::answer_request(const Duty& duty, TextId subject, Stage& stage) {
  const std::string uri(stage.facts.text(demanded<"http.requested", "uri">(duty, stage).text()));
  const web::Faults faults{web_fault(subject, stage), dns_fault(subject, stage)};
  if (const auto met = wanted_.find(subject.index); met != wanted_.end()) {
    web::Fetched page;
    page.outcome = web::Outcome::answered;
    page.status = 200;
    page.body = stage.facts.text(met->second);
    return stage.happen(answer_time(subject, false, stage), kType<"http.answered">, subject,
                        answered(page, stage.facts));
  }
  if (elsewhere_ && !faults.web && !faults.dns)
    return elsewhere_(subject, web::Fetching(uri, policy_of(stage)));
  const web::Fetched fetched = web_.fetch(uri, stage.now, policy_of(stage), faults);
  const bool in_vain = fetched.outcome == web::Outcome::timed_out;
  stage.happen(answer_time(subject, in_vain, stage), kType<"http.answered">, subject,
               answered(fetched, stage.facts));
}

/// Nobody asks what was there once.
void Internet::forget(std::span<const TextId> things, Stage& stage) {
  for (const TextId thing : things) wanted_.erase(thing.index);
  dns_.forget_before(stage.now);
  web_.forget_before(stage.now);
}

RecordId Internet::answered(const web::Fetched& fetched, Facts& facts) {
  RecordBuilder answer(facts, kType<"http.answered">);
  answer.set("outcome", outcome_word(fetched.outcome))
      .set("redirects", static_cast<std::int64_t>(fetched.steps));
  if (fetched.status) answer.set("status", static_cast<std::int64_t>(fetched.status));
  if (!fetched.body.empty()) answer.set("body", std::string_view(fetched.body));
  bool by_https = false;
  for (const std::string& one : fetched.visited) by_https = by_https || one.starts_with("https:");
  if (by_https) answer.set("https", true);
  return answer.build();
}

}  // namespace shinsa::fakes::cast
