#include "fakes/cast/rental_host.hpp"

#include <algorithm>
#include <vector>

#include "fakes/cast/demanded.hpp"
#include "fakes/cast/outside.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr Duration kAnswerTakes = seconds(1);
constexpr int kRestartsMost = 3;
constexpr std::string_view kFolder = "/.well-known/pki-validation/";

std::string_view word(const Event& event, const Facts& facts, std::string_view field) {
  const auto at = kEventTypes[event.type].field(field);
  const Value value = facts.record(event.data).fields[*at];
  return value.present() ? choice_word(kEventTypes[event.type].fields[*at].choices, value.number())
                         : std::string_view{};
}

dns::Values values_of(ListId list, const Facts& facts) {
  dns::Values all;
  for (TextId item : facts.list(list)) all.emplace_back(facts.text(item));
  return all;
}

/// How far a fetch came, in the words of the event; what has no word of its own reached nobody.
std::string_view outcome_word(web::Outcome outcome) {
  switch (outcome) {
    case web::Outcome::answered:
      return "answered";
    case web::Outcome::dns_failure:
      return "dns-failure";
    case web::Outcome::tls_failure:
      return "tls-failure";
    case web::Outcome::timed_out:
      return "timeout";
    case web::Outcome::too_many_redirects:
      return "too-many-redirects";
    case web::Outcome::redirect_to_https_refused:
      return "redirect-to-https";
    default:
      return "no-connection";
  }
}

std::string_view result_on_paper(const Hosted& one, const std::string& name, Instant at) {
  if (one.revoked) return "revoked";
  if (name != one.common_name && std::ranges::count(one.names, name) == 0) return "other-name";
  if (at < one.not_before) return "not-yet-valid";
  return at > one.not_after ? "expired" : "lock";
}

}  // namespace

Result<Performed> RentalHost::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"dns.queried">) return look_up(duty, subject, stage);
  if (duty.type == kType<"http.requested">) return fetch(duty, subject, stage);
  if (duty.type == kType<"certificate.installed">) return install(duty, subject, stage);
  return show(duty, subject, stage);
}

// -- what the CA learns
// ----------------------------------------------------------------------------------------------------

Performed RentalHost::look_up(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const Value name = demanded<"dns.queried", "name">(duty, stage);
  const dns::Answer found = dns_.resolve(stage.facts.text(name.text()), dns::Type::a, stage.now,
                                         dns_fault(subject, stage));
  std::vector<TextId> values;
  for (const std::string& value : found.values) values.push_back(stage.facts.intern(value));
  RecordBuilder answer(stage.facts, kType<"dns.answered">);
  answer.set("name", name.text())
      .set("type", dns::to_text(dns::Type::a))
      .set("status", dns::to_text(found.status));
  if (!values.empty()) answer.set("values", stage.facts.intern_list(values));
  stage.happen(stage.now + kAnswerTakes, kType<"dns.answered">, subject, answer.build());
  return Performed{subject, record.build()};
}

/// The server puts the file where the CA will ask for it, and the CA asks.
Result<Performed> RentalHost::fetch(const Duty& duty, TextId subject, Stage& stage) {
  const std::string name = certificates_->common_name_of(stage.facts.text(subject));
  const std::string token = stage.streams["host/validation-file"].hex(16);
  const std::string path = std::string(kFolder) + token + ".txt";
  for (auto& [key, host] : hosts_)
    if (host.name == name)
      if (auto put = server_of(host).site(name).put(path, web::File{token}, stage.now); !put)
        return Failure(put.error());
  const std::string uri = "http://" + name + path;
  const web::Fetched found = web_.fetch(uri, stage.now, {}, {web_fault(subject, stage), {}});
  RecordBuilder answer(stage.facts, kType<"http.answered">);
  answer.set("outcome", outcome_word(found.outcome));
  if (found.status) answer.set("status", static_cast<std::int64_t>(found.status));
  if (!found.body.empty()) answer.set("body", std::string_view(found.body));
  stage.happen(stage.now + kAnswerTakes, kType<"http.answered">, subject, answer.build());
  RecordBuilder record = as_demanded(duty, stage);
  record.set("uri", std::string_view(uri));
  return Performed{subject, record.build()};
}

// -- the server
// -----------------------------------------------------------------------------------------------------------

