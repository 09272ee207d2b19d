#include "fakes/cast/host_server.hpp"

#include "fakes/cast/demanded.hpp"
#include "fakes/cast/outside.hpp"
#include "fakes/web/tls.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

/// The certificate window of a browser, tab by tab (REN-14).
std::string window(const web::SeenCertificate& seen) {
  return "「" + std::string(kLabel<"REN-14", "general_tab">) +
         "」\n有効期間: " + to_text(seen.not_before) + " から " + to_text(seen.not_after) + "\n「" +
         std::string(kLabel<"REN-14", "details_tab">) + "」\n" +
         std::string(kLabel<"REN-14", "field">) + ": " + seen.subject + "\n";
}

std::string_view without_kind(std::string_view subject) {
  return subject.substr(subject.find('/') + 1);
}

}  // namespace

Result<Performed> HostServer::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type == kType<"site.shown"> && ca_->authority()) return look(duty, subject, stage);
  return Performed{subject, as_demanded(duty, stage).build()};
}

/// Whoever takes his time over it sees what was served when he came.
Result<Performed> HostServer::look(const Duty& duty, TextId site, Stage& stage) {
  const std::string host(without_kind(stage.facts.text(site)));
  const Instant came = duty.not_before;
  auto shaken = web::shake_hands(server_.served(came), host,
                                 {.root_pem = ca_->authority()->root_pem()}, came);
  if (!shaken) return Failure(shaken.error());
  RecordBuilder record(stage.facts, kType<"site.shown">);
  record.set("result", as_seen(shaken->verification));
  if (const auto& leaf = shaken->leaf) {
    record.set("certificate", std::string_view(ca_->subject_of(leaf->serial)))
        .set("not_before", leaf->not_before)
        .set("not_after", leaf->not_after)
        .set("subject_dn", std::string_view(leaf->subject));
    stage.artefacts["browser/" + host + "-" + std::to_string(++looks_) + ".txt"] = window(*leaf);
  }
  const RecordId seen = record.build();
  if (duty.match &&
      !model::agrees(stage.facts, stage.facts.record(duty.match), stage.facts.record(seen)))
    return fail("a browser sees something else than the rules expect", host,
                "this is a fault of the model, please report it");
  return Performed{site, seen};
}

const sim::TypeSet& HostServer::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.certificate">, kType<"certificate.issued">,
                                        kType<"certificate.installed">};
  return watched;
}

void HostServer::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const auto name = [&](Value value) { return std::string(stage.facts.text(value.text())); };
  if (event.type == kType<"fact.certificate">) {
    names_[event.subject] = name(said.fields[kField<"fact.certificate", "cn">]);
    serve(event.subject, names_[event.subject], stage);
  }
  if (event.type == kType<"certificate.issued">)
    names_[event.subject] = name(said.fields[kField<"certificate.issued", "cn">]);
  if (event.type == kType<"certificate.installed">)
    serve(event.subject, names_[event.subject], stage);
}

void HostServer::serve(TextId certificate, std::string_view name, const Stage& stage) {
  const Credentials* credentials = ca_->credentials(stage.facts.text(certificate));
  if (!credentials) return;  // on paper only
  (void)server_.site(name);
  server_.install(
      name, {credentials->certificate_pem + ca_->authority()->chain_pem(), credentials->key_pem},
      stage.now);
  (void)server_.restart(stage.now);  // a key that no server takes leaves in service what was
}

}  // namespace shinsa::fakes::cast
