#include "fakes/acme/projection.hpp"

#include <algorithm>
#include <utility>

#include "fakes/ca/crl.hpp"
#include "model/catalogue/catalogue.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr std::size_t kEabWords = 4;  // of 8 octets: 32 in all, a multiple of 16

/// `example.com rejectedIdentifier ACM-38`
Subproblem subproblem_in(std::string_view text) {
  const std::size_t first = text.find(' ');
  const std::size_t second = text.find(' ', first + 1);
  if (second == std::string_view::npos) return {std::string(text), "rejectedIdentifier"};
  return {std::string(text.substr(0, first)),
          std::string(text.substr(first + 1, second - first - 1)),
          std::string(text.substr(second + 1))};
}

}  // namespace

std::vector<std::string> ids_of(std::span<const ClauseIndex> clauses) {
  std::vector<std::string> ids;
  for (const ClauseIndex index : clauses) ids.emplace_back(clause(index).id);
  return ids;
}

std::string_view error_word(Value error) {
  return choice_word(events::kAcmeErrors, error.number());
}

void Projection::absorb() {
  const auto& trace = simulation_->trace();
  const std::size_t gone = simulation_->forgotten();
  for (; seen_ < gone + trace.size(); ++seen_) take(trace[seen_ - gone]);
}

std::vector<std::string_view> Projection::things_of(std::string_view order) const {
  std::vector<std::string_view> things{order};
  const auto at = orders.find(order);
  if (at == orders.end()) return things;
  for (const std::string_view one : at->second.authorizations) {
    things.push_back(one);
    if (const AuthorizationView* view = find(authorizations, one))
      things.insert(things.end(), view->challenges.begin(), view->challenges.end());
  }
  if (!at->second.certificate.empty()) things.push_back(at->second.certificate);
  return things;
}

void Projection::forget(std::string_view order) {
  for (const std::string_view one : things_of(order)) {
    orders.erase(one);
    authorizations.erase(one);
    challenges.erase(one);
    certificates.erase(one);
    created.erase(one);
    refusals.erase(one);
  }
}

void Projection::tell_needed(Needed& needed) const {
  for (const auto& [subject, order] : orders) {
    needed(subject);
    needed(order.account);
    needed(order.names);
    needed(order.authorizations);
    needed(order.certificate);
  }
  for (const auto& [subject, authorization] : authorizations) {
    needed(subject);
    needed(authorization.order);
    needed(authorization.name);
    needed(authorization.challenges);
  }
  for (const auto& [subject, challenge] : challenges) {
    needed(subject);
    needed(challenge.authorization);
    needed(challenge.token);
  }
  for (const auto& [subject, certificate] : certificates) {
    needed(subject);
    needed(certificate.account);
    needed(certificate.names);
    needed(certificate.key);
  }
  for (const auto& [subject, refusal] : refusals) needed(subject);
  needed(created);
}

void Projection::take(const sim::Stepped& stepped) {
  const Event& event = stepped.event;
  const Record& said = simulation_->facts().record(event.data);
  const std::string_view subject = simulation_->facts().text(event.subject);
  if (!stepped.outcome.accepted() && event.row().sort != Sort::action) return;
  if (event.type == kType<"fact.account"> || event.type == kType<"account.created"> ||
      event.type == kType<"order.created">)
    created.insert(subject);
  if (event.type == kType<"order.requested">)
    orders[subject] = {text(field_of<"account">(said)), texts(field_of<"identifiers">(said))};
  if (event.type == kType<"authorization.created">) {
    const std::string_view order = text(field_of<"order">(said));
    authorizations[subject] = {order, text(field_of<"identifier">(said))};
    orders[order].authorizations.push_back(subject);
  }
  if (event.type == kType<"challenge.validated">) challenges[subject].validated = event.time;
  if (event.type == kType<"acme.refused">) refusals[subject] = refusal_in(event);
  if (event.type == kType<"eab.issued">) take_eab(event, said);
  if (event.type == kType<"challenge.offered">) take_offer(event, said);
  if (event.type == kType<"challenge.failed"> || event.type == kType<"order.failed">)
    take_failure(stepped, said);
  if (event.type == kType<"certificate.issued">) take_certificate(event, said);
  if (event.type == kType<"certificate.revoked">) take_revocation(event, said);
}

