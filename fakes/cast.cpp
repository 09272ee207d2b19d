#include "fakes/cast.hpp"

#include <algorithm>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/revocation_register.hpp"
#include "fakes/letters.hpp"
#include "fakes/mail/message.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes {

namespace {

using model::Duty;
using sim::Performed;
using sim::Stage;

/// A field of what the duty demands; absent if it demands nothing of the kind.
template <Literal Type, Literal Field>
Value demanded(const Duty& duty, const Stage& stage) {
  if (!duty.match) return {};
  return stage.facts.record(duty.match).fields[kField<Type, Field>];
}

/// Copies what the duty demands into the event.
RecordBuilder as_demanded(const Duty& duty, const Stage& stage) {
  RecordBuilder record(stage.facts, duty.type);
  if (duty.match) {
    const Record& match = stage.facts.record(duty.match);
    for (std::size_t i = 0; i < match.fields.size(); ++i) record.set_value(i, match.fields[i]);
  }
  return record;
}

constexpr Duration kRingsFor = seconds(60);  // before the caller gives up

std::string artefact_name(std::string_view subject) {
  std::string name(subject.substr(subject.find('/') + 1));
  std::ranges::replace(name, '/', '_');
  return name;
}

// -- mail
// -----------------------------------------------------------------------------------------------------------------

/// Sends every mail of the portal and the CA, and keeps the mailboxes of the world.
class Post : public sim::Performer {
 public:
  explicit Post(Detail detail) : detail_(detail) {}

  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record = as_demanded(duty, stage);
    const Letter letter = compose(duty, subject, stage);
    if (detail_ == Detail::events) return Performed{subject, said(record, letter, stage).build()};
    mail::Message message;
    message.to = stage.facts.text(demanded<"mail.sent", "to">(duty, stage).text());
    message.from = letter.from;
    message.from_name = letter.from_name;
    message.subject = letter.subject;
    message.text = letter.text;
    message.date = stage.now;
    message.message_id = stage.streams["mail/message-id"].hex(8) + "@" +
                         letter.from.substr(letter.from.find('@') + 1);
    message.charset = letter.charset;
    for (const Enclosure& enclosed : letter.enclosures)
      message.attachments.push_back({enclosed.file_name, enclosed.media_type, enclosed.bytes});
    auto bytes = mail::encode(message);
    if (!bytes) return Failure(bytes.error());
    auto delivered = deliver(*bytes, subject, stage);
    if (!delivered) return Failure(delivered.error());
    if (!letter.code.empty())
      codes_.push_back(
          {std::string(stage.facts.text(subject)), letter.code, message.to, message.message_id});
    stage.artefacts["mail/" + std::to_string(++count_) + ".eml"] = *bytes;
    said(record, letter, stage)
        .set("from_name", std::string_view(letter.from_name))
        .set("to", std::string_view(message.to))
        .set("text", std::string_view(letter.text));
    return Performed{subject, record.build()};
  }

  void observe(const Event& event, Stage& stage) override {
    if (event.type == kType<"application.returned">)
      names_[event.subject] =
          stage.facts.record(event.data).fields[kField<"application.returned", "cn">].text();
    if (event.type == kType<"order.received">)
      names_[event.subject] =
          stage.facts.record(event.data).fields[kField<"order.received", "cn">].text();
    if (event.type == kType<"inquiry.received">)
      names_[event.subject] =
          stage.facts.record(event.data).fields[kField<"inquiry.received", "cn">].text();
  }

  [[nodiscard]] std::optional<FoundCode> code_for(std::string_view application, bool in_spam,
                                                  Instant now) const {
    for (auto code = codes_.rbegin(); code != codes_.rend(); ++code) {
      if (code->application != application) continue;
      for (const auto& found : folder(code->to, in_spam, now))
        if (found.message_id == code->message_id) return FoundCode{code->code, code->to};
    }
    return std::nullopt;
  }

  [[nodiscard]] std::vector<mail::Message> folder(std::string_view address, bool in_spam,
                                                  Instant now) const {
    std::vector<mail::Message> messages;
    for (const mail::Letter* letter :
         in_spam ? office_.spam(address, now) : office_.inbox(address, now))
      messages.push_back(letter->message);
    return messages;
  }

  /// The PEM that a completion mail carries; set by the CA when it issues.
  std::map<std::string, std::string> certificates;

 private:
  struct Code {
    std::string application, code, to, message_id;
  };

