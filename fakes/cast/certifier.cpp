#include "fakes/cast/certifier.hpp"

#include "fakes/ca/repository.hpp"
#include "fakes/cast/certificate_file.hpp"
#include "fakes/cast/demanded.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/calendar.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

constexpr std::size_t kSerialBytes = 16;  // Baseline Requirements 7.1: at least 64 bits

/// To the last second of the month, so many months on.
Instant end_of_month_after(Instant now, std::int64_t months) {
  return last_second_of(end_of_month(plus_months(date_of(now), static_cast<int>(months))));
}

/// Where the obligation does not say: so many days by ACME (ASM-30), else to the end of a month,
/// which of them depends at NTT Com on the day (ASM-40), elsewhere not (ASM-01).
Instant end_of_a_new_one(const Stage& stage) {
  const auto number = [](std::size_t at) { return tables::kNumbers[at].number; };
  switch (stage.system.profile().system) {
    case kAcm:
      return stage.now + days(number(kNumber<"ASM-30", "days">)) - seconds(1);
    case kNtt: {
      const Date shorter_from{static_cast<int>(number(kNumber<"ASM-40", "year">)),
                              static_cast<int>(number(kNumber<"ASM-40", "month">)),
                              static_cast<int>(number(kNumber<"ASM-40", "day">))};
      return end_of_month_after(stage.now, date_of(stage.now) < shorter_from
                                               ? number(kNumber<"ASM-40", "months">)
                                               : number(kNumber<"ASM-40", "months_later">));
    }
    default:
      return end_of_month_after(stage.now, number(kNumber<"ASM-01", "months">));
  }
}

/// The event of an issue without a certificate behind it.
Performed certify_on_paper(const Duty& duty, const std::string& serial, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  const Value end = demanded<"certificate.issued", "not_after">(duty, stage);
  record.set("not_before", stage.now)
      .set("not_after", end.present() ? end.instant() : end_of_a_new_one(stage));
  return Performed{stage.facts.intern("certificate/" + serial), record.build()};
}

/// What the obligation says of the certificate; its request and its serial number are not there.
ca::IssueRequest request_of(const Duty& duty, const Stage& stage) {
  ca::IssueRequest request;
  request.common_name = stage.facts.text(demanded<"certificate.issued", "cn">(duty, stage).text());
  for (TextId name : stage.facts.list(demanded<"certificate.issued", "sans">(duty, stage).list()))
    request.sans.emplace_back(stage.facts.text(name));
  request.organisation =
      stage.facts.text(demanded<"certificate.issued", "organisation">(duty, stage).text());
  const std::string_view product =
      choice_word(kProducts, demanded<"certificate.issued", "kind">(duty, stage).number());
  request.product = ca::parse_product(product).value_or(ca::Product::dv);
  request.not_before = stage.now;
  const Value end = demanded<"certificate.issued", "not_after">(duty, stage);
  request.not_after = end.present() ? end.instant() : end_of_a_new_one(stage);
  return request;
}

std::string_view name_of(const Event& event, const Stage& stage) {
  const std::string_view subject = stage.facts.text(event.subject);
  return subject.substr(subject.find('/') + 1);
}

}  // namespace

Certifier::Certifier(Detail detail, const ca::Addresses& addresses)
    : for_people_(detail == Detail::full) {
  if (detail == Detail::full || detail == Detail::served) authority_.emplace(addresses);
}

Result<Performed> Certifier::perform(const Duty& duty, TextId subject_of_duty, Stage& stage) {
  if (duty.type == kType<"certificate.revoked">)
    return Performed{subject_of_duty, as_demanded(duty, stage).build()};
  const std::string serial = stage.streams["ca/serial"].hex(kSerialBytes);
  if (!authority_) return certify_on_paper(duty, serial, stage);
  ca::IssueRequest request = request_of(duty, stage);
  put_csr(stage.facts.text(demanded<"certificate.issued", "application">(duty, stage).text()),
          demanded<"certificate.issued", "key">(duty, stage), stage.facts, request);
  request.serial = serial;
  request.with_text = for_people_;
  auto issued = authority_->issue(request);
  if (!issued) return Failure(issued.error());
  const std::string subject = "certificate/" + issued->serial;
  if (for_people_) {
    stage.artefacts[certificate_file(issued->serial)] = std::move(issued->pem);
    stage.artefacts[certificate_file(issued->serial, ".txt")] = std::move(issued->text);
  } else {
    stage.artefacts[certificate_file(issued->serial, ".der")].assign(issued->der.begin(),
                                                                     issued->der.end());
  }
  RecordBuilder record = as_demanded(duty, stage);
  record.set("not_before", issued->not_before).set("not_after", issued->not_after);
  record.set("key", std::string_view(issued->key_sha256))
      .set("issuer", std::string_view(issued->issuer));
  return Performed{stage.facts.intern(subject), record.build()};
}

const sim::TypeSet& Certifier::watches() const {
  static constexpr sim::TypeSet watched = [] {
    sim::TypeSet types = sim::kTypesWith<"csr">;
    for (TypeIndex type :
         {kType<"certificate.issued">, kType<"certificate.revoked">, kType<"fact.certificate">})
      types.add(type);
    return types;
  }();
  return watched;
}

