/// Event types of sakura-reissue alone: the list of past orders, the two-step application, the
/// control panel.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

// clang-format off
inline constexpr auto kSakuraReissue = std::to_array<EventType>({
  // ---- facts -----------------------------------------------------------------------------------------------
  {"fact.entry", Sort::fact, Actor::nobody, "entry", kSak, "A past order of a member: a row of the list, bound to one certificate.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("certificate", "the certificate ordered, as in certificate/A")),
      detail::need(detail::text("type", "サーバ証明書種別, as the notice mail writes it")),
      detail::text("notice", "subject of the mail that asked the member to have it reissued, if one did")}}},
  {"fact.site", Sort::fact, Actor::nobody, "site", kSak, "A host name on a rental server.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "the host, A-label")),
      detail::need(detail::text("address", "IPv4 address of the rental server")),
      detail::list("a_records", "A records of the host in the DNS; the server's address unless said"),
      detail::text("certificate", "the certificate that lies on the server, as in certificate/A")}}},
  // ---- requests --------------------------------------------------------------------------------------------
  {"member.logged_in", Sort::request, Actor::customer, "session", kSak, "Somebody logs in to the reissue screen with a member ID.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::choice("credentials", "right|wrong", "whether the password is that of the member; right unless said"),
      detail::choice("by", "mailed-url|elsewhere", "how the screen was reached")}}},
  {"member.logged_out", Sort::request, Actor::customer, "session", kSak, "The member logs out.", {}, {}},
  {"list.opened", Sort::request, Actor::customer, "session", kSak, "Somebody opens the list of past orders.", {}, {}},
  {"reissue.clicked", Sort::request, Actor::customer, "entry", kSak, "Somebody clicks 『再発行』 beside an entry.", {}, {{
      detail::need(detail::text("session", "the visit in which it is clicked, as in session/1")),
      detail::need(detail::text("cn", "common name that the button stands beside, A-label"))}}},
  {"reissue.confirmed", Sort::request, Actor::customer, "entry", kSak, "Somebody clicks 『再発行する』 on the confirmation screen: the application.", {}, {{
      detail::need(detail::text("session", "the visit in which it is clicked, as in session/1"))}}},
  {"setting.created", Sort::request, Actor::customer, "setting", kSak, "The member makes a 「新しい設定」 in the control panel.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "common name of the setting, A-label"))}}},
  {"setting.removed", Sort::request, Actor::customer, "setting", kSak, "The member takes the 「新しい設定」 away.", {}, {}},
  {"site.configured", Sort::request, Actor::customer, "site", kSak, "The member puts a certificate and its key onto the server.", {}, {{
      detail::need(detail::text("certificate", "which one, as in certificate/A"))}}},
  {"site.cleared", Sort::request, Actor::customer, "site", kSak, "The member takes the certificate off the server.", {}, {}},
  {"backup.made", Sort::request, Actor::customer, "site", kSak, "The member copies the certificate and the key that lie on the server.", {}, {}},
  {"service.failed", Sort::request, Actor::web, "site", kSak, "The server service of the host is in trouble from now on.", {}, {{
      detail::text("what", "what is wrong with it")}}},
  {"service.restored", Sort::request, Actor::web, "site", kSak, "The server service of the host is in order again.", {}, {}},
  {"support.asked", Sort::request, Actor::customer, "question", kSak, "The member asks the provider for something.", "support.declined", {{
      detail::need(detail::choice("about", "lost-key|lost-certificate|compensation|refund|advice", "what is asked for: what was lost, or to be paid for it, or mere advice"))}}},
  // ---- actions ---------------------------------------------------------------------------------------------
  {"list.shown", Sort::action, Actor::portal, "session", kSak, "The list of the member's past orders is shown.", {}, {{
      detail::need(detail::list("entries", "its rows, as in entry/1"))}}},
  {"entry.shown", Sort::action, Actor::portal, "entry", kSak, "A row of the list as the member sees it.", {}, {{
      detail::need(detail::text("status", "label of its status")),
      detail::text("cn", "common name beside it, A-label"),
      detail::text("button", "label of the button beside it, if there is one"),
      detail::list("details", "what stands under 「詳細」"),
      detail::list("advice", "what the member is told to look at")}}},
  {"confirmation.shown", Sort::action, Actor::portal, "entry", kSak, "The screen on which the member confirms the certificate's particulars.", {}, {{
      detail::text("cn", "common name, A-label"),
      detail::text("certificate", "the certificate to be reissued, as in certificate/01"),
      detail::instant("not_after", "its last valid second"),
      detail::text("warning", "that the validity will be shortened, if it will"),
      detail::text("button", "label of the button that applies")}}},
  {"completion.shown", Sort::action, Actor::portal, "entry", kSak, "The screen that says that the application is complete.", {}, {}},
  {"support.declined", Sort::action, Actor::portal, "question", kSak, "The provider declines what was asked for.", {}, {{
      detail::list("clauses", "ids of the clauses that refuse it; optional in foreign logs")}}},
});
// clang-format on

}  // namespace shinsa::events