Result<Performed> RentalHost::install(const Duty& duty, TextId subject, Stage& stage) {
  Host* host = host_of(demanded<"certificate.installed", "server">(duty, stage).text());
  if (!host)
    return fail("a certificate is to be installed, but nothing is known of the server",
                std::string(stage.facts.text(subject)), "give a fact.site for its name");
  write(*host, stage.facts.text(subject), stage.now);
  if (auto done = restart(*host, stage); !done) return Failure(done.error());
  return Performed{subject, as_demanded(duty, stage).build()};
}

void RentalHost::write(Host& host, std::string_view certificate, Instant at) {
  host.certificate = certificate;
  const Hosted* one = certificates_->find(certificate);
  if (one && !one->pair.chain_pem.empty()) server_of(host).install(host.name, one->pair, at);
}

void RentalHost::put_on(Host& host, std::string_view certificate, Instant at) {
  write(host, certificate, at);
  (void)server_of(host).restart(at);  // where it fails, it serves what it served
}

/// The installer tries again, and gives up some time.
Result<void> RentalHost::restart(Host& host, Stage& stage) {
  Result<void> done = fail("the web server was not started");
  for (int i = 0; i < kRestartsMost && !done; ++i) {
    const auto fault = stage.faults.strikes("apache", host.name, stage.now, stage.streams);
    done = server_of(host).restart(stage.now, fault && fault->kind == "restart-fails");
  }
  return done;
}

// -- the browser
// ----------------------------------------------------------------------------------------------------------

Result<Performed> RentalHost::show(const Duty&, TextId subject, Stage& stage) {
  const Host* host = host_of(subject);
  if (!host)
    return fail("a page is to be opened, but nothing is known of the server",
                std::string(stage.facts.text(subject)), "give a fact.site for its name");
  if (!ca_->authority()) return Performed{subject, seen_on_paper(*host, stage)};
  auto seen = seen_by_tls(*host, stage);
  if (!seen) return Failure(seen.error());
  return Performed{subject, *seen};
}

RecordId RentalHost::seen_on_paper(const Host& host, const Stage& stage) const {
  RecordBuilder record(stage.facts, kType<"site.shown">);
  const Hosted* one = certificates_->find(host.certificate);
  const dns::Answer found = dns_.resolve(host.visited, dns::Type::a, stage.now);
  if (!one || host.failed || found.values.empty() || found.values.front() != host.address)
    return record.set("result", "no-certificate").build();
  return record.set("result", result_on_paper(*one, host.visited, stage.now))
      .set("certificate", std::string_view(host.certificate))
      .set("not_before", one->not_before)
      .set("not_after", one->not_after)
      .set("subject_dn", std::string_view("CN=" + one->common_name))
      .build();
}

Result<RecordId> RentalHost::seen_by_tls(const Host& host, Stage& stage) {
  RecordBuilder record(stage.facts, kType<"site.shown">);
  if (host.certificate.empty()) return record.set("result", "no-certificate").build();
  const web::Trust trust{ca_->authority()->root_pem(), ca_->current_list(stage.now)};
  auto connected = web_.handshake(host.visited, trust, stage.now);
  if (!connected) return Failure(connected.error());
  const web::Handshake& seen = connected->handshake;
  record.set("result", as_seen(seen.verification));
  if (seen.leaf) {
    const std::string subject = certificates_->subject_of(seen.leaf->serial);
    if (!subject.empty()) record.set("certificate", std::string_view(subject));
    record.set("not_before", seen.leaf->not_before)
        .set("not_after", seen.leaf->not_after)
        .set("subject_dn", std::string_view(seen.leaf->subject));
  }
  return record.build();
}

// -- what others do
// -------------------------------------------------------------------------------------------------------

const sim::TypeSet& RentalHost::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.site">,        kType<"dns.changed">,
                                        kType<"fact.certificate">, kType<"site.changed">,
                                        kType<"site.visited">,     kType<"site.configured">,
                                        kType<"site.cleared">,     kType<"service.failed">,
                                        kType<"service.restored">, kType<"certificate.installed">};
  return watched;
}