  /// What the event of a mail says whatever the detail.
  static RecordBuilder& said(RecordBuilder& record, const Letter& letter, Stage& stage) {
    record.set("from", std::string_view(letter.from))
        .set("subject", std::string_view(letter.subject));
    if (!letter.code.empty()) record.set("code", std::string_view(letter.code));
    std::vector<TextId> enclosed;
    for (const Enclosure& one : letter.enclosures) enclosed.push_back(stage.facts.intern(one.kind));
    if (!enclosed.empty()) record.set("attachments", stage.facts.intern_list(enclosed));
    return record;
  }

  Letter compose(const Duty& duty, TextId subject, Stage& stage) {
    const auto known = names_.find(subject);
    LetterFacts facts;
    facts.application = stage.facts.text(subject);
    facts.common_name =
        known == names_.end() ? std::string_view{} : stage.facts.text(known->second);
    facts.subject = stage.facts.text(demanded<"mail.sent", "subject">(duty, stage).text());
    facts.sender = stage.facts.text(demanded<"mail.sent", "from">(duty, stage).text());
    facts.certificate = stage.facts.text(demanded<"mail.sent", "certificate">(duty, stage).text());
    if (const auto pem = certificates.find(std::string(facts.certificate));
        pem != certificates.end())
      facts.pem = pem->second;
    return write_letter(duty.clause, facts, stage.streams["mail/approval-code"]);
  }

  Result<void> deliver(const std::string& bytes, TextId subject, Stage& stage) {
    mail::Delivery how;
    const std::string_view name = stage.facts.text(subject);
    if (const auto fault = stage.faults.strikes("mail", name, stage.now, stage.streams)) {
      if (fault->kind == "spam") how.folder = mail::Folder::spam;
      if (fault->kind == "loss") how.lost = true;
      if (fault->kind == "delay") how.delay = fault->delay.value_or(hours(1));
    }
    auto receipt = office_.deliver(bytes, stage.now, how);
    if (!receipt) return Failure(receipt.error());
    return {};
  }

  Detail detail_;
  mail::PostOffice office_;
  std::vector<Code> codes_;
  std::map<TextId, TextId> names_;
  std::size_t count_ = 0;
};

// -- certificates
// ---------------------------------------------------------------------------------------------------------

/// Issues real certificates from the test CA, for the request that was handed in, and publishes
/// lists of those that were revoked.
class Ca : public sim::Performer {
 public:
  Ca(Post& post, Detail detail) : post_(&post) {
    if (detail == Detail::full) authority_.emplace();
  }

  Result<Performed> perform(const Duty& duty, TextId subject_of_duty, Stage& stage) override {
    if (duty.type == kType<"certificate.revoked">)
      return Performed{subject_of_duty, as_demanded(duty, stage).build()};
    const std::string serial = stage.streams["ca/serial"].hex(kSerialBytes);
    if (!authority_) return certify_on_paper(duty, serial, stage);
    ca::IssueRequest request;
    request.csr_pem =
        csr_of(stage.facts.text(demanded<"certificate.issued", "application">(duty, stage).text()),
               demanded<"certificate.issued", "key">(duty, stage));
    request.common_name =
        stage.facts.text(demanded<"certificate.issued", "cn">(duty, stage).text());
    for (TextId name : stage.facts.list(demanded<"certificate.issued", "sans">(duty, stage).list()))
      request.sans.emplace_back(stage.facts.text(name));
    request.organisation =
        stage.facts.text(demanded<"certificate.issued", "organisation">(duty, stage).text());
    const std::string_view product =
        choice_word(kProducts, demanded<"certificate.issued", "kind">(duty, stage).number());
    request.product = ca::parse_product(product).value_or(ca::Product::dv);
    request.not_before = stage.now;
    const Value end = demanded<"certificate.issued", "not_after">(duty, stage);
    request.not_after = end.present() ? end.instant() : end_of_a_new_one(stage.now);
    request.serial = serial;
    auto issued = authority_->issue(request);
    if (!issued) return Failure(issued.error());
    const std::string subject = "certificate/" + issued->serial;
    post_->certificates[subject] = issued->pem;
    stage.artefacts["certificates/" + issued->serial + ".pem"] = issued->pem;
    stage.artefacts["certificates/" + issued->serial + ".txt"] = issued->text;
    RecordBuilder record = as_demanded(duty, stage);
    record.set("not_before", issued->not_before).set("not_after", issued->not_after);
    record.set("key", std::string_view(issued->key_sha256))
        .set("issuer", std::string_view(issued->issuer));
    return Performed{stage.facts.intern(subject), record.build()};
  }

