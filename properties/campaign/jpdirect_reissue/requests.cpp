#include "properties/campaign/jpdirect_reissue/requests.hpp"

#include <algorithm>
#include <array>

#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

namespace {

const Order& order_of(const Command& c, const Knowledge& knowledge) {
  return knowledge.orders()[c.application % kApplications];
}
std::string number_of(const Command& c) {
  return std::to_string(c.application % kApplications + 1);
}
std::string subject_of(const Command& c) { return "application/" + number_of(c); }

std::string another(const std::string& name) {
  return std::string(name == kNames[0] ? kNames[1] : kNames[0]);
}

Said inquiry(const Command& c, const Knowledge& knowledge) {
  Said said{"inquiry.received", subject_of(c), {}};
  const Known* source = knowledge.known(c.certificate);
  said.text<"customer">("customer/C1");
  said.text<"channel">(c.variant == 1 ? "reply" : "form");
  said.text<"from">("taro@example.jp");
  if (c.variant == 1 && source)
    said.text<"in_reply_to">(source->subject);
  else if (c.variant != 2)
    said.text<"cn">(knowledge.name_of(c.certificate));
  if (c.variant == 3) said.text<"bill">("BILL00000001");
  return said;
}

/// A form in order, for the certificate that the command names.
Said sound_form(const Command& c, const Knowledge& knowledge) {
  Said said{"application.returned", subject_of(c), {}};
  const Known* source = knowledge.known(c.certificate);
  const std::string name = knowledge.name_of(c.certificate);
  said.text<"source">(knowledge.reference(c.certificate));
  said.text<"cn">(name);
  said.text<"kind">(source ? source->kind : "DV");
  if (source && !source->organisation.empty()) said.text<"organisation">(source->organisation);
  said.list<"sans">(source && !source->names.empty() ? source->names : std::vector{name});
  said.text<"authentication_mail">("admin@example.jp");
  said.csr(kSound, name);
  said.truth<"consent">(c.variant != 1);
  return said;
}

Said filled_form(const Command& c, const Knowledge& knowledge) {
  Said said = sound_form(c, knowledge);
  const Known* source = knowledge.known(c.certificate);
  const std::string name = knowledge.name_of(c.certificate);
  switch (c.variant) {
    case 2:
      said.drop<"csr">();
      break;
    case 3:
      said.replace<"csr">("no marks at all");
      break;
    case 4:
      said.drop<"csr">();
      said.csr(kWeak, name);
      break;
    case 5:
      said.drop<"csr">();
      said.csr(kUnsigned, name);
      break;
    case 6:
      said.drop<"authentication_mail">();
      break;
    case 7:
      said.replace<"cn">(another(name));
      break;
    case 8:
      said.replace<"kind">(source && source->kind == "OV" ? "DV" : "OV");
      break;
    case 9:
      said.replace<"source">("certificate/none");
      break;
    case 10:
      said.drop<"sans">();
      said.list<"sans">({name, "example.jp"});
      said.truth<"double_address">(true);
      break;
    case 11:
      said.text<"revoke_first">(knowledge.reference(static_cast<std::uint8_t>(c.certificate + 1)));
      break;
    case 12:
      said.text<"reason">("社名変更");
      said.replace<"organisation">(std::string(kOrganisation));
      break;
    case 13:
      said.drop<"csr">();
      said.csr(kEllipticKey, name);
      break;
    default:
      break;
  }
  return said;
}

Said new_order(const Command& c) {
  Said said{"order.received", subject_of(c), {}};
  const std::string name(kNames[c.certificate % kNames.size()]);
  const bool ov = c.variant == 1 || c.variant == 7;
  said.text<"customer">("customer/C1");
  said.text<"cn">(name);
  said.text<"kind">(ov ? "OV" : "DV");
  if (ov) said.text<"organisation">(std::string(kOrganisation));
  said.list<"sans">({name});
  said.text<"authentication_mail">("admin@example.jp");
  said.csr(kSound, name);
  said.text<"payment">(c.variant >= 6 ? "bank-transfer" : "card");
  if (c.variant == 2) said.drop<"csr">();
  if (c.variant == 3) said.replace<"csr">("no marks at all");
  if (c.variant == 4) said.drop<"authentication_mail">();
  if (c.variant == 5 || c.variant == 8) {
    said.drop<"csr">();
    said.csr(c.variant == 5 ? kWeak : kUnsigned, name);
  }
  return said;
}

Said payment(const Command& c, const Order& order) {
  Said said{
      c.variant == 4 ? TypeName("payment.received") : TypeName("payment.made"), subject_of(c), {}};
  said.text<"bill">(c.variant == 1 || order.bill.empty() ? "BILL99999999" : order.bill);
  said.number<"amount">(c.variant == 2 ? std::max<std::int64_t>(order.fee - 1, 1)
                                       : std::max<std::int64_t>(order.fee, 1));
  said.text<"method">(c.variant == 3 ? "bank-transfer" : "card");
  return said;
}

Said approval(const Command& c, const Order& order) {
  Said said{"domain.approved", subject_of(c), {}};
  const bool right = c.variant == 0 && !order.code.empty();
  said.code(right ? order.code : "0000", right);
  return said;
}

Said resubmission(const Command& c, const Order& order) {
  Said said{"application.resubmitted", subject_of(c), {}};
  if (c.variant % 6 == 0) said.text<"authentication_mail">("webmaster@example.jp");
  if (c.variant % 6 == 1) said.csr(kAnotherKey, order.name);
  if (c.variant % 6 == 2) said.csr(kWeak, order.name);
  if (c.variant % 6 == 3) said.text<"csr">("no marks at all");
  if (c.variant % 6 == 4) said.csr(kUnsigned, order.name);
  if (c.variant % 6 == 5) said.csr(kAnotherKey, another(order.name));
  return said;
}

Said revocation(const Command& c, const Knowledge& knowledge) {
  Said said{"revocation.requested", knowledge.reference(c.certificate), {}};
  said.text<"reason">(c.variant % 2 ? "key-compromise" : "superseded");
  return said;
}

Said question(const Command& c) {
  constexpr std::array topics{"progress", "technical", "csr"};
  Said said{"question.asked", "question/" + number_of(c), {}};
  said.text<"topic">(topics[c.variant % 3]);
  if (c.variant < 3) said.text<"cn">(std::string(kNames[0]));
  return said;
}

}  // namespace

Said request_of(const Command& command, const Knowledge& knowledge) {
  SHINSA_ASSERT(command.verb != Verb::give, "what is given is no request");
  switch (command.verb) {
    case Verb::give:
      break;
    case Verb::inquire:
      return inquiry(command, knowledge);
    case Verb::form:
      return filled_form(command, knowledge);
    case Verb::order:
      return new_order(command);
    case Verb::pay:
      return payment(command, order_of(command, knowledge));
    case Verb::approve:
      return approval(command, order_of(command, knowledge));
    case Verb::resubmit:
      return resubmission(command, order_of(command, knowledge));
    case Verb::revoke:
      return revocation(command, knowledge);
    case Verb::page:
      return {"mypage.opened", subject_of(command), {}};
    case Verb::ask:
      return question(command);
    case Verb::configure:
      return {"server.configured", knowledge.reference(command.certificate), {}};
  }
  SHINSA_ASSERT(false, "no such verb");
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