/// The secret follows from the seed and from whose it is.
void Projection::take_eab(const Event& event, const Record& said) {
  const std::string subject(simulation_->facts().text(event.subject));
  sim::Stream& stream = simulation_->streams()["acme/eab-key/" + subject];
  Eab eab;
  for (std::size_t i = 0; i < kEabWords; ++i)
    for (std::uint64_t word = stream.next(), octet = 0; octet < 8; ++octet, word >>= 8)
      eab.key += static_cast<char>(word & 0xff);
  if (const Value ends = field_of<"expires">(said); ends.present()) eab.expires = ends.instant();
  eabs[subject.substr(subject.find('/') + 1)] = std::move(eab);
}

void Projection::take_offer(const Event& event, const Record& said) {
  const std::string_view subject = simulation_->facts().text(event.subject);
  ChallengeView view{text(field_of<"authorization">(said)),
                     choice_word(events::kChallengeTypes,
                                 said.fields[kField<"challenge.offered", "type">].number()),
                     text(field_of<"token">(said))};
  if (const Value ends = field_of<"expires">(said); ends.present()) view.expires = ends.instant();
  AuthorizationView& authorization = authorizations[view.authorization];
  authorization.challenges.push_back(subject);
  authorization.expires = view.expires;
  orders[authorization.order].expires = view.expires;
  challenges[subject] = std::move(view);
}

/// The clauses that the failure kept are those that explain it.
void Projection::take_failure(const sim::Stepped& stepped, const Record& said) {
  const std::string_view subject = simulation_->facts().text(stepped.event.subject);
  const auto why = std::make_shared<const Refusal>(
      Refusal{std::string(error_word(field_of<"error">(said))), ids_of(stepped.outcome.met())});
  if (stepped.event.type == kType<"order.failed">)
    orders[subject].error = why;
  else
    challenges[subject].error = why;
}

void Projection::take_certificate(const Event& event, const Record& said) {
  const std::string_view subject = simulation_->facts().text(event.subject);
  OrderView* order = find(orders, text(field_of<"application">(said)));
  if (!order) return;
  order->certificate = subject;
  certificates[subject] = {order->account, texts(field_of<"sans">(said)),
                           field_of<"not_before">(said).instant(),
                           field_of<"not_after">(said).instant(), text(field_of<"key">(said))};
}

void Projection::take_revocation(const Event& event, const Record& said) {
  CertificateView* view = find(certificates, simulation_->facts().text(event.subject));
  if (!view) return;
  view->revoked = true;
  const Value reason = field_of<"reason">(said);
  if (reason.present() && ca::parse_reason(choice_word(kRevocationReasons, reason.number())) ==
                              ca::Reason::key_compromise)
    compromised.emplace(view->key);
}

Refusal Projection::refusal_in(const Event& event) const {
  const Record& said = simulation_->facts().record(event.data);
  Refusal refusal{std::string(error_word(said.fields[kField<"acme.refused", "error">])), {}};
  for (const std::string_view one : texts(said.fields[kField<"acme.refused", "clauses">]))
    refusal.clauses.emplace_back(one);
  for (const std::string_view one : texts(said.fields[kField<"acme.refused", "subproblems">]))
    refusal.subproblems.push_back(subproblem_in(one));
  if (refusal.clauses.empty())  // an order that was accepted first is refused for its names alone
    for (const Subproblem& one : refusal.subproblems)
      if (std::ranges::count(refusal.clauses, one.clause) == 0)
        refusal.clauses.push_back(one.clause);
  return refusal;
}

std::string_view Projection::text(Value value) const {
  return simulation_->facts().text(value.text());
}

std::vector<std::string_view> Projection::texts(Value list) const {
  std::vector<std::string_view> all;
  for (const TextId id : simulation_->facts().list(list.list()))
    all.push_back(simulation_->facts().text(id));
  return all;
}

}  // namespace shinsa::fakes::acme
