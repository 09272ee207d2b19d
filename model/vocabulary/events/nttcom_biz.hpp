/// Event types of nttcom-biz alone: contract, online form, documents by post, WHOIS, work on the
/// server, cancellation, demands.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

/// Kinds of domain for which a page names recipients (NTT-14 to NTT-16), and those that are known
/// without being named (reading NTT-Q13). A registry may say another word; no rule knows it.
inline constexpr std::string_view kDomainKinds = "organisational-jp|general-jp|gtld|other";

/// What of an application is handed on to the CA (NTT-33).
inline constexpr std::string_view kApplicationItems =
    "cn|kind|organisation|unit|locality|prefecture|country|applicant|telephone|documents";

// clang-format off
inline constexpr auto kNttcomBiz = std::to_array<EventType>({
  // ---- facts -----------------------------------------------------------------------------------------------
  {"fact.contract", Sort::fact, Actor::nobody, "contract", kNtt, "A contract for the mail and web service, and who may use its online form.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::instant("starts", "when the service may be used first")),
      detail::need(detail::text("auth_id", "認証ID of the online form")),
      detail::need(detail::text("contact", "mail address of the application contact"))}}},
  {"fact.whois", Sort::fact, Actor::nobody, "domain", kNtt, "What WHOIS says of a domain from the beginning.", {}, {{
      detail::text("registrant", "mail address of the 登録担当者"),
      detail::text("technical", "mail address of the 技術連絡担当者"),
      detail::text("public_contact", "mail address of the 公開連絡窓口"),
      detail::text("administrative", "mail address of the Administrative Contact"),
      detail::truth("protected", "whether the contacts are hidden"),
      detail::text("kind", "what the registry calls the kind of domain, where the name does not tell")}}},
  // ---- requests --------------------------------------------------------------------------------------------
  {"login.made", Sort::request, Actor::customer, "contract", kNtt, "STEP1: somebody logs in to the online form.", {}, {{
      detail::need(detail::text("auth_id", "認証ID as given")),
      detail::need(detail::choice("password", "right|wrong", "whether the 認証パスワード belongs to it; never the password itself"))}}},
  {"application.registered", Sort::request, Actor::customer, "application", kNtt, "STEP1: the customer fills in the online form and presses a button.", "application.refused", {{
      detail::need(detail::text("contract", "the contract whose server is meant, as in contract/K1")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("item", "menu item that was selected, such as サーバー証明書の申請"),
      detail::text("button", "label of the button that was pressed"),
      detail::text("organisation", "O of the subject"),
      detail::text("unit", "OU of the subject; left out: it has none"),
      detail::text("locality", "L of the subject; left out: it has none"),
      detail::text("prefecture", "ST of the subject; left out: it has none"),
      detail::text("country", "C of the subject; left out: as the form has it"),
      detail::text("applicant", "name of the person in charge (申請責任者)"),
      detail::text("telephone", "telephone number of the person in charge"),
      detail::text("authentication_mail", "address to which the customer would like the domain-use mail"),
      detail::truth("consent", "whether the customer agrees to the CA's terms of use"),
      detail::truth("notes_confirmed", "whether the customer confirmed notes, agreements and terms"),
      detail::truth("documents_needed", "whether the CA's page says that documents are needed for this organisation"),
      detail::instant("desired", "desired date of the change, at any instant of its day"),
      detail::instant("restart_at", "time at which the customer would like the server to restart"),
      detail::truth("carry_over", "whether what is left of another company's certificate is to be carried over"),
      detail::text("server", "which server of the contract; left out: the only one")}}},
  {"change.registered", Sort::request, Actor::customer, "change", kNtt, "The customer applies for another change of the service.", {}, {{
      detail::need(detail::text("contract", "the contract that is to be changed, as in contract/K1")),
      detail::text("what", "what is to be changed"),
      detail::text("server", "which server of the contract; left out: the only one")}}},
  {"documents.posted", Sort::request, Actor::customer, "application", kNtt, "STEP2: the customer posts documents that prove the organisation.", {}, {{
      detail::need(detail::text("address", "the whole address on the envelope")),
      detail::list("contents", "a word for each document")}}},
  {"documents.arrived", Sort::request, Actor::post, "application", kNtt, "A letter with documents lies at an address.", {}, {{
      detail::need(detail::text("address", "the whole address on the envelope")),
      detail::list("contents", "a word for each document")}}},
  {"whois.changed", Sort::request, Actor::whois, "domain", kNtt, "WHOIS says something else of a domain from now on.", {}, {{
      detail::text("registrant", "mail address of the 登録担当者"),
      detail::text("technical", "mail address of the 技術連絡担当者"),
      detail::text("public_contact", "mail address of the 公開連絡窓口"),
      detail::text("administrative", "mail address of the Administrative Contact"),
      detail::truth("protected", "whether the contacts are hidden"),
      detail::text("kind", "what the registry calls the kind of domain, where the name does not tell")}}},
  {"whois.answered", Sort::request, Actor::whois, "application", kNtt, "What WHOIS answers.", {}, {{
      detail::need(detail::text("name", "the name asked for, A-label")),
      detail::need(detail::text("kind", "organisational-jp, general-jp, gtld or other; a word besides these is no kind")),
      detail::truth("protected", "whether the contacts are hidden"),
      detail::text("registrant", "mail address of the 登録担当者"),
      detail::text("technical", "mail address of the 技術連絡担当者"),
      detail::text("public_contact", "mail address of the 公開連絡窓口"),
      detail::text("administrative", "mail address of the Administrative Contact")}}},
  {"whois.update-reported", Sort::request, Actor::customer, "application", kNtt, "The customer says that WHOIS was changed, or is protected no more.", {}, {}},
  {"repair.reported", Sort::request, Actor::customer, "certificate", kNtt, "The customer says that the server's configuration was mended.", {}, {}},
  {"cancellation.requested", Sort::request, Actor::customer, "application", kNtt, "The customer cancels an application.", {}, {{
      detail::need(detail::choice("channel", "reply|ntt|jprs", "a reply to the setting-completion mail, another word to NTT Communications, or one to JPRS")),
      detail::text("in_reply_to", "for a reply: the certificate of the mail replied to, as in certificate/01"),
      detail::text("cn", "common name that the customer states, A-label"),
      detail::text("reason", "why it is cancelled")}}},
  {"contact.change-requested", Sort::request, Actor::customer, "contract", kNtt, "The customer wants another application contact.", {}, {{
      detail::need(detail::text("form", "name of the form that was sent in")),
      detail::need(detail::text("contact", "mail address of the new contact"))}}},
  {"contract.terminated", Sort::request, Actor::customer, "contract", kNtt, "The customer ends the contract.", {}, {}},
  {"demand.made", Sort::request, Actor::customer, "question", kNtt, "The customer demands something that may not be part of the service.", {}, {{
      detail::need(detail::text("contract", "under which contract, as in contract/K1")),
      detail::need(detail::choice("what", "site-seal|key-files|restart-time|repair|damages", "what is demanded")),
      detail::truth("defect", "whether it is demanded for a defect of the service"),
      detail::choice("fault", "none|negligence|gross-negligence|intent", "what the provider did wrong; none unless said")}}},
  // ---- actions ---------------------------------------------------------------------------------------------
  {"application.checked", Sort::action, Actor::portal, "application", kNtt, "The provider's centre has checked an application.", {}, {}},
  {"customer.called", Sort::action, Actor::portal, "application", kNtt, "The provider telephones the customer to confirm an application.", {}, {{
      detail::text("number", "the number dialled")}}},
  {"whois.queried", Sort::action, Actor::portal, "application", kNtt, "The provider asks WHOIS for the addresses of a domain.", {}, {{
      detail::need(detail::text("name", "the name asked for, A-label"))}}},
  {"application.forwarded", Sort::action, Actor::portal, "application", kNtt, "The provider applies to the CA for the customer.", {}, {{
      detail::text("cn", "common name applied for, A-label"),
      detail::choice("kind", kProducts, "product type applied for"),
      detail::list("items", "what of the application is handed on, such as cn and organisation"),
      detail::text("csr", "the CSR as text; its body may be abridged to a digest"),
      detail::text("key", "SHA-256 of the public key (SPKI) in the CSR, hex")}}},
  {"server.restarted", Sort::action, Actor::portal, "certificate", kNtt, "The web server restarts, so that it serves what was installed.", {}, {{
      detail::need(detail::choice("result", "ok|failed", "whether it came up again")),
      detail::text("serves", "the certificate that it serves from then on, as in certificate/01")}}},
  {"renewal.started", Sort::action, Actor::portal, "application", kNtt, "The provider starts the renewal of a certificate by itself.", {}, {{
      detail::need(detail::text("source", "the certificate that is renewed, as in certificate/01")),
      detail::need(detail::text("contract", "the contract whose server is meant, as in contract/K1")),
      detail::need(detail::text("cn", "common name applied for, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type applied for")),
      detail::text("organisation", "O of the subject"),
      detail::text("applicant", "name of the person in charge (申請責任者)"),
      detail::text("telephone", "telephone number of the person in charge"),
      detail::truth("documents_needed", "whether documents have to be sent for the renewal"),
      detail::text("server", "which server of the contract; left out: the only one")}}},
  {"change.completed", Sort::action, Actor::portal, "change", kNtt, "The work of another change is complete.", {}, {}},
  {"damages.paid", Sort::action, Actor::portal, "question", kNtt, "The provider makes good for something.", {}, {{
      detail::number("amount", "yen")}}},
  {"seal.set", Sort::action, Actor::portal, "site", kNtt, "The provider sets the CA's site seal on a page.", {}, {}},
  {"key-files.handed-over", Sort::action, Actor::portal, "contract", kNtt, "The provider hands over private key and certificate.", {}, {{
      detail::text("to", "mail address that they are sent to")}}},
});
// clang-format on

}  // namespace shinsa::events