  void observe(const Event& event, Stage& stage) override {
    Value csr;
    Value key;
    const Record& form = stage.facts.record(event.data);
    if (event.type == kType<"application.returned">) {
      csr = form.fields[kField<"application.returned", "csr">];
      key = form.fields[kField<"application.returned", "key">];
    }
    if (event.type == kType<"order.received">) {
      csr = form.fields[kField<"order.received", "csr">];
      key = form.fields[kField<"order.received", "key">];
    }
    if (event.type == kType<"application.resubmitted">) {
      csr = form.fields[kField<"application.resubmitted", "csr">];
      key = form.fields[kField<"application.resubmitted", "key">];
    }
    if (authority_ && event.type == kType<"certificate.revoked">) publish(event, stage);
    if (authority_ && event.type == kType<"fact.certificate">) remember(event, stage);
    if (csr.present())
      forms_[std::string(stage.facts.text(event.subject))].emplace_back(
          key, stage.facts.text(csr.text()));
  }

  /// The request as the customer made it, found again by its abridged text.
  void keep(const std::string& abridged, const std::string& pem) { requests_[abridged] = pem; }

  /// Null where certificates are on paper only.
  [[nodiscard]] const ca::Authority* authority() const {
    return authority_ ? &*authority_ : nullptr;
  }

 private:
  static constexpr std::size_t kSerialBytes = 16;  // Baseline Requirements 7.1: at least 64 bits

  /// The next revocation list, with what was revoked just now.
  void publish(const Event& event, Stage& stage) {
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

  /// What this CA revoked before the trace begins stands in its lists too while it would be valid;
  /// nobody said why.
  void remember(const Event& event, Stage& stage) {
    constexpr auto issuer = kField<"fact.certificate", "issued_by">;
    constexpr auto issuers = kEventTypes[kType<"fact.certificate">].fields[issuer].choices;
    const Record& fact = stage.facts.record(event.data);
    const Value at = fact.fields[kField<"fact.certificate", "revoked">];
    const Value by = fact.fields[issuer];
    const bool ours = !by.present() || choice_word(issuers, by.number()) == "JPDirect";
    if (ours && at.present() && at.instant() <= event.time &&
        fact.fields[kField<"fact.certificate", "not_after">].instant() >= event.time)
      register_.enter(name_of(event, stage), at.instant(), ca::Reason::unspecified);
  }

  static std::string_view name_of(const Event& event, const Stage& stage) {
    const std::string_view subject = stage.facts.text(event.subject);
    return subject.substr(subject.find('/') + 1);
  }

  /// The event of an issue without a certificate behind it.
  Result<Performed> certify_on_paper(const Duty& duty, const std::string& serial, Stage& stage) {
    RecordBuilder record = as_demanded(duty, stage);
    const Value end = demanded<"certificate.issued", "not_after">(duty, stage);
    record.set("not_before", stage.now)
        .set("not_after", end.present() ? end.instant() : end_of_a_new_one(stage.now));
    return Performed{stage.facts.intern("certificate/" + serial), record.build()};
  }

  /// To the last second of the month, so many months on (ASM-01).
  static Instant end_of_a_new_one(Instant now) {
    constexpr auto months = tables::kNumbers[kNumber<"ASM-01", "months">].number;
    return last_second_of(end_of_month(plus_months(date_of(now), static_cast<int>(months))));
  }

  /// The newest request of the application with that key; forms that were refused are among them.
  std::string csr_of(std::string_view application, Value key) const {
    const auto forms = forms_.find(std::string(application));
    if (forms == forms_.end()) return {};
    std::string text = forms->second.back().second;
    for (const auto& [of, csr] : forms->second)
      if (key.present() && of == key) text = csr;
    const auto request = requests_.find(text);
    return request == requests_.end() ? text : request->second;
  }

  Post* post_;
  std::optional<ca::Authority> authority_;
  std::map<std::string, std::vector<std::pair<Value, std::string>>> forms_;  // key, CSR; as sent
  std::map<std::string, std::string> requests_;
  ca::RevocationRegister register_;
};

// -- desk and telephone
// ---------------------------------------------------------------------------------------------------

/// The portal's desk: says no when a clause does.
class DeskClerk : public sim::Performer {
 public:
  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record(stage.facts, duty.type);
    ListId clauses = duty.clauses;
    if (!duty.refusal && duty.clause != kNoClause) {
      const TextId id = stage.facts.intern(clause(duty.clause).id);
      clauses = stage.facts.intern_list({&id, 1});
    }
    record.set("clauses", clauses);
    return Performed{subject, record.build()};
  }
};

