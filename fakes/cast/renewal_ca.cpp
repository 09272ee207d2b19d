#include "fakes/cast/renewal_ca.hpp"

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

constexpr std::size_t kSerialBytes = 16;                   // more than the 64 bits that are wanted
constexpr std::string_view kKeyFromBefore = "rsa-2048-a";  // of a certificate whose key is unknown

template <Literal Id, Literal Key>
std::int64_t number(const Stage& stage) {
  return stage.system.profile().numbers[kNumber<Id, Key>];
}
template <Literal Id, Literal Name>
bool under(const Stage& stage) {
  using Choice = ReadingChoice<Id, Name>;
  return stage.system.profile().readings[Choice::reading] == Choice::alternative;
}

/// A year after the day of the issue, to its last second.
Instant end_of_a_new_one(const Stage& stage) {
  const Date today = date_of(stage.now);
  const Date later = plus_years(today, static_cast<int>(number<"REN-17", "years">(stage)));
  const bool moved = later.day != today.day && under<"REN-Q3", "first-of-march">(stage);
  return last_second_of(moved ? plus_days(later, 1) : later);
}

/// So many days before or after the exact one a certificate may end (REN-Q2).
std::pair<std::int64_t, std::int64_t> room(const Duty& duty, const Stage& stage) {
  std::int64_t days = number<"REN-18", "days_tolerance">(stage);
  if (!demanded<"certificate.issued", "not_after">(duty, stage).present()) {
    days = number<"REN-17", "days_tolerance">(stage);
  } else if (choice_word(kBrands, demanded<"certificate.issued", "brand">(duty, stage).number()) ==
             "Symantec") {
    if (under<"REN-Q2", "exactly-fourteen-days">(stage)) return {0, 0};
    days = number<"REN-19", "days_tolerance">(stage);
    if (under<"REN-Q2", "at-most-fourteen-days">(stage)) return {days, 0};
  }
  return {days, days};
}

Instant end_for(const Duty& duty, Stage& stage) {
  const Value exact = demanded<"certificate.issued", "not_after">(duty, stage);
  const Instant end = exact.present() ? exact.instant() : end_of_a_new_one(stage);
  const auto [before, after] = room(duty, stage);
  const std::string_view chosen = stage.decide("end-day");
  if (chosen == "day-before") return end - days(before);
  return chosen == "day-after" ? end + days(after) : end;
}

Instant begin_for(const Duty& duty, const Stage& stage) {
  const Value wanted = demanded<"certificate.issued", "not_before">(duty, stage);
  return wanted.present() ? wanted.instant() : stage.now;
}

/// Names, product and subject of a certificate, from an event that has its fields.
ca::IssueRequest request_of(const Record& said, const Stage& stage) {
  const auto text = [&](std::string_view field) {
    return std::string(stage.facts.text(field_of(said, field).text()));
  };
  ca::IssueRequest request;
  request.common_name = text("cn");
  request.organisation = text("organisation");
  request.unit = text("unit");
  request.seat = ca::Seat{text("locality"), text("prefecture"), text("country")};
  request.product =
      ca::parse_product(choice_word(kProducts, field_of<"kind">(said).number())).value();
  return request;
}

}  // namespace

Result<Performed> RenewalCa::perform(const Duty& duty, TextId subject, Stage& stage) {
  if (duty.type != kType<"certificate.issued">)
    return Performed{subject, as_demanded(duty, stage).build()};
  const std::string serial = stage.streams["ca/serial"].hex(kSerialBytes);
  const std::string issued = "certificate/" + serial;
  const Instant begin = begin_for(duty, stage);
  const Instant end = end_for(duty, stage);
  const TextId name = demanded<"certificate.issued", "cn">(duty, stage).text();
  RecordBuilder record = as_demanded(duty, stage);
  record.set("not_before", begin).set("not_after", end);
  record.set("sans", stage.facts.intern_list({&name, 1}));
  if (authority()) {
    ca::IssueRequest request = request_of(stage.facts.record(duty.match), stage);
    request.csr = documents_[subject];
    request.serial = serial;
    request.not_before = begin;
    request.not_after = end;
    if (auto done = sign(request, issued, stage); !done) return Failure(done.error());
  }
  return Performed{stage.facts.intern(issued), record.build()};
}

Result<void> RenewalCa::sign(const ca::IssueRequest& request, const std::string& subject,
                             Stage& stage) {
  auto made = authority()->issue(request);
  if (!made) return Failure(made.error());
  issued_[subject] = {made->pem, ca::KeyPool::with_sha256(made->key_sha256)->pem()};
  serials_[made->serial] = subject;
  stage.artefacts[certificate_file(made->serial)] = made->pem;
  stage.artefacts[certificate_file(made->serial, ".txt")] = made->text;
  return {};
}

const sim::TypeSet& RenewalCa::watches() const {
  static constexpr sim::TypeSet watched{kType<"fact.certificate">, kType<"documents.prepared">};
  return watched;
}

void RenewalCa::observe(const Event& event, Stage& stage) {
  if (!authority()) return;
  if (event.type == kType<"fact.certificate">) issue_from_before(event, stage);
  if (event.type != kType<"documents.prepared">) return;
  const TextId csr =
      stage.facts.record(event.data).fields[kField<"documents.prepared", "csr">].text();
  documents_[event.subject] = ca_->csr_of(stage.facts.text(csr));
}

/// A certificate that a story gives is real too: somebody may look at it.
void RenewalCa::issue_from_before(const Event& event, Stage& stage) {
  const Record& fact = stage.facts.record(event.data);
  const ca::PrivateKey key =
      ca::KeyPool::with_sha256(
          stage.facts.text(fact.fields[kField<"fact.certificate", "key">].text()))
          .value_or(*ca::KeyPool::find(kKeyFromBefore));
  ca::IssueRequest request = request_of(fact, stage);
  request.csr_pem = ca::make_csr({.key_name = key.name(), .common_name = request.common_name})
                        .value_or(std::string());
  request.serial = stage.streams["ca/serial"].hex(kSerialBytes);
  request.not_before = fact.fields[kField<"fact.certificate", "not_before">].instant();
  request.not_after = fact.fields[kField<"fact.certificate", "not_after">].instant();
  // One that no CA could make stays on paper: whoever looks at it is told then.
  (void)sign(request, std::string(stage.facts.text(event.subject)), stage);
}

const Credentials* RenewalCa::credentials(std::string_view subject) const {
  const auto found = issued_.find(subject);
  return found == issued_.end() ? nullptr : &found->second;
}

std::string RenewalCa::subject_of(const std::string& serial) const {
  const auto found = serials_.find(serial);
  return found == serials_.end() ? std::string() : found->second;
}

}  // namespace shinsa::fakes::cast