void RentalHost::observe(const Event& event, Stage& stage) {
  if (event.type == kType<"fact.site">) return know(event, stage);
  if (event.type == kType<"dns.changed">) return change_name(event, stage);
  if (event.type == kType<"certificate.installed">) {  // known already where it was done here
    const Record& said = stage.facts.record(event.data);
    Host* host = host_of(said.fields[kField<"certificate.installed", "server">].text());
    const std::string_view installed = stage.facts.text(event.subject);
    if (host && host->certificate != installed) put_on(*host, installed, stage.now);
    return;
  }
  if (event.type == kType<"fact.certificate">) {  // which may come after its server
    for (auto& [key, host] : hosts_)
      if (host.certificate == stage.facts.text(event.subject))
        put_on(host, std::string(host.certificate), stage.now);
    return;
  }
  Host* host = host_of(event.subject);
  if (!host || !stage.accepted) return;
  const Record& said = stage.facts.record(event.data);
  if (event.type == kType<"site.changed">) change_page(event, stage);
  if (event.type == kType<"site.visited">)
    host->visited = stage.facts.text(said.fields[kField<"site.visited", "cn">].text());
  if (event.type == kType<"site.configured">)
    put_on(*host, stage.facts.text(said.fields[kField<"site.configured", "certificate">].text()),
           stage.now);
  if (event.type == kType<"site.cleared">) host->certificate.clear();
  if (event.type == kType<"service.failed"> || event.type == kType<"service.restored">) {
    host->failed = event.type == kType<"service.failed">;
    server_of(*host).set_connections(
        host->failed ? web::Connections::refused : web::Connections::accepted, stage.now);
  }
}

void RentalHost::know(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  Host& host = hosts_[event.subject];
  host.name = stage.facts.text(stage.facts.lower(said.fields[kField<"fact.site", "cn">].text()));
  host.address = stage.facts.text(said.fields[kField<"fact.site", "address">].text());
  host.visited = host.name;
  host.certificate = stage.facts.text(said.fields[kField<"fact.site", "certificate">].text());
  (void)server_of(host).site(host.name);
  const Value records = said.fields[kField<"fact.site", "a_records">];
  (void)dns_.set(
      host.name, dns::Type::a,
      records.present() ? values_of(records.list(), stage.facts) : dns::Values{host.address},
      stage.now);
  if (!host.certificate.empty()) put_on(host, std::string(host.certificate), stage.now);
}

void RentalHost::change_name(const Event& event, const Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const std::string name(stage.facts.text(said.fields[kField<"dns.changed", "name">].text()));
  const auto type = dns::parse_type(word(event, stage.facts, "type"));
  SHINSA_ASSERT(type, "the event knows only types that the DNS knows");
  const Value values = said.fields[kField<"dns.changed", "values">];
  if (values.present())
    (void)dns_.set(name, *type, values_of(values.list(), stage.facts), stage.now);
  const auto status = dns::parse_status(word(event, stage.facts, "status"));
  (void)dns_.put(name, *type, status.value_or(dns::Status::ok), stage.now);
}

void RentalHost::change_page(const Event& event, const Stage& stage) {
  Host& host = *host_of(event.subject);
  const Record& said = stage.facts.record(event.data);
  web::Server& server = server_of(host);
  web::Site& site = server.site(host.name);
  const std::string_view whole = word(event, stage.facts, "server");
  if (whole == "refuses") server.set_connections(web::Connections::refused, stage.now);
  if (whole == "slow") server.set_connections(web::Connections::slow, stage.now);
  if (whole == "tls-fails") server.set_connections(web::Connections::broken_tls, stage.now);
  if (whole == "up" || whole == "repaired") {
    server.set_connections(web::Connections::accepted, stage.now);
    server.set_configuration(true, stage.now);
    (void)site.instead(std::nullopt, stage.now);
  }
  if (whole == "empty") (void)site.instead(web::EmptyAnswer{}, stage.now);
  if (whole == "https-only")
    (void)site.otherwise(web::Redirect{"https://" + host.name, 302, true}, stage.now);
  if (whole == "restart-fails") server.set_configuration(false, stage.now);
  const Value status = said.fields[kField<"site.changed", "status">];
  if (whole.empty() && status.present() && status.number() >= 400)
    (void)site.instead(web::ErrorStatus{static_cast<int>(status.number())}, stage.now);
}

RentalHost::Host* RentalHost::host_of(TextId subject) {
  const auto known = hosts_.find(subject);
  return known == hosts_.end() ? nullptr : &known->second;
}

}  // namespace shinsa::fakes::cast
