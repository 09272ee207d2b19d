/// Event types of jpdirect-acme alone: member, EAB, account, registration of a use-FQDN screen by
/// screen, and the wire of RFC 8555 in process: order, authorization, challenge.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

/// Ways to prove control of a name; the third one is there so that a CA can be seen to offer it.
inline constexpr std::string_view kChallengeTypes = "http-01|dns-01|tls-alpn-01";

/// What a CA answers with: the last part of `urn:ietf:params:acme:error:...` (RFC 8555
/// section 6.7; alreadyReplaced is of RFC 9773 section 7, invalidProfile of the profiles
/// extension).
inline constexpr std::string_view kAcmeErrors =
    "malformed|unauthorized|externalAccountRequired|accountDoesNotExist|userActionRequired|"
    "invalidContact|unsupportedContact|rejectedIdentifier|unsupportedIdentifier|orderNotReady|"
    "badCSR|badPublicKey|incorrectResponse|connection|dns|tls|caa|compound|rateLimited|"
    "serverInternal|alreadyRevoked|badNonce|badRevocationReason|badSignatureAlgorithm|"
    "alreadyReplaced|invalidProfile";

/// Why a fee should be paid back.
inline constexpr std::string_view kRefundReasons = "spelling|type|other";

// clang-format off
inline constexpr auto kJpdirectAcme = std::to_array<EventType>({
  // ---- facts -----------------------------------------------------------------------------------------------
  {"fact.account", Sort::fact, Actor::nobody, "account", kAcm, "An ACME account that exists before the trace begins.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::list("contacts", "addresses for urgent notices, as in mailto:taro@example.jp")}}},
  {"fact.fqdn", Sort::fact, Actor::nobody, "fqdn", kAcm, "A use-FQDN whose registration was completed before the trace begins.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("fqdn", "the use-FQDN, A-label")),
      detail::need(detail::instant("completed", "when the registration was completed")),
      detail::truth("effective", "whether a certificate was issued for it already")}}},
  // ---- requests: MyPage ------------------------------------------------------------------------------------
  {"member.registered", Sort::request, Actor::customer, "customer", kAcm, "新規会員登録: somebody registers as a member.", "application.refused", {{
      detail::text("mail", "mail address of the member"),
      detail::text("billing_mail", "mail address of the billing contact")}}},
  {"acme.applied", Sort::request, Actor::customer, "customer", kAcm, "ACME利用申請: a member applies for the use of ACME.", "application.refused", {{
      detail::truth("consent", "whether the terms of service are agreed to"),
      detail::text("button", "label of the button that was clicked")}}},
  {"fqdn.drafted", Sort::request, Actor::customer, "fqdn", kAcm, "利用FQDN情報登録: type and use-FQDN are entered.", "application.refused", {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::choice("kind", kProducts, "certificate type"),
      detail::text("fqdn", "the use-FQDN as entered"),
      detail::number("months", "contract period that was checked, months"),
      detail::number("price", "fee that was checked, yen"),
      detail::truth("double_address", "whether the double-address option is asked for"),
      detail::text("button", "label of the button that was clicked")}}},
  {"fqdn.proceeded", Sort::request, Actor::customer, "fqdn", kAcm, "購入商品を選択: the customer goes on to the purchase.", "application.refused", {{
      detail::text("fqdn", "the use-FQDN that was checked"),
      detail::choice("kind", kProducts, "certificate type that was checked"),
      detail::text("button", "label of the button that was clicked")}}},
  {"fqdn.reviewed", Sort::request, Actor::customer, "fqdn", kAcm, "利用FQDNを確認: the customer has checked the use-FQDN again.", "application.refused", {{
      detail::text("fqdn", "the use-FQDN that was checked"),
      detail::text("button", "label of the button that was clicked")}}},
  {"payment_method.chosen", Sort::request, Actor::customer, "fqdn", kAcm, "お支払い方法を選択: the customer chooses how to pay.", "application.refused", {{
      detail::choice("method", kPaymentMethods, "how the customer means to pay"),
      detail::truth("consent", "whether terms and notes are agreed to"),
      detail::text("button", "label of the button that was clicked")}}},
  {"fqdn.confirmed", Sort::request, Actor::customer, "fqdn", kAcm, "申し込み内容を確定: the customer fixes the application.", "application.refused", {{
      detail::text("fqdn", "the use-FQDN that was checked"),
      detail::choice("kind", kProducts, "certificate type that was checked"),
      detail::text("button", "label of the button that was clicked")}}},
  {"fqdn_list.opened", Sort::request, Actor::customer, "customer", kAcm, "The customer looks at the list of use-FQDNs.", "application.refused", {}},
  {"correction.requested", Sort::request, Actor::customer, "fqdn", kAcm, "The customer asks to apply again with corrected contents.", "application.refused", {{
      detail::choice("reason", kRefundReasons, "what was mistaken"),
      detail::text("fqdn", "the use-FQDN that was meant")}}},
  {"transfer.requested", Sort::request, Actor::customer, "fqdn", kAcm, "The customer asks to move a use-FQDN to a customer ID.", "application.refused", {{
      detail::need(detail::text("to", "the customer ID to move it to, as in customer/C2"))}}},
  {"refund.requested", Sort::request, Actor::customer, "fqdn", kAcm, "The customer asks for the contract fee back.", "application.refused", {{
      detail::need(detail::choice("reason", kRefundReasons, "why"))}}},
  // ---- requests: the ACME client ---------------------------------------------------------------------------
  {"account.requested", Sort::request, Actor::customer, "account", kAcm, "The client asks for an ACME account (newAccount).", "acme.refused", {{
      detail::text("eab", "the EAB that it is bound to, as in eab/C1-1"),
      detail::truth("mac_verifies", "whether the binding's MAC is right under the EAB's key"),
      detail::list("contacts", "addresses for urgent notices, as in mailto:taro@example.jp"),
      detail::truth("terms", "whether the CA's terms of service are agreed to"),
      detail::text("directory", "host of the ACME server that the client is pointed at"),
      detail::text("host", "the customer's own server, where a form asks for it")}}},
  {"order.requested", Sort::request, Actor::customer, "order", kAcm, "The client orders a certificate (newOrder).", "acme.refused", {{
      detail::need(detail::text("account", "the account, as in account/1")),
      detail::need(detail::list("identifiers", "DNS names that the certificate should have"))}}},
  {"challenge.responded", Sort::request, Actor::customer, "authorization", kAcm, "The client asks the CA to look whether a challenge is met.", "acme.refused", {{
      detail::need(detail::choice("type", kChallengeTypes, "by which method")),
      detail::text("string", "the string that the client says it placed, where it says one")}}},
  {"order.finalized", Sort::request, Actor::customer, "order", kAcm, "The client hands in its CSR (finalize).", "acme.refused", {{
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("csr_cn", "common name in the CSR"),
      detail::list("csr_names", "DNS names in the CSR"),
      detail::text("csr_problem", "what examination of the CSR found wrong, if anything"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex")}}},
  {"download.requested", Sort::request, Actor::customer, "certificate", kAcm, "The client asks for its certificate.", "acme.refused", {{
      detail::need(detail::text("account", "the account that asks, as in account/1"))}}},
  // ---- actions: the portal ---------------------------------------------------------------------------------
  {"eab.issued", Sort::action, Actor::portal, "eab", kAcm, "The portal issues credentials for an ACME account.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::text("number", "application number (申請番号) shown after the click"),
      detail::instant("expires", "the first second in which it is no longer valid")}}},
  {"fqdn_list.shown", Sort::action, Actor::portal, "customer", kAcm, "The list of use-FQDNs as the customer sees it.", {}, {{
      detail::text("heading", "label of the list of those to become effective"),
      detail::list("upcoming", "use-FQDNs that will become effective, A-labels"),
      detail::list("effective", "use-FQDNs that are effective, A-labels")}}},
  {"refund.made", Sort::action, Actor::portal, "fqdn", kAcm, "The portal pays the contract fee back.", {}, {{
      detail::number("amount", "yen")}}},
  // ---- actions: the CA's ACME server -----------------------------------------------------------------------
  {"acme.refused", Sort::action, Actor::ca, "account|order|authorization|certificate", kAcm, "The CA refuses what a client asks for (problem document).", {}, {{
      detail::choice("error", kAcmeErrors, "the ACME error type, without its urn:ietf:params:acme:error:"),
      detail::list("subproblems", "for names of an order: each refused one with its error type and clause"),
      detail::list("clauses", "ids of the clauses that refuse it; optional in foreign logs")}}},
  {"account.created", Sort::action, Actor::ca, "account", kAcm, "The CA creates an ACME account.", {}, {{
      detail::text("eab", "the EAB that it is bound to, as in eab/C1-1"),
      detail::list("contacts", "addresses for urgent notices")}}},
  {"order.created", Sort::action, Actor::ca, "order", kAcm, "The CA takes an order; it is pending.", {}, {{
      detail::text("account", "the account, as in account/1"),
      detail::list("identifiers", "DNS names of the order")}}},
  {"authorization.created", Sort::action, Actor::ca, "authorization", kAcm, "The CA opens an authorization for a name of an order.", {}, {{
      detail::need(detail::text("order", "the order, as in order/1")),
      detail::need(detail::text("identifier", "the DNS name, with its *. for a wildcard"))}}},
  {"challenge.offered", Sort::action, Actor::ca, "challenge", kAcm, "The CA offers a way to prove control of a name.", {}, {{
      detail::need(detail::text("authorization", "the authorization, as in authorization/1-1")),
      detail::need(detail::choice("type", kChallengeTypes, "by which method")),
      detail::need(detail::text("token", "the random value (ランダム値)")),
      detail::need(detail::text("string", "the string to be placed (認証用の文字列): the file's contents, or the value of a TXT record")),
      detail::instant("expires", "the first second in which they are no longer valid")}}},
  {"challenge.validated", Sort::action, Actor::ca, "challenge", kAcm, "The CA finds a challenge met.", {}, {}},
  {"challenge.failed", Sort::action, Actor::ca, "challenge", kAcm, "The CA finds a challenge not met.", {}, {{
      detail::choice("error", kAcmeErrors, "the ACME error type")}}},
  {"order.failed", Sort::action, Actor::ca, "order", kAcm, "The CA issues nothing for an order that was finalized.", {}, {{
      detail::choice("error", kAcmeErrors, "the ACME error type")}}},
  {"certificate.delivered", Sort::action, Actor::ca, "certificate", kAcm, "The CA hands out a certificate.", {}, {{
      detail::text("account", "to whom, as in account/1")}}},
});
// clang-format on

}  // namespace shinsa::events
