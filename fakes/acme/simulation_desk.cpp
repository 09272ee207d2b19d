#include "fakes/acme/simulation_desk.hpp"

#include <algorithm>
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/cast/certificate_file.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

namespace {

Verdict internal_error(const Error& error) {
  return {Verdict::Kind::refused, {}, {"serverInternal", {}, {}, error.text()}};
}

OrderStatus order_status(std::string_view state) {
  if (state == "Pending") return OrderStatus::pending;
  if (state == "Ready") return OrderStatus::ready;
  if (state == "Processing" || state == "Failing") return OrderStatus::processing;
  return state == "Valid" ? OrderStatus::valid : OrderStatus::invalid;
}

ChallengeStatus challenge_status(std::string_view state) {
  if (state == "Pending") return ChallengeStatus::pending;
  if (state == "Valid") return ChallengeStatus::valid;
  return state == "Invalid" || state == "Expired" ? ChallengeStatus::invalid
                                                  : ChallengeStatus::processing;
}

std::shared_ptr<const Refusal> held(std::optional<Refusal> refusal) {
  return refusal ? std::make_shared<const Refusal>(std::move(*refusal)) : nullptr;
}

/// What examination finds wrong with a request and no clause speaks of; the CA could not sign it.
bool is_unusable(std::string_view problem) {
  constexpr std::string_view kRules[] = {"", "no-common-name", "bad-signature", "weak-key",
                                         "key-type-not-allowed"};
  return std::ranges::count(kRules, problem) == 0;
}

}  // namespace

SimulationDesk::SimulationDesk(sim::Simulation& simulation, Cast& cast)
    : simulation_(&simulation), cast_(&cast), seen_(simulation) {
  SHINSA_ASSERT(simulation.system().profile().system == kAcm,
                "only jpdirect-acme is sold through ACME");
  catch_up();
}

void SimulationDesk::catch_up() {
  if (!broken_)
    if (auto done = simulation_->run_until(now()); !done) broken_ = done.error();
  seen_.absorb();
}

// -- what a client asks for
// -------------------------------------------------------------------------------------------------

Verdict SimulationDesk::ask(TypeIndex type, const std::string& subject, RecordId data) {
  if (broken_) return internal_error(*broken_);
  seen_.refusals.erase(subject);
  const sim::Stepped::Outcome outcome =
      simulation_->happen(type, simulation_->facts().intern(subject), data).outcome;
  catch_up();
  if (broken_) return internal_error(*broken_);
  if (outcome.accepted()) return {Verdict::Kind::granted, subject};
  const auto told = seen_.refusals.extract(subject);
  return {Verdict::Kind::refused, subject,
          told ? told.mapped() : Refusal{"malformed", ids_of(outcome.clauses())}};
}

/// `account/3`: the next one that nothing is known of.
std::string SimulationDesk::next(std::string_view kind, std::size_t& count) const {
  std::string subject;
  do {
    subject = std::string(kind) + "/" + std::to_string(++count);
  } while (!first_state(subject).empty());
  return subject;
}

Verdict SimulationDesk::open_account(const AccountWish& wish) {
  const std::string subject = next("account", accounts_);
  know_key(subject, wish.thumbprint);
  RecordBuilder record(simulation_->facts(), kType<"account.requested">);
  if (wish.eab)
    record.set("eab", std::string_view("eab/" + *wish.eab)).set("mac_verifies", wish.mac_verifies);
  if (!wish.contacts.empty()) record.set("contacts", list_of(wish.contacts));
  record.set("terms", wish.terms).set("directory", kLabel<"ASM-32", "host">);
  const Verdict asked = ask(kType<"account.requested">, subject, record.build());
  return asked.kind == Verdict::Kind::granted ? verdict_on(subject) : asked;
}

void SimulationDesk::know_key(std::string_view account, const std::string& thumbprint) {
  cast_->know_account_key(account, thumbprint);
}

Verdict SimulationDesk::open_order(std::string_view account,
                                   const std::vector<std::string>& names) {
  const std::string subject = next("order", orders_made_);
  RecordBuilder record(simulation_->facts(), kType<"order.requested">);
  record.set("account", account).set("identifiers", list_of(names));
  const Verdict asked = ask(kType<"order.requested">, subject, record.build());
  return asked.kind == Verdict::Kind::granted ? verdict_on(subject) : asked;
}

