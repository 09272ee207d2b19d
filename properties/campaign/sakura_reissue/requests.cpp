#include "properties/campaign/sakura_reissue/requests.hpp"

#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

namespace {

std::string session_of(const Command& c) {
  return "session/" + std::to_string(c.application % kSessions + 1);
}
std::string setting_of(const Command& c) {
  return "setting/" + std::to_string(c.application % kOrders + 1);
}
std::string name_of(const Command& c) { return std::string(kNames[c.application % kOrders]); }

Said login_of(const Command& c) {
  Said said{"member.logged_in", session_of(c), {}};
  said.text<"customer">(c.variant == 3   ? "customer/M7"
                        : c.variant == 4 ? "customer/M2"
                                         : "customer/M1");
  if (c.variant == 2) said.text<"credentials">("wrong");
  said.text<"by">(c.variant == 1 ? "elsewhere" : "mailed-url");
  return said;
}

/// The visit that a click happens in; variants 2 and 3 name one that need not be the member's.
std::string visit_of(const Command& c, const Knowledge& knowledge) {
  const auto mine = knowledge.visit();
  if (c.variant == 2) return "session/9";
  if (c.variant == 3 || !mine) return session_of(c);
  return "session/" + std::to_string(*mine + 1);
}

Said click_of(const Command& c, const Knowledge& knowledge) {
  const bool others = c.variant == 4;
  Said said{"reissue.clicked", others ? "entry/9" : entry_of(c.application), {}};
  said.text<"session">(visit_of(c, knowledge));
  said.text<"cn">(others           ? "www.example.net"
                  : c.variant == 1 ? std::string(kNames[(c.application + 1) % kOrders])
                                   : name_of(c));
  return said;
}

Said confirm_of(const Command& c, const Knowledge& knowledge) {
  Said said{"reissue.confirmed", entry_of(c.application), {}};
  said.text<"session">(visit_of(c, knowledge));
  return said;
}

Said setting_made(const Command& c) {
  Said said{"setting.created", setting_of(c), {}};
  said.text<"customer">(c.variant == 2 ? "customer/M2" : "customer/M1");
  said.text<"cn">(c.variant == 1 ? "blog.example.jp" : name_of(c));
  return said;
}

Said configured(const Command& c, const Knowledge& knowledge) {
  Said said{"site.configured", site_of(c.application), {}};
  const std::string& issued = knowledge.row(c.application).issued;
  switch (c.variant % 7) {
    case 0:
      said.text<"certificate">("certificate/X");
      break;
    case 1:
      said.text<"certificate">("certificate/Y");
      break;
    case 2:
      said.text<"certificate">("certificate/V");
      break;
    case 3:
      said.text<"certificate">("certificate/unknown");
      break;
    case 4:
      said.text<"certificate">(issued.empty() ? certificate_of(c.application) : issued);
      break;
    default:
      said.text<"certificate">(certificate_of(c.application));
      break;
  }
  return said;
}

Said name_changed(const Command& c) {
  Said said{"dns.changed", "zone/" + name_of(c), {}};
  const std::string here(kServer), elsewhere(kElsewhere);
  said.text<"name">(name_of(c));
  said.text<"type">("A");
  switch (c.variant % 7) {
    case 1:
      said.list<"values">({elsewhere});
      break;
    case 2:
      said.list<"values">({here, elsewhere});
      break;
    case 3:
      said.list<"values">({});
      break;
    case 4:
      said.text<"status">("servfail");
      break;
    case 5:
      said.text<"status">("timeout");
      break;
    case 6:
      said.list<"values">({elsewhere, "198.51.100.8"});
      break;
    default:
      said.list<"values">({here});
      said.text<"status">("ok");
      break;
  }
  return said;
}

Said page_changed(const Command& c) {
  constexpr std::array whole{"up", "refuses", "slow", "empty"};
  Said said{"site.changed", site_of(c.application), {}};
  said.text<"server">(whole[c.variant % whole.size()]);
  return said;
}

Said asked(const Command& c) {
  constexpr std::array about{"advice", "lost-key", "lost-certificate", "compensation", "refund"};
  Said said{"support.asked", "question/" + std::to_string(c.application % kQuestions + 1), {}};
  said.text<"about">(about[c.variant % about.size()]);
  return said;
}

Said answered(const Command& c) {
  if (c.variant % 2) {
    Said said{"http.answered", entry_of(c.application), {}};
    said.text<"outcome">("answered");
    said.number<"status">(200);
    return said;
  }
  Said said{"dns.answered", entry_of(c.application), {}};
  said.text<"name">(name_of(c));
  said.text<"type">("A");
  said.text<"status">("ok");
  said.list<"values">({std::string(kServer)});
  return said;
}

Said visited(const Command& c) {
  Said said{"site.visited", site_of(c.application), {}};
  said.text<"cn">(name_of(c));
  return said;
}

}  // namespace

Said request_of(const Command& command, const Knowledge& knowledge) {
  SHINSA_ASSERT(command.verb != Verb::give, "what is given is no request");
  switch (command.verb) {
    case Verb::login:
      return login_of(command);
    case Verb::logout:
      return {"member.logged_out", session_of(command), {}};
    case Verb::open:
      return {"list.opened", session_of(command), {}};
    case Verb::click:
      return click_of(command, knowledge);
    case Verb::confirm:
      return confirm_of(command, knowledge);
    case Verb::make_setting:
      return setting_made(command);
    case Verb::remove_setting:
      return {"setting.removed", setting_of(command), {}};
    case Verb::configure:
      return configured(command, knowledge);
    case Verb::clear:
      return {"site.cleared", site_of(command.application), {}};
    case Verb::back_up:
      return {"backup.made", site_of(command.application), {}};
    case Verb::fail_service:
      return {"service.failed", site_of(command.application), {}};
    case Verb::restore_service:
      return {"service.restored", site_of(command.application), {}};
    case Verb::change_name:
      return name_changed(command);
    case Verb::change_page:
      return page_changed(command);
    case Verb::visit:
      return visited(command);
    case Verb::ask:
      return asked(command);
    default:
      return answered(command);
  }
}

}  // namespace shinsa::properties::campaign::sakura_reissue
