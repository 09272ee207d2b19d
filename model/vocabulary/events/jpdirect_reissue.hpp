/// Event types of jpdirect-reissue alone: inquiry, form, order of a new certificate, MyPage.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

// clang-format off
inline constexpr auto kJpdirectReissue = std::to_array<EventType>({
  // ---- requests --------------------------------------------------------------------------------------------
  {"inquiry.received", Sort::request, Actor::customer, "application", kJpr, "STEP1: the customer asks for a reissue.", "application.refused", {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::choice("channel", "reply|form", "a reply to the completion mail, or the inquiry form")),
      detail::need(detail::text("from", "mail address of the inquirer")),
      detail::text("cn", "common name used at the previous issuance, A-label"),
      detail::text("in_reply_to", "for a reply: the certificate of the mail replied to, as in certificate/01"),
      detail::text("bill", "invoice number that starts with BILL")}}},
  {"application.returned", Sort::request, Actor::customer, "application", kJpr, "STEP2: the customer returns the application form.", "application.refused", {{
      detail::need(detail::text("source", "the certificate to be reissued, as in certificate/01")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail"),
      detail::truth("consent", "whether the customer consents to revocation of the issued certificate"),
      detail::text("reason", "why a reissue is wanted; recorded, never a gate"),
      detail::text("revoke_first", "the certificate to be revoked first, as in certificate/01")}}},
  {"order.received", Sort::request, Actor::customer, "application", kJpr, "The customer orders a new certificate.", "application.refused", {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail"),
      detail::choice("payment", kPaymentMethods, "how the customer means to pay")}}},
  {"application.resubmitted", Sort::request, Actor::customer, "application", kJpr, "再申請: the customer changes a pending application.", "application.refused", {{
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex"),
      detail::list("sans", "names the certificate should carry, A-labels"),
      detail::truth("double_address", "whether the double-address option is set"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("telephone", "telephone number written in the form"),
      detail::text("authentication_mail", "address chosen for the domain-control mail")}}},
  {"mypage.opened", Sort::request, Actor::customer, "application", kJpr, "The customer looks the application up on MyPage.", {}, {}},
  // ---- actions ---------------------------------------------------------------------------------------------
  {"mypage.shown", Sort::action, Actor::portal, "application", kJpr, "MyPage as the customer sees it.", {}, {{
      detail::list("buttons", "labels of the buttons offered"),
      detail::list("certificates", "certificates offered for download, as in certificate/01")}}},
});
// clang-format on

}  // namespace shinsa::events
