#include "model/profile.hpp"

#include <algorithm>
#include <bit>
#include <utility>

#include "model/catalogue/ids.hpp"
#include "model/core/context.hpp"
#include "model/machines/acme_account.hpp"
#include "model/machines/acme_application.hpp"
#include "model/machines/acme_centre.hpp"
#include "model/machines/acme_certificate.hpp"
#include "model/machines/acme_order.hpp"
#include "model/machines/agency_application.hpp"
#include "model/machines/agency_certificate.hpp"
#include "model/machines/agency_issuance.hpp"
#include "model/machines/applicant_call.hpp"
#include "model/machines/application_documents.hpp"
#include "model/machines/authorization.hpp"
#include "model/machines/automatic_validation.hpp"
#include "model/machines/billing_screens.hpp"
#include "model/machines/browser_view.hpp"
#include "model/machines/ca_application.hpp"
#include "model/machines/caa_check.hpp"
#include "model/machines/certificate.hpp"
#include "model/machines/certificate_download.hpp"
#include "model/machines/challenge_by_dns.hpp"
#include "model/machines/challenge_by_file.hpp"
#include "model/machines/customer_centre.hpp"
#include "model/machines/dedicated_certificate.hpp"
#include "model/machines/demands.hpp"
#include "model/machines/domain_control_by_mail.hpp"
#include "model/machines/domain_use.hpp"
#include "model/machines/eab.hpp"
#include "model/machines/eab_notice.hpp"
#include "model/machines/expiry_notice.hpp"
#include "model/machines/fqdn_billing.hpp"
#include "model/machines/fqdn_list.hpp"
#include "model/machines/fqdn_notices.hpp"
#include "model/machines/fqdn_screens.hpp"
#include "model/machines/hosted_certificate.hpp"
#include "model/machines/hosted_issuance.hpp"
#include "model/machines/issuance.hpp"
#include "model/machines/jprs_referral.hpp"
#include "model/machines/list_row.hpp"
#include "model/machines/membership.hpp"
#include "model/machines/mypage.hpp"
#include "model/machines/new_order.hpp"
#include "model/machines/notices.hpp"
#include "model/machines/organisation_check.hpp"
#include "model/machines/other_change.hpp"
#include "model/machines/panel_setting.hpp"
#include "model/machines/plan_change.hpp"
#include "model/machines/reissue_application.hpp"
#include "model/machines/reissue_screen.hpp"
#include "model/machines/renewal_intent.hpp"
#include "model/machines/renewal_or_new.hpp"
#include "model/machines/renewal_order.hpp"
#include "model/machines/rental_server.hpp"
#include "model/machines/server_setting.hpp"
#include "model/machines/service_contract.hpp"
#include "model/machines/setting_fee.hpp"
#include "model/machines/signup.hpp"
#include "model/machines/support_desk.hpp"
#include "model/machines/use_fqdn.hpp"
#include "model/machines/whois_contacts.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/suggest.hpp"

