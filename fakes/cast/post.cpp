#include "fakes/cast/post.hpp"

#include "fakes/cast/certificate_file.hpp"
#include "fakes/cast/demanded.hpp"
#include "fakes/mail/message.hpp"
#include "model/catalogue/ids.hpp"

namespace shinsa::fakes::cast {

using model::Duty;
using sim::Performed;
using sim::Stage;

namespace {

/// What the event of a mail says whatever the detail.
RecordBuilder& said(RecordBuilder& record, const Letter& letter, Stage& stage) {
  record.set("from", std::string_view(letter.from))
      .set("subject", std::string_view(letter.subject));
  if (!letter.code.empty()) record.set("code", std::string_view(letter.code));
  std::vector<TextId> enclosed;
  for (const Enclosure& one : letter.enclosures) enclosed.push_back(stage.facts.intern(one.kind));
  if (!enclosed.empty()) record.set("attachments", stage.facts.intern_list(enclosed));
  return record;
}

/// The purposes that the duty demands; where one mail may serve notice and inquiry alike, conduct
/// says whether it does (REN-Q12).
ListId purposes_of(const Duty& duty, Stage& stage) {
  using Either = ReadingChoice<"REN-Q12", "either">;
  const ListId demanded_ones = demanded<"mail.sent", "purposes">(duty, stage).list();
  const bool may_be_one = duty.clause == kClause<"REN-05"> &&
                          stage.system.profile().readings[Either::reading] == Either::alternative;
  if (!may_be_one || stage.decide("notice-mails") != "one-mail") return demanded_ones;
  const TextId both[] = {stage.facts.intern(kLabel<"REN-05", "purpose">),
                         stage.facts.intern(kLabel<"REN-06", "purpose">)};
  return stage.facts.intern_list(both);
}

std::string letter_file(std::size_t number) { return "mail/" + std::to_string(number) + ".eml"; }

}  // namespace

Result<Performed> Post::perform(const Duty& duty, TextId subject, Stage& stage) {
  RecordBuilder record = as_demanded(duty, stage);
  if (demanded<"mail.sent", "purposes">(duty, stage).present())
    record.set("purposes", purposes_of(duty, stage));
  const Letter letter = compose(duty, subject, stage);
  if (detail_ == Detail::events) return Performed{subject, said(record, letter, stage).build()};
  mail::Message message;
  message.to = stage.facts.text(demanded<"mail.sent", "to">(duty, stage).text());
  message.from = letter.from;
  message.from_name = letter.from_name;
  message.subject = letter.subject;
  message.text = letter.text;
  message.date = stage.now;
  message.message_id =
      stage.streams["mail/message-id"].hex(8) + "@" + letter.from.substr(letter.from.find('@') + 1);
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
  stage.artefacts[letter_file(++count_)] = *bytes;
  if (letters_kept_ && count_ > *letters_kept_)
    stage.artefacts.erase(letter_file(count_ - *letters_kept_));
  said(record, letter, stage)
      .set("from_name", std::string_view(letter.from_name))
      .set("to", std::string_view(message.to))
      .set("text", std::string_view(letter.text));
  return Performed{subject, record.build()};
}

const sim::TypeSet& Post::watches() const {
  static constexpr sim::TypeSet watched = [] {
    sim::TypeSet types = sim::kTypesWith<"cn">;
    for (TypeIndex type : {kType<"renewal.ordered">, kType<"fqdn.drafted">, kType<"fact.entry">})
      types.add(type);
    return types;
  }();
  return watched;
}

void Post::observe(const Event& event, Stage& stage) {
  const Record& said = stage.facts.record(event.data);
  if (const Value name = field_of<"cn">(said); name.present()) names_[event.subject] = name.text();
  if (event.type == kType<"renewal.ordered">)
    names_[event.subject] = names_[said.fields[kField<"renewal.ordered", "certificate">].text()];
  if (event.type == kType<"fqdn.drafted">)
    names_[event.subject] = said.fields[kField<"fqdn.drafted", "fqdn">].text();
  if (event.type == kType<"fact.entry">) {
    names_[event.subject] = names_[said.fields[kField<"fact.entry", "certificate">].text()];
    products_[event.subject] = said.fields[kField<"fact.entry", "type">].text();
  }
}

void Post::forget(std::span<const TextId> things, Stage&) {
  for (const TextId thing : things) {
    names_.erase(thing);
    products_.erase(thing);
  }
}

std::optional<FoundCode> Post::code_for(std::string_view application, bool in_spam, Instant now,
                                        std::string_view to) const {
  for (auto code = codes_.rbegin(); code != codes_.rend(); ++code) {
    if (code->application != application || (!to.empty() && code->to != to)) continue;
    for (const auto& found : folder(code->to, in_spam, now))
      if (found.message_id == code->message_id) return FoundCode{code->code, code->to};
  }
  return std::nullopt;
}

std::vector<mail::Message> Post::folder(std::string_view address, bool in_spam, Instant now) const {
  std::vector<mail::Message> messages;
  for (const mail::Letter* letter :
       in_spam ? office_.spam(address, now) : office_.inbox(address, now))
    messages.push_back(letter->message);
  return messages;
}

Letter Post::compose(const Duty& duty, TextId subject, Stage& stage) {
  const auto known = names_.find(subject);
  LetterFacts facts;
  facts.with_text = detail_ != Detail::events;
  facts.application = stage.facts.text(subject);
  facts.common_name = known == names_.end() ? std::string_view{} : stage.facts.text(known->second);
  if (const auto type = products_.find(subject); type != products_.end())
    facts.product = stage.facts.text(type->second);
  facts.subject = stage.facts.text(demanded<"mail.sent", "subject">(duty, stage).text());
  facts.sender = stage.facts.text(demanded<"mail.sent", "from">(duty, stage).text());
  facts.certificate = stage.facts.text(demanded<"mail.sent", "certificate">(duty, stage).text());
  for (TextId purpose : stage.facts.list(purposes_of(duty, stage)))
    facts.purposes.push_back(stage.facts.text(purpose));
  const std::string pem = pem_of(facts.certificate, stage.artefacts);
  facts.pem = pem;
  return write_letter(duty.clause, facts, stage.streams["mail/approval-code"]);
}

Result<void> Post::deliver(const std::string& bytes, TextId subject, Stage& stage) {
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

}  // namespace shinsa::fakes::cast