Verdict SimulationDesk::respond(std::string_view authorization, std::string_view type) {
  RecordBuilder record(simulation_->facts(), kType<"challenge.responded">);
  record.set("type", type);
  return ask(kType<"challenge.responded">, std::string(authorization), record.build());
}

Verdict SimulationDesk::finalize(std::string_view order, const ca::Csr& request) {
  std::string why_not;
  if (is_unusable(request.report().problem))
    why_not = "the request cannot be used: " + request.report().problem;
  else if (seen_.compromised.contains(request.report().key_sha256))
    why_not = "the key of the request is compromised (Baseline Requirements 6.1.1.3)";
  if (!why_not.empty() && first_state(order) == "Ready")
    return {Verdict::Kind::refused, std::string(order), {"badCSR", {}, {}, std::move(why_not)}};
  const PreparedCsr csr = cast_->prepare(request);
  RecordBuilder record(simulation_->facts(), kType<"order.finalized">);
  record.set("csr", std::string_view(csr.event_text));
  if (!csr.common_name.empty()) record.set("csr_cn", std::string_view(csr.common_name));
  if (!csr.names.empty()) record.set("csr_names", list_of(csr.names));
  if (!csr.key.empty()) record.set("key", std::string_view(csr.key));
  if (!csr.problem.empty()) record.set("csr_problem", std::string_view(csr.problem));
  return ask(kType<"order.finalized">, std::string(order), record.build());
}

Verdict SimulationDesk::download(std::string_view certificate, std::string_view account) {
  RecordBuilder record(simulation_->facts(), kType<"download.requested">);
  record.set("account", account);
  return ask(kType<"download.requested">, std::string(certificate), record.build());
}

/// The model refuses what is revoked or over by one clause; ACME tells the two apart.
Verdict SimulationDesk::revoke(std::string_view certificate, std::string_view reason) {
  RecordBuilder record(simulation_->facts(), kType<"revocation.requested">);
  if (!reason.empty()) record.set("reason", reason);
  const std::string subject(certificate);
  const CertificateView* known = find(seen_.certificates, subject);
  const bool was_revoked = known && known->revoked;
  Verdict verdict = ask(kType<"revocation.requested">, subject, record.build());
  if (verdict.kind == Verdict::Kind::refused && was_revoked)
    verdict.refusal.error = "alreadyRevoked";
  return verdict;
}

Verdict SimulationDesk::verdict_on(std::string_view subject) {
  catch_up();
  if (broken_) return internal_error(*broken_);
  if (seen_.created.contains(subject)) return {Verdict::Kind::granted, std::string(subject)};
  if (const Refusal* refusal = find(seen_.refusals, subject))
    return {Verdict::Kind::refused, std::string(subject), *refusal};
  return {Verdict::Kind::waiting, std::string(subject)};
}

// -- how things stand
// -------------------------------------------------------------------------------------------------------

std::string SimulationDesk::first_state(std::string_view subject) const {
  const TextId id = simulation_->facts().find(subject);
  std::string states = id ? simulation_->system().states_of(id) : std::string();
  return states.substr(0, states.find(','));
}

/// A challenge has a machine for each method, of which one never starts.
std::string SimulationDesk::state_of_challenge(std::string_view subject) const {
  const TextId id = simulation_->facts().find(subject);
  const std::string states = id ? simulation_->system().states_of(id) : std::string();
  const std::string first = states.substr(0, states.find(','));
  return first == "Unoffered" && states.size() > first.size() ? states.substr(first.size() + 2)
                                                              : first;
}

const OrderView* SimulationDesk::order(std::string_view subject) {
  catch_up();
  OrderView* view = find(seen_.orders, subject);
  if (!view || !seen_.created.contains(subject)) return nullptr;
  const std::string state = first_state(subject);
  view->status = order_status(state);
  if (state == "OutOfTime" && !view->error)
    view->error =
        held(Refusal{std::string(kLabel<"ACM-54", "error">),
                     {std::string(clause(kClause<"RFC-24">).id)},
                     {},
                     "a use-FQDN of this order lapsed or was paid back before the issue"});
  if (view->status == OrderStatus::invalid && !view->error) view->error = why_over(subject);
  return view;
}

