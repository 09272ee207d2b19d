/// Event types of dedicated-renewal alone: intent, order, billing-history screens, documents,
/// review.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

/// Which card pays: the one on record, or one that is registered or chosen on the spot (REN-30).
inline constexpr std::string_view kCards = "registered|new";

// clang-format off
inline constexpr auto kDedicatedRenewal = std::to_array<EventType>({
  // ---- requests --------------------------------------------------------------------------------------------
  {"intent.reported", Sort::request, Actor::customer, "certificate", kRen, "The customer reports whether to renew.", {}, {{
      detail::need(detail::choice("intent", "renew|do-not-renew", "what the customer wants"))}}},
  {"billing.pressed", Sort::request, Actor::customer, "renewal", kRen, "The customer presses something on the way to the billing screens of the control panel.", {}, {{
      detail::need(detail::text("button", "its label, such as 課金履歴")),
      detail::choice("card", kCards, "which card was chosen there")}}},
  {"card.answered", Sort::request, Actor::payer, "renewal", kRen, "The card company answers a charge.", {}, {{
      detail::need(detail::choice("outcome", "approved|declined", "whether the card pays"))}}},
  {"documents.prepared", Sort::request, Actor::customer, "renewal", kRen, "The application documents are ready, with the CSR.", {}, {{
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::text("organisation", "O of the subject, in English"),
      detail::text("unit", "OU of the subject; left out: it has none"),
      detail::text("locality", "L of the subject; left out: it has none"),
      detail::text("prefecture", "ST of the subject; left out: it has none"),
      detail::text("country", "C of the subject; left out: it has none")}}},
  {"review.answered", Sort::request, Actor::customer, "renewal", kRen, "The applicant answers the CA's review.", {}, {{
      detail::need(detail::choice("outcome", "confirmed|denied", "whether the application is confirmed"))}}},
  // ---- actions ---------------------------------------------------------------------------------------------
  {"renewal.ordered", Sort::action, Actor::portal, "renewal", kRen, "The host makes the order and billing data of a renewal.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("certificate", "the certificate that expires, as in certificate/01")),
      detail::text("bill", "invoice number"),
      detail::number("amount", "yen"),
      detail::choice("method", kPaymentMethods, "how the customer pays")}}},
  {"billing.shown", Sort::action, Actor::portal, "renewal", kRen, "A screen of the control panel as the customer sees it.", {}, {{
      detail::need(detail::choice("screen", "home|billing-history|document|card-choice", "which screen it is")),
      detail::text("status", "status of the order, such as オープン"),
      detail::list("buttons", "labels of tabs and buttons offered"),
      detail::list("cards", "cards offered: registered, new")}}},
  {"card.charged", Sort::action, Actor::portal, "renewal", kRen, "The host asks the card company for the money.", {}, {{
      detail::need(detail::number("amount", "yen")),
      detail::choice("card", kCards, "which card is charged")}}},
  {"ca.applied", Sort::action, Actor::portal, "renewal", kRen, "The host applies to the CA.", {}, {{
      detail::text("cn", "common name applied for, A-label"),
      detail::choice("brand", kBrands, "whose certificate it is")}}},
  {"review.asked", Sort::action, Actor::ca, "renewal", kRen, "The CA's review turns to the applicant.", {}, {}},
  {"plan-change.required", Sort::action, Actor::portal, "certificate", kRen, "The host requires a change of the hosting plan.", {}, {{
      detail::text("to", "what the plan has to be, such as IPアドレス共用")}}},
});
// clang-format on

}  // namespace shinsa::events