namespace shinsa::model {

namespace {

/// A system: which machines it is composed of.
struct Composition {
  System system;
  std::string_view name;
  bool complete;
  std::vector<const MachineApi*> machines;
  std::vector<std::pair<TypeIndex, ClauseIndex>>
      never{};                      ///< actions that a clause forbids outright
  std::string_view couples = "cn";  ///< the field that couples objects
};

/// A refusal that no refused request waits for.
template <Literal Type>
constexpr std::pair<TypeIndex, ClauseIndex> kRefusedOnce{kType<Type>, kClause<"ASM-08">};

/// What an event that lacks the coupling field names, first things first.
constexpr std::string_view kLinks[] = {"source", "application", "in_reply_to", "certificate",
                                       "eab",    "account",     "order",       "authorization"};

const std::vector<Composition>& compositions() {
  static const std::vector<Composition> all{
      {kJpr,
       "jpdirect-reissue",
       true,
       {&reissue_application::kMachine, &new_order::kMachine, &domain_control_by_mail::kMachine,
        &organisation_check::kMachine, &issuance::kMachine, &mypage::kMachine,
        &certificate::kMachine, &customer_centre::kMachine},
       {{kType<"certificate.installed">, kClause<"JPR-25">}, kRefusedOnce<"application.refused">}},
      {kSak,
       "sakura-reissue",
       true,
       {&reissue_screen::kMachine, &list_row::kMachine, &signup::kMachine,
        &automatic_validation::kMachine, &hosted_issuance::kMachine, &notices::kMachine,
        &hosted_certificate::kMachine, &rental_server::kMachine, &panel_setting::kMachine,
        &support_desk::kMachine},
       {kRefusedOnce<"support.declined">},
       "customer"},
      {kAcm,
       "jpdirect-acme",
       true,
       {&membership::kMachine, &acme_application::kMachine, &fqdn_list::kMachine, &eab::kMachine,
        &eab_notice::kMachine, &acme_account::kMachine, &fqdn_screens::kMachine,
        &fqdn_billing::kMachine, &fqdn_notices::kMachine, &use_fqdn::kMachine,
        &acme_order::kMachine, &authorization::kMachine, &caa_check::kMachine,
        &challenge_by_file::kMachine, &challenge_by_dns::kMachine, &acme_certificate::kMachine,
        &certificate_download::kMachine, &acme_centre::kMachine},
       {{kType<"certificate.installed">, kClause<"ACM-15">},
        kRefusedOnce<"application.refused">,
        kRefusedOnce<"acme.refused">},
       "customer"},
      {kNtt,
       "nttcom-biz",
       true,
       {&service_contract::kMachine, &agency_application::kMachine,
        &application_documents::kMachine, &whois_contacts::kMachine, &domain_use::kMachine,
        &applicant_call::kMachine, &agency_issuance::kMachine, &agency_certificate::kMachine,
        &server_setting::kMachine, &setting_fee::kMachine, &other_change::kMachine,
        &jprs_referral::kMachine, &demands::kMachine},
       {{kType<"seal.set">, kClause<"NTT-35">},
        {kType<"key-files.handed-over">, kClause<"NTT-40">},
        kRefusedOnce<"application.refused">},
       "contract"},
      {kRen,
       "dedicated-renewal",
       true,
       {&dedicated_certificate::kMachine, &expiry_notice::kMachine, &renewal_intent::kMachine,
        &plan_change::kMachine, &renewal_order::kMachine, &billing_screens::kMachine,
        &ca_application::kMachine, &renewal_or_new::kMachine, &browser_view::kMachine},
       {},
       "customer"},
  };
  return all;
}

const Composition* find_composition(std::string_view name) {
  const auto at = std::ranges::find(compositions(), name, &Composition::name);
  return at == compositions().end() ? nullptr : &*at;
}

std::string_view prefix_of(std::string_view system) {
  for (const Page& page : pages())
    if (page.system == system) return page.prefix;
  return {};
}

void add_routes(Profile& profile) {
  profile.routes.resize(kEventTypes.size());
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    const MachineApi& machine = *profile.machines[m];
    const auto kind = static_cast<std::size_t>(machine.kind);
    profile.slot_of.push_back(static_cast<std::uint8_t>(profile.machines_of[kind].size()));
    profile.machines_of[kind].push_back(static_cast<std::uint8_t>(m));
    SHINSA_ASSERT(profile.machines_of[kind].size() <= kMachinesPerObject,
                  "more machines than an object has states");
    for (std::size_t e = 0; e < machine.events.size(); ++e) {
      const EventInfo& event = machine.events[e];
      const Route route{static_cast<std::uint8_t>(m), static_cast<std::uint8_t>(e)};
      switch (event.source) {
        case EventInfo::Source::trace:
          profile.routes[event.type].push_back(route);
          break;
        case EventInfo::Source::message:
          profile.listeners[kind][static_cast<std::size_t>(event.message)].push_back(route);
          break;
        case EventInfo::Source::deadline:
          profile.deadlines[kind].push_back(route);
          profile.deadline_slots[kind] |= static_cast<std::uint8_t>(1u << event.slot.at);
          break;
      }
    }
  }
}

void add_ties(Profile& profile) {
  for (const EventType& type : kEventTypes) {
    Profile::Ties& ties = profile.ties.emplace_back();
    if (const auto at = type.field(profile.couples)) ties.couples = static_cast<std::uint8_t>(*at);
    for (std::string_view link : profile.links)
      if (const auto at = type.field(link)) ties.links.push_back(static_cast<std::uint8_t>(*at));
  }
}

std::optional<Error> choose_reading(Profile& profile, const std::string& id,
                                    const std::string& name) {
  for (std::size_t r = 0; r < tables::kReadings.size(); ++r) {
    if (tables::kReadings[r].id != id) continue;
    const auto at = choice_index(tables::kReadings[r].names, name);
    if (!at)
      return Error{"reading " + id + " has no alternative '" + name + "'", "--reading",
                   "it offers " + std::string(tables::kReadings[r].names)};
    profile.readings[r] = *at;
    return std::nullopt;
  }
  std::vector<std::string_view> ids;
  for (const auto& reading : tables::kReadings) ids.push_back(reading.id);
  return Error{"no reading '" + id + "'" + did_you_mean(id, ids), "--reading",
               "see: shinsa list readings"};
}

constexpr std::pair<const char*, Spoil> kSpoils[] = {{"drop", Spoil::drop},
                                                     {"twice", Spoil::twice},
                                                     {"misaddress", Spoil::misaddress},
                                                     {"late", Spoil::late},
                                                     {"early", Spoil::early}};

std::optional<Error> apply_mutant(Profile& profile, const std::string& id) {
  const auto all = list_mutants(profile.name);
  std::string wanted = id;
  if (id.find(':') == std::string::npos)  // the clause alone: what breaks it most plainly
    for (const char* kind : {":allow", ":deny", ":drop"})
      if (std::ranges::any_of(all, [&](const MutantInfo& m) { return m.id == id + kind; })) {
        wanted = id + kind;
        break;
      }
  const auto known = std::ranges::find(all, wanted, &MutantInfo::id);
  if (known == all.end()) {
    std::vector<std::string_view> ids;
    for (const auto& mutant : all) ids.push_back(mutant.id);
    return Error{"no mutant '" + id + "'" + did_you_mean(id, ids), "--mutant",
                 "see: shinsa list mutants"};
  }
  if (known->kind == "number") {
    const auto dot = wanted.find('.');
    const auto colon = wanted.find(':');
    const std::string key = wanted.substr(dot + 1, colon - dot - 1);
    for (std::size_t n = 0; n < tables::kNumbers.size(); ++n)
      if (tables::kNumbers[n].clause == wanted.substr(0, dot) && tables::kNumbers[n].key == key)
        profile.numbers[n] += wanted[colon + 1] == '+' ? 1 : -1;
    return std::nullopt;
  }
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    const MachineApi& machine = *profile.machines[m];
    for (std::size_t g = 0; g < machine.guards.size(); ++g)
      if (std::ranges::count(machine.guards[g].clauses, known->clause) > 0) {
        if (known->kind == "allow") profile.mutation->forced_yes[m] |= 1ull << g;
        if (known->kind == "deny") {
          profile.mutation->forced_no[m] |= 1ull << g;
          profile.mutation->denies = true;
        }
      }
    for (std::size_t e = 0; e < machine.effects.size(); ++e)
      if (std::ranges::count(machine.effects[e].clauses, known->clause) > 0) {
        for (const auto& [kind, spoil] : kSpoils)
          if (known->kind == kind) profile.mutation->effects[m][e] = spoil;
      }
  }
  return std::nullopt;
}

}  // namespace