/// The portal's bookkeeper: bills orders, and confirms what was paid.
class Bookkeeper : public sim::Performer {
 public:
  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record = as_demanded(duty, stage);
    if (duty.type == kType<"invoice.issued">) {
      std::string number = std::to_string(++count_);
      number.insert(0, kDigits - std::min(kDigits, number.size()), '0');
      record.set("bill", std::string_view(std::string(kLabel<"JPR-48", "bill_prefix">) + number));
      if (!demanded<"invoice.issued", "amount">(duty, stage).present())
        return fail("the portal has to bill an order, but no price is known",
                    std::string(stage.facts.text(subject)), "give a fact.price for the product");
    }
    return Performed{subject, record.build()};
  }

 private:
  static constexpr std::size_t kDigits = 8;
  std::size_t count_ = 0;
};

/// The bank, and the company behind the card: what is paid by card arrives at once, a transfer on
/// the next business day when the portal's desk opens (JPR-11). A fault loses or delays it.
class Bank : public sim::Performer {
 public:
  Result<Performed> perform(const Duty&, TextId subject, Stage&) override {
    return fail("the bank does nothing by itself", std::to_string(subject.index));
  }

  void observe(const Event& event, Stage& stage) override {
    if (event.type != kType<"payment.made">) return;
    const Record& made = stage.facts.record(event.data);
    RecordBuilder received(stage.facts, kType<"payment.received">);
    for (std::string_view field : {"bill", "amount", "method"})
      received.set_value(*kEventTypes[kType<"payment.received">].field(field),
                         field_of(made, field));
    const bool by_card =
        choice_word(kPaymentMethods, made.fields[kField<"payment.made", "method">].number()) ==
        "card";
    const Desk desk = stage.system.profile().desk();
    Instant at = stage.now;
    if (!by_card) at = next_open(start_of(plus_business_days(date_of(at), 1, desk)), desk);
    if (const auto fault = stage.faults.strikes("bank", stage.facts.text(event.subject), stage.now,
                                                stage.streams)) {
      if (fault->kind == "loss") return;
      if (fault->kind == "delay") at = at + fault->delay.value_or(days(1));
    }
    stage.happen(at, kType<"payment.received">, event.subject, received.build());
  }
};

/// The portal's web page for one application: shows what must be on it, and the certificate once
/// the portal has put it there.
class Page : public sim::Performer {
 public:
  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record = as_demanded(duty, stage);
    const auto issued = issued_.find(subject);
    if (issued != issued_.end() && stage.now >= issued->second.shown_from)
      record.set("certificates", stage.facts.intern_list({&issued->second.certificate, 1}));
    return Performed{subject, record.build()};
  }

  void observe(const Event& event, Stage& stage) override {
    if (event.type != kType<"certificate.issued">) return;
    constexpr auto week = tables::kNumbers[kNumber<"JPR-45", "days">].number;
    const bool at_once = stage.decide("mypage") == "at-once";
    const TextId application =
        stage.facts.record(event.data).fields[kField<"certificate.issued", "application">].text();
    issued_[application] = {event.subject, at_once ? stage.now : stage.now + days(week)};
  }

 private:
  struct Issued {
    TextId certificate;
    Instant shown_from;
  };
  std::map<TextId, Issued> issued_;
};

/// The customer centre: answers what concerns the order, leaves the rest to those who know the
/// server (JPR-27, JPR-46).
class Centre : public sim::Performer {
 public:
  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record = as_demanded(duty, stage);
    const auto asked = topics_.find(subject);
    const bool ours = asked != topics_.end() && asked->second == "progress";
    record.set("answer", ours ? "answered" : "referred");
    return Performed{subject, record.build()};
  }

  void observe(const Event& event, Stage& stage) override {
    if (event.type != kType<"question.asked">) return;
    constexpr auto field = kField<"question.asked", "topic">;
    topics_.try_emplace(event.subject,
                        choice_word(kEventTypes[event.type].fields[field].choices,
                                    stage.facts.record(event.data).fields[field].number()));
  }

 private:
  std::map<TextId, std::string_view> topics_;
};

