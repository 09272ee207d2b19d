#include "fakes/cast/server_room.hpp"

#include "fakes/ca/key_pool.hpp"
#include "fakes/cast/certificate_file.hpp"
#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

/// The host that a certificate is for; of a wildcard, one that it covers.
std::string host_for(std::string_view common_name) {
  return common_name.starts_with("*.") ? "www" + std::string(common_name.substr(1))
                                       : std::string(common_name);
}

}  // namespace

Result<Performed> ServerRoom::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  if (duty.type == kType<"certificate.installed">) {
    if (auto done = install(subject, stage); !done) return Failure(done.error());
    return Performed{subject, record.build()};
  }
  if (host_of(subject).installed != subject)  // something else was put in its place meanwhile
    if (auto done = install(subject, stage); !done) return Failure(done.error());
  const auto fault =
      stage.faults.strikes("apache", stage.facts.text(subject), stage.now, stage.streams);
  const TextId served = restart(subject, fault && fault->kind == "restart-fails", stage);
  record.set("result", served ? "ok" : "failed");
  if (served) record.set("serves", served);
  return Performed{subject, record.build()};
}

const sim::TypeSet& ServerRoom::watches() const {
  static constexpr sim::TypeSet watched{kType<"application.registered">, kType<"renewal.started">,
                                        kType<"certificate.issued">, kType<"site.changed">};
  return watched;
}

void ServerRoom::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (event.type == kType<"application.registered"> || event.type == kType<"renewal.started">)
    contracts_[event.subject] = field_of<"contract">(said).text();
  if (event.type == kType<"certificate.issued">)
    issued_[event.subject] = {
        contracts_[said.fields[kField<"certificate.issued", "application">].text()],
        host_for(stage.facts.text(said.fields[kField<"certificate.issued", "cn">].text())),
        std::string(stage.facts.text(said.fields[kField<"certificate.issued", "key">].text()))};
  if (event.type != kType<"site.changed">) return;
  constexpr auto server = kField<"site.changed", "server">;
  if (!said.fields[server].present()) return;
  const std::string_view what =
      choice_word(kEventTypes[event.type].fields[server].choices, said.fields[server].number());
  const std::string_view subject = stage.facts.text(event.subject);
  if (what == "restart-fails" || what == "repaired")
    broken_[std::string(subject.substr(subject.find('/') + 1))] = what == "restart-fails";
}

ServerRoom::Host& ServerRoom::host_of(TextId certificate) {
  const Issued& issued = issued_[certificate];
  return hosts_[{issued.contract, issued.host}];
}

Result<void> ServerRoom::install(TextId certificate, const Stage& stage) {
  Host& host = host_of(certificate);
  host.installed = certificate;
  const std::string pem = pem_of(stage.facts.text(certificate), stage.artefacts);
  if (pem.empty()) return {};  // on paper
  const Issued& issued = issued_[certificate];
  const auto key = ca::KeyPool::with_sha256(issued.key);
  if (!key) return fail("the pool has no key '" + issued.key + "'");
  (void)host.server.site(issued.host);
  host.server.install(issued.host, {pem + ca_->authority()->chain_pem(), key->pem()}, stage.now);
  return {};
}

/// @return the certificate that is served from now on; none if the server did not come up with it.
TextId ServerRoom::restart(TextId certificate, bool fails, Stage& stage) {
  Host& host = host_of(certificate);
  const std::string& name = issued_[certificate].host;
  const bool is_broken = broken_[name];
  if (!ca_->authority()) return is_broken || fails ? TextId{} : host.installed;
  host.server.set_configuration(!is_broken, stage.now);
  if (!host.server.restart(stage.now, fails)) return {};
  const auto seen = web::shake_hands(host.server.served(stage.now), name,
                                     {ca_->authority()->root_pem()}, stage.now);
  if (!seen || !seen->leaf) return {};
  stage.artefacts["web/handshake-" + std::to_string(++handshakes_) + ".txt"] =
      name + "\n" + std::string(to_text(seen->verification)) + "\n" + seen->leaf->pem;
  return stage.facts.intern("certificate/" + seen->leaf->serial);
}

}  // namespace shinsa::fakes::cast
