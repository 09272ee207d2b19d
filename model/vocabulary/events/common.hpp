/// Event types of several systems: the frame, what is on record, certificates, mails, calls.
#pragma once

#include "model/vocabulary/event_type.hpp"

namespace shinsa::events {

// clang-format off
inline constexpr auto kCommon = std::to_array<EventType>({
  // ---- frame -----------------------------------------------------------------------------------------------
  {"log.opened", Sort::frame, Actor::nobody, "", kAllSystems, "Opens a log and says what it records.", {}, {{
      detail::text("implementation", "name and version of what wrote the log"),
      detail::text("system", "which of the five systems the log belongs to"),
      detail::truth("complete", "whether the log holds every event of its types"),
      detail::list("observes", "types that the log records completely"),
      detail::text("seed", "seed of the run, for our own traces"),
      detail::list("readings", "readings in force, each as ID=name")}}},
  {"log.closed", Sort::frame, Actor::nobody, "", kAllSystems, "Closes a complete log.", {}, {{
      detail::number("events", "how many events stand between log.opened and this line")}}},
  // ---- facts -----------------------------------------------------------------------------------------------
  {"fact.customer", Sort::fact, Actor::nobody, "customer", kAllSystems, "A customer ID and what is registered under it.", {}, {{
      detail::text("billing_mail", "mail address of the billing contact"),
      detail::list("managed_domains", "domain names managed under this customer ID, A-labels"),
      detail::choice("payment", kPaymentMethods, "how the customer pays"),
      detail::truth("card", "whether a credit card is registered"),
      detail::text("plan", "hosting plan, such as FLEX"),
      detail::text("mail", "mail address of the member")}}},
  {"fact.directory", Sort::fact, Actor::nobody, "organisation", kJpr | kNtt, "An entry of a third party's telephone directory.", {}, {{
      detail::need(detail::text("number", "the telephone number that the directory lists")),
      detail::text("source", "which directory, such as iタウンページ")}}},
  {"fact.certificate", Sort::fact, Actor::nobody, "certificate", kAllSystems, "A certificate that was issued before the trace begins.", {}, {{
      detail::need(detail::text("customer", "customer ID, as in customer/C1")),
      detail::need(detail::text("cn", "common name, A-label")),
      detail::need(detail::choice("kind", kProducts, "product type")),
      detail::need(detail::instant("not_before", "first valid second")),
      detail::need(detail::instant("not_after", "last valid second")),
      detail::list("sans", "subject alternative names, A-labels"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::choice("issued_by", "JPDirect|other", "through whom it was issued; JPDirect unless said"),
      detail::instant("revoked", "when it was revoked, if it was"),
      detail::instant("telephone_confirmed", "when the CA last confirmed the applicant by telephone"),
      detail::text("key", "SHA-256 of the public key (SPKI), hex"),
      detail::choice("brand", kBrands, "whose certificate it is"),
      detail::text("unit", "OU of the subject; left out: it has none"),
      detail::text("locality", "L of the subject; left out: it has none"),
      detail::text("prefecture", "ST of the subject; left out: it has none"),
      detail::text("country", "C of the subject; left out: it has none"),
      detail::instant("noticed", "when the customer was told of its expiry and asked, if that was so"),
      detail::text("contract", "the contract whose server it is on, as in contract/K1")}}},
  {"fact.price", Sort::fact, Actor::nobody, "product", kJpr | kAcm | kNtt | kRen, "What a product costs at the portal.", {}, {{
      detail::need(detail::number("amount", "price of one certificate, yen"))}}},
  // ---- requests --------------------------------------------------------------------------------------------
  {"call.answered", Sort::request, Actor::telephone, "application", kJpr | kNtt, "What came of a call of the CA.", {}, {{
      detail::need(detail::choice("outcome", "confirmed|denied|no-answer", "confirmed: existence, employment and intention all three"))}}},
  {"payment.made", Sort::request, Actor::payer, "application|renewal|fqdn", kJpr | kAcm | kRen, "Somebody pays an invoice, at the bank or by card.", {}, {{
      detail::need(detail::text("bill", "invoice number")),
      detail::need(detail::number("amount", "yen")),
      detail::need(detail::choice("method", kPaymentMethods, "how it is paid"))}}},
  {"payment.received", Sort::request, Actor::payer, "application|renewal|fqdn", kJpr | kAcm | kRen, "Money reaches the portal.", {}, {{
      detail::need(detail::text("bill", "invoice number that the payment names")),
      detail::need(detail::number("amount", "yen")),
      detail::choice("method", kPaymentMethods, "how it was paid")}}},
  {"question.asked", Sort::request, Actor::customer, "question", kJpr | kAcm | kNtt, "The customer asks the customer centre something.", {}, {{
      detail::need(detail::choice("topic", "technical|csr|progress|acme-client|eab", "technical: how to configure a server; csr: how to make one; progress: of an order; acme-client: how to use one; eab: that it has run out")),
      detail::text("from", "mail address of the asker"),
      detail::text("cn", "common name that the question quotes, A-label"),
      detail::text("bill", "invoice number that the question quotes"),
      detail::text("customer", "customer ID of the asker, as in customer/C1")}}},
  {"domain.approved", Sort::request, Actor::customer, "application", kJpr | kNtt, "The applicant approves the domain-control request.", {}, {{
      detail::text("code", "what the procedure in the mail makes the approver send back")}}},
  {"revocation.requested", Sort::request, Actor::customer, "certificate", kJpr | kAcm, "The customer asks to have a certificate revoked.", {}, {{
      detail::choice("reason", kRevocationReasons, "reason given")}}},
  // The world outside: what answers for a name, what a web server gives. Nobody is judged for it.
  {"dns.changed", Sort::request, Actor::dns, "zone", kSak | kAcm | kNtt, "A name in the DNS answers otherwise from now on.", {}, {{
      detail::need(detail::text("name", "owner name, A-label")),
      detail::need(detail::choice("type", kRecordTypes, "record type")),
      detail::list("values", "all values of the type at the name, in order; empty: none any more"),
      detail::choice("status", kDnsStatuses, "what is answered instead, where it is not ok")}}},
  {"dns.answered", Sort::request, Actor::dns, "application|entry|order|authorization|challenge", kSak | kAcm | kNtt, "What came of a question to the DNS.", {}, {{
      detail::need(detail::text("name", "the name asked for, A-label")),
      detail::need(detail::choice("type", kRecordTypes, "record type")),
      detail::need(detail::choice("status", kDnsStatuses, "how it was answered")),
      detail::list("values", "the values, CNAMEs followed")}}},
  {"site.changed", Sort::request, Actor::web, "site", kSak | kAcm | kNtt | kRen, "A host's web server gives something else from now on.", {}, {{
      detail::text("path", "path that changes, as in /.well-known/acme-challenge/x"),
      detail::text("body", "what the path gives"),
      detail::text("location", "where the path redirects to"),
      detail::number("status", "HTTP status of the answer; 200, or 302 with a location, unless said"),
      detail::number("chain", "so many redirects in a row before the body is given"),
      detail::choice("server", "up|refuses|slow|empty|https-only|restart-fails|repaired|tls-fails", "what the whole server does")}}},
  {"http.answered", Sort::request, Actor::web, "order|authorization|challenge|entry", kSak | kAcm, "What came of an HTTP request.", {}, {{
      detail::need(detail::choice("outcome", "answered|no-connection|timeout|dns-failure|too-many-redirects|redirect-to-https|empty-answer|bad-redirect|tls-failure", "how far it came")),
      detail::number("status", "HTTP status of the last answer"),
      detail::text("body", "what was given"),
      detail::number("redirects", "redirect answers that were followed"),
      detail::truth("https", "whether a redirect led to https")}}},
  {"site.visited", Sort::request, Actor::customer, "site", kSak | kAcm | kNtt | kRen, "Somebody opens a page of the host by https.", {}, {{
      detail::need(detail::text("cn", "the host, A-label")),
      detail::text("certificate", "the certificate that the host was given, as in certificate/01")}}},
  {"server.configured", Sort::request, Actor::customer, "certificate", kJpr | kAcm, "The customer installs a certificate on the server.", {}, {{
      detail::text("server", "where")}}},
  // ---- actions ---------------------------------------------------------------------------------------------
  {"certificate.installed", Sort::action, Actor::portal, "certificate", kAllSystems, "The portal installs a certificate on the server.", {}, {{
      detail::text("server", "where")}}},
  {"mail.sent", Sort::action, Actor::portal, "application|entry|certificate|eab|account|fqdn|order|contract|renewal", kAllSystems, "A mail leaves the portal or the CA.", {}, {{
      detail::need(detail::text("to", "sole recipient")),
      detail::need(detail::text("from", "address of the sender")),
      detail::need(detail::text("subject", "subject, decoded")),
      detail::text("from_name", "display name of the sender, decoded"),
      detail::text("text", "decoded text of the mail"),
      detail::list("attachments", "what it carries: application-form, certificate, eab"),
      detail::text("certificate", "the certificate that it carries, as in certificate/01"),
      detail::text("code", "what the approval procedure in it asks to send back"),
      detail::list("purposes", "what it is for, where no subject tells, such as domain-use or billing")}}},
  {"call.made", Sort::action, Actor::ca, "application", kJpr | kNtt, "The CA telephones the applicant.", {}, {{
      detail::need(detail::text("number", "the number dialled")),
      detail::text("source", "which directory the number was taken from"),
      detail::text("person", "name of the person asked for")}}},
  {"certificate.issued", Sort::action, Actor::ca, "certificate", kAllSystems, "The CA issues a certificate.", {}, {{
      detail::need(detail::text("application", "the application or order it answers, as in application/1")),
      detail::need(detail::text("cn", "common name, A-label")),
      detail::need(detail::instant("not_before", "first valid second")),
      detail::need(detail::instant("not_after", "last valid second")),
      detail::choice("kind", kProducts, "product type"),
      detail::list("sans", "subject alternative names, A-labels"),
      detail::text("organisation", "O of the subject, for OV"),
      detail::text("key", "SHA-256 of the public key (SPKI), hex"),
      detail::text("issuer", "CN of the issuing CA"),
      detail::choice("brand", kBrands, "whose certificate it is"),
      detail::text("unit", "OU of the subject; left out: it has none"),
      detail::text("locality", "L of the subject; left out: it has none"),
      detail::text("prefecture", "ST of the subject; left out: it has none"),
      detail::text("country", "C of the subject; left out: it has none")}}},
  {"certificate.revoked", Sort::action, Actor::ca, "certificate", kAllSystems, "The CA revokes a certificate.", {}, {{
      detail::choice("reason", kRevocationReasons, "CRL reason")}}},
  {"application.refused", Sort::action, Actor::portal, "application|customer|fqdn", kJpr | kAcm | kNtt, "The portal refuses what is asked for on a form or a screen.", {}, {{
      detail::list("clauses", "ids of the clauses that refuse it; optional in foreign logs")}}},
  {"invoice.issued", Sort::action, Actor::portal, "application|renewal|certificate|fqdn", kJpr | kAcm | kNtt | kRen, "The portal bills the customer.", {}, {{
      detail::need(detail::text("bill", "invoice number")),
      detail::need(detail::number("amount", "yen")),
      detail::choice("channel", "mail|post", "how the invoice is sent"),
      detail::list("items", "what is billed, each by its name: 証明書料金"),
      detail::instant("due", "last second in which it can be paid")}}},
  {"payment.confirmed", Sort::action, Actor::portal, "application|renewal|fqdn", kJpr | kAcm | kRen, "The portal has seen the payment of an invoice.", {}, {{
      detail::text("bill", "invoice number")}}},
  {"question.answered", Sort::action, Actor::portal, "question", kJpr | kAcm | kNtt, "The customer centre answers.", {}, {{
      detail::need(detail::choice("answer", "answered|referred|declined", "referred: to the server administrator or hosting provider"))}}},
  {"dns.queried", Sort::action, Actor::ca, "application|entry|order|authorization|challenge", kSak | kAcm | kNtt, "The portal or the CA asks the DNS.", {}, {{
      detail::need(detail::text("name", "the name asked for, A-label")),
      detail::need(detail::choice("type", kRecordTypes, "record type"))}}},
  {"http.requested", Sort::action, Actor::ca, "order|authorization|challenge|entry", kSak | kAcm, "The CA asks a web server for a file.", {}, {{
      detail::need(detail::text("uri", "the first URI asked for"))}}},
  {"site.shown", Sort::action, Actor::portal, "site", kSak | kAcm | kNtt | kRen, "What a browser sees of the host.", {}, {{
      detail::need(detail::choice("result", "lock|expired|not-yet-valid|other-name|untrusted|revoked|no-certificate", "lock: reachable by https with the lock mark; else the error shown")),
      detail::text("certificate", "the certificate presented, as in certificate/01"),
      detail::instant("not_before", "its first valid second"),
      detail::instant("not_after", "its last valid second"),
      detail::text("subject_dn", "its subject, RFC 4514")}}},
});
// clang-format on

}  // namespace shinsa::events