bool SimulationDesk::is_over(std::string_view subject) {
  if (const OrderView* view = order(subject)) {
    const auto owes = [&](std::string_view thing) {
      return simulation_->system().owes(simulation_->facts().find(thing));
    };
    return (view->status == OrderStatus::valid || view->status == OrderStatus::invalid) &&
           std::ranges::none_of(seen_.things_of(subject), owes);
  }
  return verdict_on(subject).kind == Verdict::Kind::refused;
}

std::vector<TextId> SimulationDesk::forget(std::string_view subject) {
  std::vector<TextId> things;
  for (const std::string_view thing : seen_.things_of(subject))
    things.push_back(simulation_->facts().find(thing));
  seen_.forget(subject);
  return things;
}

/// What was wrong with the challenge that made an order invalid.
std::shared_ptr<const Refusal> SimulationDesk::why_over(std::string_view order) const {
  for (const std::string_view one : seen_.orders.find(order)->second.authorizations)
    for (const std::string_view subject : seen_.authorizations.find(one)->second.challenges)
      if (const auto& challenge = seen_.challenges.find(subject)->second; challenge.error)
        return challenge.error;
  return nullptr;
}

const AuthorizationView* SimulationDesk::authorization(std::string_view subject) {
  catch_up();
  AuthorizationView* view = find(seen_.authorizations, subject);
  if (!view) return nullptr;
  const std::string state = first_state(subject);
  view->status = state == "Pending" ? AuthorizationStatus::pending
                 : state == "Valid" ? AuthorizationStatus::valid
                                    : AuthorizationStatus::invalid;
  return view;
}

const ChallengeView* SimulationDesk::challenge(std::string_view subject) {
  catch_up();
  ChallengeView* view = find(seen_.challenges, subject);
  if (!view) return nullptr;
  const std::string state = state_of_challenge(subject);
  view->status = challenge_status(state);
  if (view->status != ChallengeStatus::invalid) view->error = nullptr;
  if (state == "Unproven") view->error = held(owed_failure(subject));
  if (state == "Expired" && !view->error) {
    const bool by_file = view->type == kLabel<"ACM-39", "file">;
    const ClauseIndex why = by_file ? kClause<"ACM-45"> : kClause<"ACM-52">;
    view->error =
        held(Refusal{std::string(by_file ? kLabel<"ACM-45", "error"> : kLabel<"ACM-52", "error">),
                     {std::string(clause(why).id)}});
  }
  return view;
}

/// What the CA found wrong and has not let the challenge fail for yet, because it may look again:
/// a client is told while it waits (RFC 8555 section 8.2).
std::optional<Refusal> SimulationDesk::owed_failure(std::string_view challenge) {
  constexpr TypeIndex type = kType<"challenge.failed">;
  Facts& facts = simulation_->facts();
  const TextId subject = facts.find(challenge);
  const Event failing{now(), type, {}, subject, RecordBuilder(facts, type).build()};
  for (const model::DutyView& owed : simulation_->system().duties_near(failing))
    if (owed.subject == subject && owed.duty->type == type && owed.duty->match)
      return Refusal{std::string(error_word(field_of<"error">(facts.record(owed.duty->match)))),
                     {std::string(clause(owed.duty->clause).id)}};
  return std::nullopt;
}

const CertificateView* SimulationDesk::certificate(std::string_view subject) {
  catch_up();
  return find(seen_.certificates, subject);
}

std::string SimulationDesk::certificate_pem(std::string_view subject) {
  return cast::pem_of(subject, simulation_->artefacts());
}

std::optional<std::string> SimulationDesk::eab_key(std::string_view key_id) {
  catch_up();
  const Projection::Eab* eab = find(seen_.eabs, key_id);
  return eab ? std::optional(eab->key) : std::nullopt;
}

std::vector<EabCredentials> SimulationDesk::eab_credentials() {
  catch_up();
  std::vector<EabCredentials> all;
  for (const auto& [key_id, eab] : seen_.eabs)
    all.push_back({key_id, to_base64url(eab.key), eab.expires});
  return all;
}

ListId SimulationDesk::list_of(const std::vector<std::string>& texts) {
  std::vector<TextId> ids;
  for (const std::string& one : texts) ids.push_back(simulation_->facts().intern(one));
  return simulation_->facts().intern_list(ids);
}

}  // namespace shinsa::fakes::acme
