#include "properties/campaign/nttcom_biz/requests.hpp"

#include <array>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

namespace {

const Order& order_of(const Command& c, const Knowledge& knowledge) {
  return knowledge.orders()[c.application % kApplications];
}
std::string subject(const Command& c) { return subject_of(c.application % kApplications); }

/// The certificate of the command's application; one that is not there before it is issued.
std::string certificate_of(const Order& order) {
  return order.certificate.empty() ? "certificate/none" : order.certificate;
}

Said login(const Command& c) {
  Said said{"login.made", c.variant == 3 ? "contract/K2" : "contract/K1", {}};
  said.text<"auth_id">(c.variant == 1 || c.variant == 3 ? "biz0002" : "biz0001");
  said.text<"password">(c.variant == 2 ? "wrong" : "right");
  return said;
}

/// A form in order.
Said sound_form(const Command& c) {
  Said said{"application.registered",
            "application/" + std::to_string(c.application % kRegistered + 1),
            {}};
  const bool ov = c.variant == 1 || c.variant == 3;
  said.text<"contract">("contract/K1");
  said.text<"cn">(std::string(kNames[c.certificate % kNames.size()].host));
  said.text<"kind">(ov ? "OV" : "DV");
  said.text<"item">(std::string(kLabel<"NTT-04", "item">));
  said.text<"button">(std::string(kLabel<"NTT-04", "button">));
  said.text<"organisation">(std::string(kOrganisation));
  said.text<"country">(std::string(kLabel<"NTT-37", "country">));
  said.text<"applicant">("例 太郎");
  said.text<"telephone">("076-000-0001");
  said.truth<"consent">(c.variant != 4);
  return said;
}

/// A unit that makes the subject so many characters longer than it may be, with those of the
/// organisation and of the country.
std::string unit_for(int more) {
  constexpr auto limit = static_cast<int>(tables::kNumbers[kNumber<"NTT-36", "characters">].number);
  constexpr int others = 5 + static_cast<int>(kLabel<"NTT-37", "country">.size());
  return std::string(static_cast<std::size_t>(limit - others + more), 'u');
}

Said form(const Command& c) {
  Said said = sound_form(c);
  switch (c.variant) {
    case 2:
    case 3:
      said.truth<"documents_needed">(true);
      break;
    case 5:
      said.replace<"country">("US");
      break;
    case 6:
    case 7:
    case 8:
      said.text<"unit">(unit_for(c.variant == 6 ? 1 : c.variant == 7 ? 0 : 3));
      break;
    case 9:
    case 10:
      said.text<"authentication_mail">(c.variant == 9 ? "tech@example.co.jp" : "me@elsewhere.jp");
      break;
    case 11:
      said.truth<"notes_confirmed">(false);
      break;
    case 12:
      said.instant<"restart_at">(*parse_instant("2030-01-01T03:00:00+09:00"));
      break;
    case 13:
      said.truth<"carry_over">(true);
      break;
    case 14:
      said.replace<"item">(std::string(kLabel<"NTT-04", "menu">));
      break;
    case 15:
      said.replace<"item">(std::string(kLabel<"NTT-04", "item_pictured">));
      break;
    case 16:
      said.replace<"button">("戻る");
      break;
    case 17:
    case 18:
      said.replace<"contract">(c.variant == 17 ? "contract/K2" : "contract/K9");
      break;
    case 19:
      said.replace<"kind">("OV");
      said.drop<"organisation">();
      break;
    case 20:
    case 21:
      said.text<"server">(c.variant == 20 ? "web1" : "web2");
      break;
    case 22:
    case 23:
      said.instant<"desired">(*parse_instant("2022-07-02T00:00:00+09:00"));
      break;
    default:
      break;
  }
  return said;
}

Said other_change(const Command& c) {
  Said said{"change.registered", "change/" + std::to_string(c.application % 3 + 1), {}};
  said.text<"contract">(c.variant == 1 ? "contract/K9" : "contract/K1");
  said.text<"what">("ディスク容量の追加");
  if (c.variant == 2) said.text<"server">("web2");
  return said;
}

Said documents(const Command& c) {
  Said said{"documents.posted", subject(c), {}};
  said.text<"address">(c.variant == 0 ? std::string(kLabel<"NTT-09", "address">)
                                      : "東京都千代田区大手町2-3-1");
  said.list<"contents">({"登記事項証明書"});
  return said;
}

Said whois(const Command& c, const Order& order) {
  Said said{"whois.changed", "domain/" + std::string(kNames[order.name].domain), {}};
  const std::string mail = "new@" + std::string(kNames[order.name].domain);
  if (c.variant != 1)
    for (std::string_view role : {"registrant", "technical", "public_contact", "administrative"})
      if (!order.hidden) said.text(role, mail);
  said.truth<"protected">(c.variant == 1);
  if (c.variant == 2) said.text<"kind">("martian");
  return said;
}

Said forged(const Command& c, const Order& order) {
  Said said{"whois.answered", subject(c), {}};
  said.text<"name">(std::string(kNames[order.name].host));
  said.text<"kind">(c.variant % 2 ? "gtld" : "general-jp");
  said.text<"public_contact">("me@elsewhere.jp");
  return said;
}

Said approval(const Command& c, const Order& order) {
  Said said{"domain.approved", subject(c), {}};
  if (c.variant == 1 || order.links.empty()) {
    said.code("0000", false);
  } else {
    const Link& link = order.links[c.variant == 2 ? 0 : order.links.size() - 1];
    said.code(link.code, true, link.to);
  }
  return said;
}

Said cancellation(const Command& c, const Order& order) {
  Said said{"cancellation.requested", subject(c), {}};
  const bool is_reply = c.variant == 0 || c.variant > 2;
  said.text<"channel">(is_reply ? "reply" : c.variant == 1 ? "ntt" : "jprs");
  if (is_reply)
    said.text<"in_reply_to">(c.variant == 5 ? "certificate/none" : certificate_of(order));
  if (c.variant != 3) said.text<"cn">(std::string(kNames[order.name].host));
  if (c.variant != 4) said.text<"reason">("不要になったため");
  return said;
}

Said server(const Order& order, std::string what) {
  Said said{"site.changed", "site/" + std::string(kNames[order.name].host), {}};
  said.text<"server">(std::move(what));
  return said;
}

Said contact(const Command& c) {
  Said said{"contact.change-requested", "contract/K1", {}};
  said.text<"form">(c.variant == 0 ? std::string(kLabel<"NTT-48", "form">) : "電子メール");
  said.text<"contact">("hanako@example.co.jp");
  return said;
}

Said demanded(const Command& c) {
  constexpr std::array<std::string_view, 8> what{"damages", "site-seal",    "key-files",
                                                 "damages", "restart-time", "repair",
                                                 "damages", "damages"};
  constexpr std::array<std::string_view, 8> fault{"intent", "none", "none", "negligence",
                                                  "none",   "none", "none", "gross-negligence"};
  Said said{"demand.made", "question/" + std::to_string(c.application % 3 + 1), {}};
  said.text<"contract">("contract/K1");
  said.text<"what">(std::string(what[c.variant % what.size()]));
  said.text<"fault">(std::string(fault[c.variant % fault.size()]));
  if (c.variant > 5) said.truth<"defect">(true);
  return said;
}

Said question(const Command& c) {
  Said said{"question.asked", "question/" + std::to_string(c.application % 3 + 4), {}};
  said.text<"topic">(c.variant ? "progress" : "technical");
  return said;
}

}  // namespace