/// The CA's caller: dials what the obligation says; somebody answers, or nobody.
class Caller : public sim::Performer {
 public:
  Result<Performed> perform(const Duty& duty, TextId subject, Stage& stage) override {
    RecordBuilder record = as_demanded(duty, stage);
    const Value number = demanded<"call.made", "number">(duty, stage);
    if (!number.present())
      return fail("the CA has to telephone, but no third party's directory lists the organisation",
                  std::string(stage.facts.text(subject)), "give a fact.directory for it (ASM-02)");
    telephone::Faults faults;
    bool denies = false;
    if (const auto fault = stage.faults.strikes("telephone", stage.facts.text(subject), stage.now,
                                                stage.streams)) {
      faults.no_answer = fault->kind == "no-answer";
      faults.engaged = fault->kind == "engaged";
      denies = fault->kind == "denied";
    }
    std::vector<telephone::Persona> people;
    if (denies)
      people.push_back({std::string(stage.facts.text(number.text())), telephone::Outcome::denied});
    const telephone::Call call = telephone_of(stage, std::move(people))
                                     .dial(stage.facts.text(number.text()),
                                           organisation_of(number.text()), stage.now, faults);
    std::string transcript;
    for (const auto& spoken : call.transcript) transcript += spoken.ja + "\n" + spoken.en + "\n";
    stage.artefacts["telephone/" + artefact_name(stage.facts.text(subject)) + "-" +
                    std::to_string(++count_) + ".txt"] = transcript;
    RecordBuilder answer(stage.facts, kType<"call.answered">);
    answer.set("outcome", telephone::to_text(call.outcome));
    stage.happen(call.answered_at.value_or(stage.now + kRingsFor), kType<"call.answered">, subject,
                 answer.build());
    if (const auto entry = directory_.find(number.text());
        entry != directory_.end() && entry->second.second)
      record.set("source", entry->second.second);
    return Performed{subject, record.build()};
  }

  void observe(const Event& event, Stage& stage) override {
    if (event.type != kType<"fact.directory">) return;
    const Record& entry = stage.facts.record(event.data);
    const std::string_view subject = stage.facts.text(event.subject);
    const std::string organisation(subject.substr(subject.find('/') + 1));
    const TextId number = entry.fields[kField<"fact.directory", "number">].text();
    const TextId source = entry.fields[kField<"fact.directory", "source">].text();
    directory_[number] = {organisation, source};
  }

 private:
  std::string organisation_of(TextId number) const {
    const auto entry = directory_.find(number);
    return entry == directory_.end() ? std::string{} : entry->second.first;
  }

  telephone::Telephone telephone_of(const Stage& stage,
                                    std::vector<telephone::Persona> people) const {
    telephone::Directory listed;
    for (const auto& [number, whose] : directory_)
      listed.add({whose.first, std::string(stage.facts.text(number)),
                  std::string(stage.facts.text(whose.second))});
    return telephone::Telephone(std::move(listed), std::move(people));
  }

  std::map<TextId, std::pair<std::string, TextId>> directory_;
  std::size_t count_ = 0;
};

}  // namespace

struct Cast::Parts {
  explicit Parts(Detail detail) : post(detail), ca(post, detail) {}
  Post post;
  Ca ca;
  DeskClerk desk;
  Caller caller;
  Bookkeeper bookkeeper;
  Bank bank;
  Page page;
  Centre centre;
};

Cast::Cast(Detail detail) : parts_(std::make_unique<Parts>(detail)) {}
Cast::~Cast() = default;

void Cast::join(sim::Simulation& simulation) {
  simulation.cast(kType<"mail.sent">, parts_->post);
  simulation.cast(kType<"certificate.issued">, parts_->ca);
  simulation.cast(kType<"certificate.revoked">, parts_->ca);
  simulation.cast(kType<"application.refused">, parts_->desk);
  simulation.cast(kType<"call.made">, parts_->caller);
  simulation.cast(kType<"invoice.issued">, parts_->bookkeeper);
  simulation.cast(kType<"payment.confirmed">, parts_->bookkeeper);
  simulation.cast(kType<"mypage.shown">, parts_->page);
  simulation.cast(kType<"question.answered">, parts_->centre);
  simulation.watch(parts_->bank);
}

PreparedCsr Cast::prepare(const std::string& csr_text) {
  const ca::CsrReport report = ca::examine_csr(csr_text);
  const std::string abridged = ca::abridge(csr_text);
  parts_->ca.keep(abridged, csr_text);
  return {abridged, report.common_name, report.key_sha256, report.problem};
}

std::optional<FoundCode> Cast::code_for(std::string_view application, bool in_spam,
                                        Instant now) const {
  return parts_->post.code_for(application, in_spam, now);
}

std::vector<mail::Message> Cast::mails(std::string_view address, bool in_spam, Instant now) const {
  return parts_->post.folder(address, in_spam, now);
}

std::string Cast::root_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->root_pem() : std::string{};
}
std::string Cast::chain_pem() const {
  const auto* ca = parts_->ca.authority();
  return ca ? ca->chain_pem() : std::string{};
}

}  // namespace shinsa::fakes
