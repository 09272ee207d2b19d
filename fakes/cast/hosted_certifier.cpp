#include "fakes/cast/hosted_certifier.hpp"

#include <algorithm>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/cast/certificate_file.hpp"
#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::size_t kSerialBytes = 16;  // Baseline Requirements 7.1: at least 64 bits
constexpr std::string_view kKeys[] = {"rsa-2048-a", "rsa-2048-b"};

std::string without_zeros(std::string_view serial) {
  const auto first = serial.find_first_not_of('0');
  return std::string(first == std::string_view::npos ? "0" : serial.substr(first));
}

std::vector<std::string> texts(ListId list, const Facts& facts) {
  std::vector<std::string> all;
  for (TextId item : facts.list(list)) all.emplace_back(facts.text(item));
  return all;
}

std::string_view name_of(std::string_view subject) { return subject.substr(subject.find('/') + 1); }

/// Whether the trace is made under an alternative of reading SAK-Q1.
template <Literal Name>
bool is_read_as(const Stage& stage) {
  using Choice = ReadingChoice<"SAK-Q1", Name>;
  return stage.system.profile().readings[Choice::reading] == Choice::alternative;
}

}  // namespace

Result<Performed> HostedCertifier::perform(const Duty& duty, TextId, Stage& stage) {
  const std::string_view entry =
      stage.facts.text(demanded<"certificate.issued", "application">(duty, stage).text());
  const Hosted* source = source_of(entry);
  Hosted hosted;
  hosted.common_name = stage.facts.text(demanded<"certificate.issued", "cn">(duty, stage).text());
  hosted.names = texts(demanded<"certificate.issued", "sans">(duty, stage).list(), stage.facts);
  const Value begin = demanded<"certificate.issued", "not_before">(duty, stage);
  hosted.not_before = begin.present() ? begin.instant() : stage.now;
  hosted.not_after = end_of(duty, source, stage);
  const auto key = ca::KeyPool::with_sha256(
      stage.facts.text(demanded<"certificate.issued", "key">(duty, stage).text()));
  const std::string_view other = kKeys[source && source->key_name == kKeys[0] ? 1 : 0];
  hosted.key_name = key ? key->name() : other;
  const std::string serial = stage.streams["ca/serial"].hex(kSerialBytes);
  if (auto made = make(hosted, serial); !made) return Failure(made.error());
  RecordBuilder record = as_demanded(duty, stage);
  record.set("not_before", hosted.not_before).set("not_after", hosted.not_after);
  if (ca_->authority()) {
    record.set("key", std::string_view(ca::KeyPool::find(hosted.key_name)->sha256()));
    stage.artefacts[certificate_file(serial)] = hosted.pem;
    stage.artefacts[certificate_file(serial, ".txt")] = hosted.text;
  }
  const std::string subject = "certificate/" + serial;
  serials_[without_zeros(serial)] = subject;
  certificates_[subject] = std::move(hosted);
  return Performed{stage.facts.intern(subject), record.build()};
}

const sim::TypeSet& HostedCertifier::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.certificate">, kType<"fact.entry">,
                                        kType<"certificate.revoked">};
  return watched;
}

void HostedCertifier::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const std::string_view subject = stage.facts.text(event.subject);
  if (event.type == kType<"fact.certificate">) remember(event, stage);
  if (event.type == kType<"fact.entry">)
    orders_[std::string(subject)] =
        stage.facts.text(said.fields[kField<"fact.entry", "certificate">].text());
  if (event.type == kType<"certificate.revoked">)
    if (const auto known = certificates_.find(subject); known != certificates_.end())
      known->second.revoked = true;
}

const Hosted* HostedCertifier::find(std::string_view certificate) const {
  const auto known = certificates_.find(certificate);
  return known == certificates_.end() ? nullptr : &known->second;
}

std::string HostedCertifier::subject_of(std::string_view serial) const {
  const auto known = serials_.find(without_zeros(serial));
  return known == serials_.end() ? std::string{} : known->second;
}

std::string HostedCertifier::common_name_of(std::string_view entry) const {
  const Hosted* source = source_of(entry);
  return source ? source->common_name : std::string{};
}

void HostedCertifier::remember(const Event& event, const Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  const std::string subject(stage.facts.text(event.subject));
  Hosted hosted;
  hosted.common_name = stage.facts.text(said.fields[kField<"fact.certificate", "cn">].text());
  hosted.names = texts(said.fields[kField<"fact.certificate", "sans">].list(), stage.facts);
  hosted.not_before = said.fields[kField<"fact.certificate", "not_before">].instant();
  hosted.not_after = said.fields[kField<"fact.certificate", "not_after">].instant();
  const auto key = ca::KeyPool::with_sha256(
      stage.facts.text(said.fields[kField<"fact.certificate", "key">].text()));
  hosted.key_name = key ? key->name() : kKeys[0];
  const Value revoked = said.fields[kField<"fact.certificate", "revoked">];
  hosted.revoked = revoked.present() && revoked.instant() <= event.time;
  if (ca_->authority()) {  // on paper nobody asks for a serial number
    const std::string serial = ca::serial_named(name_of(subject));
    if (!make(hosted, serial)) hosted.pair = {};  // what no CA could issue cannot be served either
    serials_[without_zeros(serial)] = subject;
  }
  certificates_[subject] = std::move(hosted);
}

Result<void> HostedCertifier::make(Hosted& hosted, const std::string& serial) {
  const ca::Authority* authority = ca_->authority();
  if (!authority) return {};
  ca::IssueRequest request;
  auto csr = ca::make_csr({.key_name = hosted.key_name, .common_name = hosted.common_name});
  if (!csr) return Failure(csr.error());
  request.csr_pem = *csr;
  request.common_name = hosted.common_name;
  request.sans = hosted.names;
  request.product =
      hosted.common_name.starts_with("*.") ? ca::Product::dv_wildcard : ca::Product::dv;
  request.not_before = hosted.not_before;
  request.not_after = hosted.not_after;
  request.serial = serial;
  auto issued = authority->issue(request);
  if (!issued) return Failure(issued.error());
  hosted.pem = issued->pem;
  hosted.text = issued->text;
  hosted.pair = {issued->pem + authority->chain_pem(), ca::KeyPool::find(hosted.key_name)->pem()};
  return {};
}

/// As the obligation has it; otherwise the CA shortens, never beyond the old end.
Instant HostedCertifier::end_of(const Duty& duty, const Hosted* source, const Stage& stage) const {
  const Value end = demanded<"certificate.issued", "not_after">(duty, stage);
  if (end.present()) return end.instant();
  const auto& numbers = stage.system.profile().numbers;
  const auto limit = numbers[kNumber<"SAK-04", "days">];
  const auto months = static_cast<int>(numbers[kNumber<"SAK-04", "months">]);
  const bool by_days = is_read_as<"min-397">(stage) ||
                       (!is_read_as<"month-end">(stage) && stage.decide("clipping") == "min-397");
  const Instant clipped =
      by_days ? stage.now + days(limit)
              : last_second_of(end_of_month(plus_months(date_of(stage.now), months)));
  return source ? std::min(clipped, source->not_after) : clipped;
}

const Hosted* HostedCertifier::source_of(std::string_view entry) const {
  const auto order = orders_.find(entry);
  return order == orders_.end() ? nullptr : find(order->second);
}

}  // namespace shinsa::fakes::cast