ClauseIndex Profile::clause_of(std::span<const ClauseIndex> clauses) const {
  for (ClauseIndex index : clauses)
    if (holds[index]) return index;
  return kNoClause;
}

Desk Profile::desk() const {
  const auto number = [this](std::size_t at) { return static_cast<int>(numbers[at]); };
  if (system == kAcm)
    return {number(kNumber<"ACM-56", "opens_hour">),
            number(kNumber<"ACM-56", "closes_hour">),
            number(kNumber<"ACM-56", "closed_from_month">),
            number(kNumber<"ACM-56", "closed_from_day">),
            number(kNumber<"ACM-56", "closed_to_month">),
            number(kNumber<"ACM-56", "closed_to_day">)};
  if (system != kJpr) {
    Desk always;
    always.always_open = true;
    return always;
  }
  return {
      number(kNumber<"JPR-47", "opens_hour">),        number(kNumber<"JPR-47", "closes_hour">),
      number(kNumber<"JPR-47", "closed_from_month">), number(kNumber<"JPR-47", "closed_from_day">),
      number(kNumber<"JPR-47", "closed_to_month">),   number(kNumber<"JPR-47", "closed_to_day">)};
}

std::vector<std::string_view> implemented_systems() {
  std::vector<std::string_view> names;
  for (const auto& one : compositions()) names.push_back(one.name);
  return names;
}

std::vector<MutantInfo> list_mutants(std::string_view system) {
  std::vector<MutantInfo> all;
  const Composition* composition = find_composition(system);
  if (!composition) return all;
  const auto add = [&all](ClauseIndex index, const char* kind, std::string where,
                          bool of_actions = false) {
    std::string id = std::string(clause(index).id) + ":" + kind;
    const auto known = std::ranges::find(all, id, &MutantInfo::id);
    if (known == all.end()) {
      all.push_back({id, index, kind, std::move(where), of_actions});
      return;
    }
    known->where += ", " + where;
    known->of_actions = known->of_actions && of_actions;
  };
  for (const MachineApi* machine : composition->machines) {
    for (std::size_t g = 0; g < machine->guards.size(); ++g) {
      const GuardInfo& guard = machine->guards[g];
      if (!stands_in_a_row(*machine, g)) continue;  // it only names what an action breaks
      for (ClauseIndex index : guard.clauses) {
        const std::string where = std::string(machine->name) + "." + std::string(guard.name);
        for (const char* kind : {"allow", "deny"})
          add(index, kind, where, is_of_actions(*machine, g));
      }
    }
    for (const EffectInfo& effect : machine->effects)
      for (ClauseIndex index : effect.permits ? std::span<const ClauseIndex>{} : effect.clauses)
        for (const auto& [kind, spoil] : kSpoils)
          add(index, kind, std::string(machine->name) + "." + std::string(effect.name));
  }
  for (const auto& number : tables::kNumbers) {
    const auto index = find_clause(number.clause);
    if (!index || clause(*index).system != system) continue;
    for (const char* shift : {"+1", "-1"})
      all.push_back({std::string(number.clause) + "." + std::string(number.key) + ":" + shift,
                     *index, "number", std::string(number.key), false});
  }
  std::ranges::sort(all, {}, &MutantInfo::id);
  return all;
}

