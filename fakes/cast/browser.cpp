#include "fakes/cast/browser.hpp"

#include "fakes/ca/key_pool.hpp"
#include "fakes/cast/certificate_file.hpp"
#include "fakes/cast/demanded.hpp"
#include "fakes/cast/outside.hpp"
#include "fakes/web/tls.hpp"

namespace shinsa::fakes::cast {

using sim::Performed;
using sim::Stage;

Result<Performed> Browser::perform(const model::Duty& duty, TextId certificate, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const TextId site = visited_[certificate];
  const std::string pem = pem_of(stage.facts.text(certificate), stage.artefacts);
  const ca::Authority* const authority = ca_->authority();
  if (!authority || pem.empty()) return Performed{site, record.build()};
  const std::string_view subject = stage.facts.text(site);
  const std::string host(subject.substr(subject.find('/') + 1));
  const auto key = ca::KeyPool::with_sha256(stage.facts.text(keys_[certificate]));
  const web::Served served{
      {host, {pem + authority->chain_pem(), key ? key->pem() : std::string{}}}};
  const auto handshake = web::shake_hands(served, host, {authority->root_pem()}, stage.now);
  if (!handshake) return Failure(handshake.error());
  record.set("result", as_seen(handshake->verification));
  if (handshake->leaf)
    record.set("not_before", handshake->leaf->not_before)
        .set("not_after", handshake->leaf->not_after)
        .set("subject_dn", std::string_view(handshake->leaf->subject));
  return Performed{site, record.build()};
}

const sim::TypeSet& Browser::watches() const {
  static constexpr sim::TypeSet watched{kType<"site.visited">, kType<"certificate.issued">};
  return watched;
}

void Browser::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (event.type == kType<"site.visited">)
    visited_[said.fields[kField<"site.visited", "certificate">].text()] = event.subject;
  if (event.type == kType<"certificate.issued">)
    keys_[event.subject] = said.fields[kField<"certificate.issued", "key">].text();
}

void Browser::forget(std::span<const TextId> things, Stage&) {
  for (const TextId thing : things) {
    visited_.erase(thing);
    keys_.erase(thing);
  }
}

}  // namespace shinsa::fakes::cast
