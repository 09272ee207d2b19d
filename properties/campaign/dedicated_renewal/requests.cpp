#include "properties/campaign/dedicated_renewal/requests.hpp"

#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

namespace {

const Renewal& renewal_of(const Command& c, const Knowledge& knowledge) {
  return knowledge.renewals()[c.application % kRenewals];
}
std::string subject_of(const Command& c) {
  return "renewal/" + std::to_string(c.application % kRenewals + 1);
}

Said intent(const Command& c, const Knowledge& knowledge) {
  const Known* certificate = knowledge.known(c.certificate);
  Said said{"intent.reported", certificate ? certificate->subject : "certificate/none", {}};
  said.text<"intent">(c.variant % 2 ? "do-not-renew" : "renew");
  return said;
}

/// The button that leads on from the screen that was shown last.
std::string_view next_button(const Renewal& renewal) {
  if (renewal.screen == "home") return kLabel<"REN-27", "button">;
  if (renewal.screen == "billing-history") return kLabel<"REN-28", "button">;
  if (renewal.screen == "document") return kLabel<"REN-29", "button">;
  if (renewal.screen == "card-choice") return kLabel<"REN-30", "button">;
  return kLabel<"REN-27", "login">;
}

bool has_card(const Renewal& renewal) {
  return std::ranges::any_of(kWho,
                             [&](const Who& who) { return who.host == renewal.host && who.card; });
}

Said pressing(const Command& c, const Renewal& renewal) {
  static constexpr std::string_view kButtons[kPresses] = {{},
                                                          kLabel<"REN-27", "login">,
                                                          kLabel<"REN-27", "button">,
                                                          kLabel<"REN-28", "button">,
                                                          kLabel<"REN-29", "button">,
                                                          kLabel<"REN-30", "button">,
                                                          kLabel<"REN-30", "button">,
                                                          kLabel<"REN-30", "button">};
  const std::size_t v = c.variant % kPresses;
  const std::string_view button = v == 0 ? next_button(renewal) : kButtons[v];
  Said said{"billing.pressed", subject_of(c), {}};
  said.text<"button">(std::string(button));
  if (button == kLabel<"REN-30", "button"> && v != 7)
    said.text<"card">(v == 6 || (v == 0 && !has_card(renewal)) ? "new" : "registered");
  return said;
}

Said payment(const Command& c, const Renewal& renewal) {
  Said said{
      c.variant == 4 ? TypeName("payment.received") : TypeName("payment.made"), subject_of(c), {}};
  said.text<"bill">(c.variant == 1 || renewal.bill.empty() ? "99999999" : renewal.bill);
  said.number<"amount">(std::max<std::int64_t>(renewal.amount - (c.variant == 2 ? 1 : 0), 1));
  said.text<"method">(c.variant == 3 ? "card" : "bank-transfer");
  return said;
}

void spoil(Said& said, std::size_t variant, const std::string& host) {
  const auto other_csr = [&](CsrSpec spec, const std::string& name) {
    said.drop<"csr">();
    said.csr(spec, name);
  };
  switch (variant % kDocuments) {
    case 1:
      said.replace<"cn">("new." + host);
      return other_csr(kSound, "new." + host);
    case 2:
      return said.replace<"organisation">("Example Co. Ltd.");
    case 3:
      return said.replace<"unit">("Marketing");
    case 4:
      return said.replace<"locality">("Minato-ku");
    case 5:
      return said.replace<"prefecture">("Osaka");
    case 6:
      return said.replace<"country">("US");
    case 7:
      return said.drop<"csr">();
    case 8:
      return said.drop<"organisation">();
    case 9:
      return other_csr(kWeak, host);
    case 10:
      return other_csr(kUnsigned, host);
    case 11:
      return other_csr(kSound, "new." + host);
    case 12:
      return said.replace<"organisation">("EXAMPLE K.K.");
    case 13:
      return said.drop<"unit">();
    default:
      return;
  }
}

Said documents(const Command& c, const Renewal& renewal) {
  Said said{"documents.prepared", subject_of(c), {}};
  said.text<"cn">(renewal.host);
  said.csr(kSound, renewal.host);
  said.text<"organisation">("Example K.K.");
  said.text<"unit">("Sales");
  said.text<"locality">("Chiyoda-ku");
  said.text<"prefecture">("Tokyo");
  said.text<"country">("JP");
  spoil(said, c.variant, renewal.host);
  return said;
}

Said answer_review(const Command& c) {
  Said said{"review.answered", subject_of(c), {}};
  said.text<"outcome">(c.variant % 2 ? "denied" : "confirmed");
  return said;
}

Said visiting(const Command& c, const Knowledge& knowledge) {
  const Known* certificate = knowledge.known(c.certificate);
  const std::string host =
      certificate && c.variant % 4 != 3 ? certificate->host : "unknown.example.jp";
  Said said{"site.visited", "site/" + host, {}};
  said.text<"cn">(host);
  return said;
}

}  // namespace

Said request_of(const Command& command, const Knowledge& knowledge) {
  SHINSA_ASSERT(command.verb != Verb::give, "what is given is no request");
  const Renewal& renewal = renewal_of(command, knowledge);
  switch (command.verb) {
    case Verb::answer:
      return intent(command, knowledge);
    case Verb::press:
      return pressing(command, renewal);
    case Verb::transfer:
      return payment(command, renewal);
    case Verb::prepare:
      return documents(command, renewal);
    case Verb::review:
      return answer_review(command);
    default:
      return visiting(command, knowledge);
  }
}

}  // namespace shinsa::properties::campaign::dedicated_renewal