void Certifier::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (authority_ && event.type == kType<"certificate.issued">)
    register_.issue(name_of(event, stage));
  if (authority_ && event.type == kType<"certificate.revoked">) publish(event, stage);
  if (authority_ && event.type == kType<"fact.certificate">) remember(event, stage);
  if (const Value csr = field_of<"csr">(said); csr.present()) {
    forms_[std::string(stage.facts.text(event.subject))].emplace_back(field_of<"key">(said),
                                                                      csr.text());
    if (const auto request = requests_.find(ca::digest_in(stage.facts.text(csr.text())));
        request != requests_.end())
      ++request->second.forms;
  }
  // Nobody who is only served gets another one for it; a mutant may.
  if (event.type == kType<"certificate.issued"> && authority_ && !for_people_ &&
      !stage.system.profile().mutation)
    drop_forms(stage.facts.text(field_of<"application">(said).text()), stage.facts);
}

void Certifier::drop_forms(std::string_view application, const Facts& facts) {
  const auto forms = forms_.find(application);
  if (forms == forms_.end()) return;
  for (const auto& [key, csr] : forms->second)
    if (const auto request = requests_.find(ca::digest_in(facts.text(csr)));
        request != requests_.end() && --request->second.forms == 0)
      requests_.erase(request);
  forms_.erase(forms);
}

void Certifier::keep(const ca::Csr& csr) {
  if (!csr.report().readable) return;
  requests_[csr.report().request_sha256].der = csr.der();
  last_ = csr;
}

void Certifier::forget(std::span<const TextId> things, Stage& stage) {
  for (const TextId thing : things) {
    const std::string_view subject = stage.facts.text(thing);
    for (const std::string_view ending : {".pem", ".txt", ".der"})
      stage.artefacts.erase(certificate_file(subject, ending));
    if (authority_ && subject.starts_with("certificate/"))
      register_.forget(subject.substr(subject.find('/') + 1));
    drop_forms(subject, stage.facts);
  }
}

/// The next revocation list, with what was revoked just now.
void Certifier::publish(const Event& event, Stage& stage) {
  constexpr auto field = kField<"certificate.revoked", "reason">;
  constexpr auto words = kEventTypes[kType<"certificate.revoked">].fields[field].choices;
  const Value said = stage.facts.record(event.data).fields[field];
  register_.enter(name_of(event, stage), event.time,
                  said.present() ? *ca::parse_reason(choice_word(words, said.number()))
                                 : ca::Reason::unspecified);
  const auto list = register_.publish(*authority_, event.time);
  SHINSA_ASSERT(list, "the CA can sign a list of what it revoked");
  stage.artefacts["certificates/crl.pem"] = list->pem;
  stage.artefacts["certificates/crl.txt"] = list->text;
}

std::string Certifier::current_list(Instant now) {
  SHINSA_ASSERT(authority_, "only a CA publishes lists");
  const auto list = register_.current(*authority_, now);
  SHINSA_ASSERT(list, "the CA can sign a list of what it revoked");
  return list->pem;
}

fakes::wire::HttpResponse Certifier::answer(const fakes::wire::HttpRequest& request, Instant now) {
  SHINSA_ASSERT(authority_, "only a CA has a repository");
  return ca::answer(request, *authority_, register_, now);
}

/// This CA knows what it issued before the trace begins. What it revoked by then stands in its
/// lists too while it would be valid; nobody said why.
void Certifier::remember(const Event& event, Stage& stage) {
  constexpr auto issuer = kField<"fact.certificate", "issued_by">;
  constexpr auto issuers = kEventTypes[kType<"fact.certificate">].fields[issuer].choices;
  const Record& fact = stage.facts.record(event.data);
  const Value at = fact.fields[kField<"fact.certificate", "revoked">];
  const Value by = fact.fields[issuer];
  const bool ours = !by.present() || choice_word(issuers, by.number()) == "JPDirect";
  if (ours) register_.issue(name_of(event, stage));
  if (ours && at.present() && at.instant() <= event.time &&
      fact.fields[kField<"fact.certificate", "not_after">].instant() >= event.time)
    register_.enter(name_of(event, stage), at.instant(), ca::Reason::unspecified);
}

/// The newest request of the application with that key; forms that were refused are among them.
void Certifier::put_csr(std::string_view application, Value key, const Facts& facts,
                        ca::IssueRequest& into) const {
  const auto forms = forms_.find(application);
  if (forms == forms_.end()) return;
  TextId newest = forms->second.back().second;
  for (const auto& [of, csr] : forms->second)
    if (key.present() && of == key) newest = csr;
  into.csr = csr_of(facts.text(newest));
}

ca::Csr Certifier::csr_of(std::string_view text) const {
  const std::string_view digest = ca::digest_in(text);
  const auto request = requests_.find(digest);
  if (request == requests_.end()) return ca::Csr::read(text);
  return digest == last_.report().request_sha256 ? last_ : ca::Csr::read_der(request->second.der);
}

}  // namespace shinsa::fakes::cast