std::vector<std::string> mutants_for(std::string_view system, const std::vector<std::string>& ids) {
  std::vector<std::string> kept;
  for (const std::string& id : ids) {
    const auto index = find_clause(id.substr(0, id.find_first_of(":.")));
    const std::string_view owner = index ? clause(*index).system : system;
    const bool held =
        owner.empty() && std::ranges::any_of(list_mutants(system),
                                             [&](const auto& m) { return m.clause == *index; });
    if (owner == system || held) kept.push_back(id);
  }
  return kept;
}

Result<std::shared_ptr<const Profile>> make_profile(const ProfileOptions& options) {
  const Composition* composition = find_composition(options.system);
  if (!composition) {
    const auto names = implemented_systems();
    return fail("no system '" + options.system + "'" + did_you_mean(options.system, names),
                "--system", "see: shinsa list systems");
  }
  auto profile = std::make_shared<Profile>();
  profile->system = composition->system;
  profile->name = composition->name;
  profile->prefix = prefix_of(composition->name);
  profile->complete = composition->complete;
  profile->machines = composition->machines;
  profile->never = composition->never;
  profile->couples = composition->couples;
  profile->links = kLinks;
  add_routes(*profile);
  add_ties(*profile);
  for (const Clause& one : clauses())
    profile->holds.push_back(one.system == profile->name || one.system.empty());
  for (const auto& number : tables::kNumbers) profile->numbers.push_back(number.number);
  profile->readings.assign(tables::kReadings.size(), 0);
  for (const auto& [id, name] : options.readings)
    if (auto error = choose_reading(*profile, id, name)) return Failure(*error);
  if (!options.mutants.empty()) {
    profile->mutants = options.mutants;
    profile->mutation = std::make_unique<Profile::Mutation>();
    profile->mutation->forced_yes.resize(profile->machines.size());
    profile->mutation->forced_no.resize(profile->machines.size());
    for (const MachineApi* machine : profile->machines)
      profile->mutation->effects.emplace_back(machine->effects.size());
    for (const std::string& id : options.mutants)
      if (auto error = apply_mutant(*profile, id)) return Failure(*error);
  }
  return profile;
}

Coverage& Coverage::operator=(const Coverage& other) {
  if (this == &other) return *this;
  if (of_ != other.of_) shape(other.of_);
  counts_ = other.counts_;
  exercised_ = other.exercised_;
  spoilt_ = other.spoilt_;
  return *this;
}

void Coverage::restart(const Profile& profile) {
  if (of_ != profile.machines || counts_.empty()) shape(profile.machines);
  for (const std::uint32_t at : exercised_) counts_[at] = 0;
  exercised_.clear();
  spoilt_ = 0;
}

/// Makes room for the counters of these machines, all zero.
void Coverage::shape(const std::vector<const MachineApi*>& machines) {
  of_ = machines;
  exercised_.clear();
  std::size_t size = 2 * tables::kClauseIds.size();
  for (const MachineApi* api : of_)
    size += api->states.size() + api->rows.size() + 2 * api->guards.size() + api->effects.size();
  counts_.assign(size, 0);
  const std::uint64_t* next = counts_.data();
  const auto take = [&](std::size_t count) {
    return Counts(std::exchange(next, next + count), count);
  };
  machines_.clear();
  for (const MachineApi* api : of_)
    machines_.push_back({take(api->states.size()), take(api->rows.size()), take(api->guards.size()),
                         take(api->guards.size()), take(api->effects.size())});
  refused_ = take(tables::kClauseIds.size());
  met_ = take(tables::kClauseIds.size());
}

void Coverage::add(const Coverage& other) {
  if (counts_.empty()) {
    *this = other;
    return;
  }
  SHINSA_ASSERT(of_ == other.of_, "coverage of two different profiles");
  for (const std::uint32_t at : other.exercised_) note(at, other.counts_[at]);
  spoilt_ += other.spoilt_;
}

}  // namespace shinsa::model