Said request_of(const Command& command, const Knowledge& knowledge) {
  SHINSA_ASSERT(command.verb != Verb::give, "what is given is no request");
  const Order& order = order_of(command, knowledge);
  switch (command.verb) {
    case Verb::log_in:
      return login(command);
    case Verb::enter:
      return form(command);
    case Verb::change:
      return other_change(command);
    case Verb::post:
      return documents(command);
    case Verb::lift:
      return whois(command, order);
    case Verb::report:
      return {"whois.update-reported", subject(command), {}};
    case Verb::forge:
      return forged(command, order);
    case Verb::approve:
      return approval(command, order);
    case Verb::answer: {
      Said said{"call.answered", subject(command), {}};
      said.text<"outcome">("confirmed");
      return said;
    }
    case Verb::cancel:
      return cancellation(command, order);
    case Verb::break_server:
      return server(order, "restart-fails");
    case Verb::repair:
      return server(order, "repaired");
    case Verb::mend:
      return {"repair.reported", certificate_of(order), {}};
    case Verb::name_contact:
      return contact(command);
    case Verb::terminate:
      return {"contract.terminated", command.variant == 0 ? "contract/K1" : "contract/K9", {}};
    case Verb::demand:
      return demanded(command);
    default:
      return question(command);
  }
}

}  // namespace shinsa::properties::campaign::nttcom_biz
