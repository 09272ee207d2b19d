#include "properties/campaign.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "fakes/ca/csr.hpp"
#include "fakes/cast.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/calendar.hpp"
#include "sim/explain.hpp"

namespace shinsa::properties {

namespace {

using Verb = Command::Verb;

// -- the world that a run begins in
// ----------------------------------------------------------------

constexpr std::array kStarts{
    std::string_view("2026-11-24T10:00:00+09:00"),  // an ordinary Tuesday
    std::string_view("2026-11-27T17:59:30+09:00"),  // Friday, the desk is about to close
    std::string_view("2026-12-28T17:30:00+09:00"),  // before the closed days of the year's end
    std::string_view("2027-02-26T16:00:00+09:00"),  // shortly before a month begins
    std::string_view("2028-02-29T09:00:00+09:00"),  // a leap day
};

struct Choices {
  std::string_view name;
  std::array<std::string_view, 3> options;
  std::size_t count;
};
constexpr std::array kConduct{
    Choices{"telephone", {"call", "waive"}, 2},
    Choices{"over-limit", {"hold", "refuse"}, 2},
    Choices{"revocation", {"never", "at-once", "next-day"}, 3},
    Choices{"mypage", {"at-once", "after-a-week"}, 2},
    Choices{"pace", {"earliest", "next-business-day"}, 2},
    Choices{"waived-mail", {"never", "at-once"}, 2},
};
constexpr std::size_t kConducts = 2 * 2 * 3 * 2 * 2 * 2;

/// What goes wrong outside, once.
constexpr std::array kFaults{std::string_view(), std::string_view("telephone:no-answer@nth=1"),
                             std::string_view("telephone:denied@nth=1"),
                             std::string_view("bank:delay@nth=1"),
                             std::string_view("bank:loss@nth=1")};

std::map<std::string, std::string> conduct_of(std::uint8_t number) {
  std::map<std::string, std::string> pinned;
  std::size_t rest = number % kConducts;
  for (const Choices& choice : kConduct) {
    pinned[std::string(choice.name)] = choice.options[rest % choice.count];
    rest /= choice.count;
  }
  return pinned;
}

constexpr std::array kNames{std::string_view("www.example.jp"), std::string_view("shop.example.jp"),
                            std::string_view("www.managed.jp")};
constexpr std::string_view kOrganisation = "株式会社例";
constexpr std::string_view kOther = "株式会社別";
constexpr std::size_t kApplications = 5;
constexpr std::size_t kGivenMax = 3;

/// How long after the command before. From `kToMonth` on: to an edge of a certificate's life.
constexpr std::array kGaps{seconds(0), minutes(1), minutes(10), hours(1), hours(5),
                           days(1),    days(2),    days(4),     days(10), days(40)};
constexpr std::uint8_t kToMonth = kGaps.size();    // the last second before its month of expiry
constexpr std::uint8_t kIntoMonth = kToMonth + 1;  // the first second of it
constexpr std::uint8_t kToEnd = kToMonth + 2;      // its last second
constexpr std::uint8_t kPastEnd = kToMonth + 3;    // the second after
constexpr std::uint8_t kToOpening = kToMonth + 4;  // the desk opens
constexpr std::uint8_t kGapCount = kToMonth + 5;

// -- requests
// ---------------------------------------------------------------------------------------

/// A request as both an event and a scenario can be made of it.
struct Field {
  enum class Kind : std::uint8_t { text, list, truth, number, instant, csr, code };
  std::string_view name;
  Kind kind = Kind::text;
  std::string text;
  std::vector<std::string> items;
  std::int64_t number = 0;
};

struct CsrSpec {
  std::string_view key;
  bool bad_signature = false;
};
constexpr std::array kCsrs{CsrSpec{"rsa-2048-a"}, CsrSpec{"rsa-2048-b"}, CsrSpec{"p256-a"},
                           CsrSpec{"rsa-1024-weak"}, CsrSpec{"rsa-2048-a", true}};
constexpr std::int64_t kWeak = 3;
constexpr std::int64_t kUnsigned = 4;

/// Real requests, made once: campaigns speak of the same keys and problems as scenarios do.
struct Prepared {
  std::string text, cn, key, problem;
};
const Prepared& csr_of(std::int64_t spec, std::string_view name) {
  static const auto all = [] {
    std::map<std::pair<std::int64_t, std::string>, Prepared> made;
    for (std::size_t i = 0; i < kCsrs.size(); ++i)
      for (std::string_view cn : kNames) {
        fakes::ca::CsrRequest request;
        request.key_name = kCsrs[i].key;
        request.common_name = cn;
        if (kCsrs[i].bad_signature) request.spoil = fakes::ca::CsrSpoil::bad_signature;
        const auto pem = fakes::ca::make_csr(request);
        SHINSA_ASSERT(pem, "the key pool lacks a key of the campaigns");
        const auto report = fakes::ca::examine_csr(*pem);
        made[{static_cast<std::int64_t>(i), std::string(cn)}] = {
            fakes::ca::abridge(*pem), report.common_name, report.key_sha256, report.problem};
      }
    return made;
  }();
  return all.at({spec, std::string(name)});
}

struct Said {
  std::string_view type;
  std::string subject;
  std::vector<Field> fields;
  void text(std::string_view name, std::string value) {
    fields.push_back({name, Field::Kind::text, std::move(value), {}, 0});
  }
  void list(std::string_view name, std::vector<std::string> items) {
    fields.push_back({name, Field::Kind::list, {}, std::move(items), 0});
  }
  void truth(std::string_view name, bool yes) {
    fields.push_back({name, Field::Kind::truth, yes ? "true" : "false", {}, yes});
  }
  void number(std::string_view name, std::int64_t value) {
    fields.push_back({name, Field::Kind::number, std::to_string(value), {}, value});
  }
  void instant(std::string_view name, Instant value) {
    fields.push_back({name, Field::Kind::instant, to_text(value), {}, value.seconds});
  }
  void csr(std::int64_t spec, std::string cn) {
    fields.push_back({"csr", Field::Kind::csr, std::move(cn), {}, spec});
  }
  void drop(std::string_view name) {
    std::erase_if(fields, [&](const Field& f) { return f.name == name; });
  }
  void replace(std::string_view name, std::string value) {
    drop(name);
    text(name, std::move(value));
  }
};

/// `rsa-2048-a` of the pool, written for a scenario.
std::string yaml(const Field& field) {
  switch (field.kind) {
    case Field::Kind::list: {
      std::string text = "[";
      for (const std::string& item : field.items) text += (text.size() > 1 ? ", " : "") + item;
      return text + "]";
    }
    case Field::Kind::csr: {
      const CsrSpec& spec = kCsrs[static_cast<std::size_t>(field.number)];
      return "{key: " + std::string(spec.key) + ", cn: " + field.text +
             (spec.bad_signature ? ", spoil: bad-signature}" : "}");
    }
    case Field::Kind::code:
      return field.number ? "from-mail" : "\"" + field.text + "\"";
    default:
      return field.text;
  }
}

/// The same system under one choice of readings.
struct Profiles {
  std::map<std::string, std::string> readings;
  std::shared_ptr<const model::Profile> system;
  std::shared_ptr<const model::Profile> judge;
};

/// The seed of a story is the one that `shinsa run` uses unless told otherwise, so that a saved
/// scenario replays the shrunk run.
constexpr std::uint64_t kStorySeed = 1;

/// One run in progress: knows what the trace has shown, and nothing of the rules.
class Player {
 public:
  Player(const CampaignOptions& options, const Profiles& profiles, Monitor& monitor,
         bool write_story)
      : options_(options),
        readings_(profiles.readings),
        monitor_(monitor),
        cast_(fakes::Detail::events),
        writes_(write_story) {
    made_.system = profiles.system;
    made_.judge = profiles.judge;
    made_.seed = kStorySeed;
  }

  void begin(const Plan& plan) {
    start_ = *parse_instant(kStarts[plan.start % kStarts.size()]);
    conduct_ = conduct_of(plan.conduct);
    auto conduct = sim::Conduct::make(conduct_);
    SHINSA_ASSERT(conduct, "a campaign chooses what conduct does not offer");
    made_.start = start_;
    fault_ = kFaults[plan.fault % kFaults.size()];
    if (!fault_.empty()) made_.faults.push_back(*sim::parse_fault(fault_));
    made_.conduct = std::move(*conduct);
    simulation_ = std::make_unique<sim::Simulation>(made_);
    cast_.join(*simulation_);
    std::vector<std::string> readings;
    for (const auto& [id, name] : readings_) readings.push_back(id + "=" + name);
    simulation_->open(readings);
    world();
    follow();
  }

  /// Carries out a command; one whose object does not exist makes its request all the same.
  void take(const Command& command) {
    if (stuck_) return;
    if (command.verb == Verb::give) return give(command);
    wait(command);
    if (stuck_) return;
    const Said said = request(command);
    if (said.type.empty()) return;
    ++requests_;
    const sim::Stepped stepped = happen(said);
    if (!stepped.outcome.accepted) {
      ++refused_;
      for (ClauseIndex index : stepped.outcome.clauses) refusals_.insert(index);
    }
    if (writes_) steps_ += as_step(said);
    follow();
  }

  void finish() {
    if (!stuck_)
      if (auto done = simulation_->settle(days(60)); !done) stuck(done.error());
    simulation_->close();
    monitor_.reset();
    const auto& trace = simulation_->trace();
    for (std::size_t i = 0; i < trace.size(); ++i)
      monitor_.see(trace[i].event, simulation_->facts(), i + 1);
    monitor_.end(simulation_->now());
  }

  // -- what came of it
  // -------------------------------------------------------------------------------

  [[nodiscard]] bool failed() const {
    return stuck_ || simulation_->judge().violations() > 0 || !monitor_.breaches().empty();
  }
  [[nodiscard]] std::set<std::string> clauses() const {
    std::set<std::string> ids;
    if (stuck_) return {"stuck"};  // what is owed then was not failed by a rule
    for (const sim::Finding* finding : first_findings())
      for (ClauseIndex index : finding->clauses) ids.emplace(clause(index).id);
    return ids;
  }
  [[nodiscard]] std::set<std::size_t> broken_laws() const {
    std::set<std::size_t> all;
    if (stuck_) return all;
    const auto& breaches = monitor_.breaches();
    for (const Breach& breach : breaches)
      if (breach.line == std::ranges::min(breaches, {}, &Breach::line).line) all.insert(breach.law);
    return all;
  }
  [[nodiscard]] std::vector<Words> sentences() const {
    std::vector<Words> all;
    if (stuck_) return {Words(*stuck_)};
    for (const sim::Finding* finding : first_findings())
      all.push_back(sim::explain(*finding, simulation_->facts()));
    const std::size_t more = simulation_->judge().violations() - all.size();
    if (more)
      all.emplace_back("(" + std::to_string(more) + " more after it)",
                       "(以降さらに" + std::to_string(more) + "件)");
    return all;
  }
  [[nodiscard]] std::string story(const std::string& why) const {
    std::string text = "# Found by shinsa fuzz: " + why + "\ntitle: A counterexample\n";
    text += "title_ja: 反例\nsystem: " + options_.system + "\n";
    if (!options_.mutants.empty()) {
      text += "mutants: [";
      for (std::size_t i = 0; i < options_.mutants.size(); ++i)
        text += (i ? ", " : "") + options_.mutants[i];
      text += "]\n";
    }
    text += "given:\n  start: " + to_text(start_) + "\n";
    if (!readings_.empty()) {
      text += "  readings: {";
      for (auto it = readings_.begin(); it != readings_.end(); ++it)
        text += (it == readings_.begin() ? "" : ", ") + it->first + ": " + it->second;
      text += "}\n";
    }
    text += "  conduct: {";
    for (auto it = conduct_.begin(); it != conduct_.end(); ++it)
      text += (it == conduct_.begin() ? "" : ", ") + it->first + ": " + it->second;
    text += "}\n";
    if (!fault_.empty()) text += "  faults: [\"" + std::string(fault_) + "\"]\n";
    text += "  facts:\n" + facts_ + "steps:\n" + (steps_.empty() ? "  - wait: P1D\n" : steps_);
    return text;
  }
  [[nodiscard]] const sim::Simulation& simulation() const { return *simulation_; }
  [[nodiscard]] std::size_t requests() const { return requests_; }
  [[nodiscard]] std::size_t refused() const { return refused_; }
  [[nodiscard]] const std::set<ClauseIndex>& refusals() const { return refusals_; }

  // -- what the customer knows
  // -----------------------------------------------------------------------

  struct Order {
    bool opened = false;
    bool is_order = false;
    bool guided = false;
    std::size_t forms = 0;
    std::string code;
    std::string bill;
    std::int64_t fee = 0;
    bool paid = false;
    bool approved = false;
    bool issued = false;
  };
  struct Known {
    std::string subject;
    std::string name;
    std::string kind = "DV";
    std::string organisation;
    std::vector<std::string> names;
    Instant end;
    bool revoked = false;
  };
  [[nodiscard]] const std::array<Order, kApplications>& orders() const { return orders_; }
  [[nodiscard]] const std::vector<Known>& certificates() const { return certificates_; }

 private:
  /// Where judge and system part: what comes later may only follow from it.
  [[nodiscard]] std::vector<const sim::Finding*> first_findings() const {
    std::vector<const sim::Finding*> first;
    for (const sim::Finding& finding : simulation_->judge().findings()) {
      if (finding.kind == sim::Finding::Kind::remark) continue;
      if (!first.empty() && finding.line < first.front()->line) first.clear();
      if (first.empty() || finding.line == first.front()->line) first.push_back(&finding);
    }
    return first;
  }

  void stuck(const Error& error) { stuck_ = error.text(); }

  void fact(const Said& said) {
    happen(said);
    if (!writes_) return;
    facts_ += "    - " + std::string(said.type) + ": " + said.subject + "\n";
    for (const Field& field : said.fields)
      facts_ += "      " + std::string(field.name) + ": " + yaml(field) + "\n";
  }

  std::string as_step(const Said& said) const {
    std::string text = "  - request: " + std::string(said.type) + "\n    subject: " + said.subject +
                       "\n    at: " + to_text(simulation_->now()) + "\n";
    if (said.fields.empty()) return text;
    text += "    data:\n";
    for (const Field& field : said.fields)
      text += "      " + std::string(field.name) + ": " + yaml(field) + "\n";
    return text;
  }

  void world() {
    for (const auto& [id, billing, managed] :
         {std::tuple{"customer/C1", "billing@example.jp", "managed.jp"},
          std::tuple{"customer/C2", "billing@other.jp", "other.jp"}}) {
      Said said{"fact.customer", id, {}};
      said.text("billing_mail", billing);
      said.list("managed_domains", {managed});
      fact(said);
    }
    for (const auto& [organisation, number] :
         {std::pair{kOrganisation, "03-0000-0001"}, std::pair{kOther, "03-0000-0002"}}) {
      Said entry{"fact.directory", "organisation/" + std::string(organisation), {}};
      entry.text("number", number);
      entry.text("source", "iタウンページ");
      fact(entry);
    }
    for (const auto& [product, yen] : {std::pair{"DV", 9900}, std::pair{"OV", 55000}}) {
      Said price{"fact.price", "product/" + std::string(product), {}};
      price.number("amount", yen);
      fact(price);
    }
  }

  void give(const Command& command) {
    const std::string subject =
        "certificate/" + std::string(1, static_cast<char>('A' + command.certificate % kGivenMax));
    for (const Known& known : certificates_)
      if (known.subject == subject) return;
    Said said{"fact.certificate", subject, {}};
    const std::string name(kNames[command.application % kNames.size()]);
    const unsigned v = command.variant % 10;
    const bool ov = v == 1 || v == 2 || v == 9;
    said.text("customer", v == 8 ? "customer/C2" : "customer/C1");
    said.text("cn", name);
    said.text("kind", ov ? "OV" : "DV");
    const Date today = date_of(start_);
    const int months = v == 6 ? 0 : v == 7 ? 1 : v == 4 ? -1 : 4;
    said.instant("not_before", start_of(plus_months(today, -8)));
    said.instant("not_after", last_second_of(end_of_month(plus_months(today, months))));
    said.list("sans", {name});
    if (ov) said.text("organisation", std::string(v == 9 ? kOther : kOrganisation));
    if (v == 1 || v == 9) said.instant("telephone_confirmed", start_of(plus_years(today, -1)));
    if (v == 2) said.instant("telephone_confirmed", start_of(plus_years(today, -3)));
    if (v == 3) said.instant("revoked", start_ - days(5));
    if (v == 5) said.text("issued_by", "other");
    fact(said);
    follow();
  }

  void wait(const Command& command) {
    Instant to = simulation_->now();
    if (command.gap < kToMonth) {
      to = to + kGaps[command.gap];
    } else if (command.gap == kToOpening) {
      to = next_open(to + seconds(1), made_.judge->desk());
    } else if (!certificates_.empty()) {
      const Instant end = certificates_[command.certificate % certificates_.size()].end;
      if (command.gap == kToMonth) to = start_of_month(end) - seconds(1);
      if (command.gap == kIntoMonth) to = start_of_month(end);
      if (command.gap == kToEnd) to = end;
      if (command.gap == kPastEnd) to = end + seconds(1);
      to = std::max(to, simulation_->now());
    }
    if (auto done = simulation_->run_until(to); !done) stuck(done.error());
    follow();
  }

  /// Reads what happened since, as the customer would.
  void follow() {
    const auto& trace = simulation_->trace();
    for (; read_ < trace.size(); ++read_) learn(trace[read_].event);
  }

  Order* order_of(TextId subject) {
    const std::string_view name = simulation_->facts().text(subject);
    if (!name.starts_with("application/")) return nullptr;
    const auto number = static_cast<std::size_t>(name.back() - '1');
    return number < orders_.size() ? &orders_[number] : nullptr;
  }

  void learn(const Event& event) {
    Facts& facts = simulation_->facts();
    const Record& said = facts.record(event.data);
    if (event.type == kType<"mail.sent">) {
      Order* order = order_of(event.subject);
      if (!order) return;
      const Value code = said.fields[kField<"mail.sent", "code">];
      if (code.present())
        order->code = facts.text(code.text());
      else
        order->guided = true;
    } else if (event.type == kType<"invoice.issued">) {
      if (Order* order = order_of(event.subject)) {
        order->bill = facts.text(said.fields[kField<"invoice.issued", "bill">].text());
        order->fee = said.fields[kField<"invoice.issued", "amount">].number();
      }
    } else if (event.type == kType<"certificate.revoked">) {
      for (Known& known : certificates_)
        if (known.subject == facts.text(event.subject)) known.revoked = true;
    } else if (event.type == kType<"certificate.issued">) {
      if (Order* order = order_of(said.fields[kField<"certificate.issued", "application">].text()))
        order->issued = true;
      know(event, said.fields[kField<"certificate.issued", "cn">],
           said.fields[kField<"certificate.issued", "kind">],
           said.fields[kField<"certificate.issued", "organisation">],
           said.fields[kField<"certificate.issued", "sans">],
           said.fields[kField<"certificate.issued", "not_after">]);
    } else if (event.type == kType<"fact.certificate">) {
      know(event, said.fields[kField<"fact.certificate", "cn">],
           said.fields[kField<"fact.certificate", "kind">],
           said.fields[kField<"fact.certificate", "organisation">],
           said.fields[kField<"fact.certificate", "sans">],
           said.fields[kField<"fact.certificate", "not_after">]);
    }
  }

  void know(const Event& event, Value name, Value kind, Value organisation, Value names,
            Value end) {
    Facts& facts = simulation_->facts();
    Known known;
    known.subject = facts.text(event.subject);
    known.name = facts.text(name.text());
    known.kind = choice_word(kProducts, kind.number());
    if (organisation.present()) known.organisation = facts.text(organisation.text());
    for (TextId id : facts.list(names.list())) known.names.emplace_back(facts.text(id));
    known.end = end.instant();
    certificates_.push_back(std::move(known));
  }

  const Known* known(std::uint8_t n) const {
    return certificates_.empty() ? nullptr : &certificates_[n % certificates_.size()];
  }
  /// As a scenario names it: those issued in the run have no name that a story could know.
  std::string reference(std::uint8_t n) const {
    const Known* one = known(n);
    return one ? one->subject : "certificate/none";
  }

  // -- requests
  // ----------------------------------------------------------------------------------------

  Said request(const Command& c) {
    const std::size_t number = c.application % kApplications;
    Order& order = orders_[number];
    const std::string subject = "application/" + std::to_string(number + 1);
    switch (c.verb) {
      case Verb::give:
        return {};
      case Verb::inquire:
        return inquiry(c, order, subject);
      case Verb::form:
        return form(c, order, subject);
      case Verb::order:
        return new_order(c, order, subject);
      case Verb::pay: {
        Said said{c.variant == 4 ? "payment.received" : "payment.made", subject, {}};
        said.text("bill", c.variant == 1 || order.bill.empty() ? "BILL99999999" : order.bill);
        said.number("amount", c.variant == 2 ? std::max<std::int64_t>(order.fee - 1, 1)
                                             : std::max<std::int64_t>(order.fee, 1));
        said.text("method", c.variant == 3 ? "bank-transfer" : "card");
        order.paid = order.paid || (c.variant != 1 && c.variant != 2);
        return said;
      }
      case Verb::approve: {
        Said said{"domain.approved", subject, {}};
        const bool right = c.variant == 0 && !order.code.empty();
        said.fields.push_back({"code", Field::Kind::code, right ? order.code : "0000", {}, right});
        order.approved = order.approved || right;
        return said;
      }
      case Verb::resubmit: {
        Said said{"application.resubmitted", subject, {}};
        const std::string name = order_names_[number];
        const std::string other(name == kNames[0] ? kNames[1] : kNames[0]);
        if (c.variant % 6 == 0) said.text("authentication_mail", "webmaster@example.jp");
        if (c.variant % 6 == 1) said.csr(1, name);
        if (c.variant % 6 == 2) said.csr(kWeak, name);
        if (c.variant % 6 == 3) said.text("csr", "no marks at all");
        if (c.variant % 6 == 4) said.csr(kUnsigned, name);
        if (c.variant % 6 == 5) said.csr(1, other);
        return said;
      }
      case Verb::revoke: {
        Said said{"revocation.requested", reference(c.certificate), {}};
        said.text("reason", c.variant % 2 ? "key-compromise" : "superseded");
        return said;
      }
      case Verb::page:
        return {"mypage.opened", subject, {}};
      case Verb::ask: {
        constexpr std::array topics{"progress", "technical", "csr"};
        Said said{"question.asked", "question/" + std::to_string(number + 1), {}};
        said.text("topic", topics[c.variant % 3]);
        if (c.variant < 3) said.text("cn", std::string(kNames[0]));
        return said;
      }
      case Verb::configure:
        return {"server.configured", reference(c.certificate), {}};
    }
    return {};
  }

  Said inquiry(const Command& c, Order& order, const std::string& subject) {
    Said said{"inquiry.received", subject, {}};
    const Known* source = known(c.certificate);
    said.text("customer", "customer/C1");
    said.text("channel", c.variant == 1 ? "reply" : "form");
    said.text("from", "taro@example.jp");
    if (c.variant == 1 && source)
      said.text("in_reply_to", source->subject);
    else if (c.variant != 2)
      said.text("cn", source ? source->name : std::string(kNames[0]));
    if (c.variant == 3) said.text("bill", "BILL00000001");
    order.opened = true;
    return said;
  }

  Said form(const Command& c, Order& order, const std::string& subject) {
    Said said{"application.returned", subject, {}};
    const Known* source = known(c.certificate);
    const std::string name = source ? source->name : std::string(kNames[0]);
    said.text("source", reference(c.certificate));
    said.text("cn", name);
    said.text("kind", source ? source->kind : "DV");
    if (source && !source->organisation.empty()) said.text("organisation", source->organisation);
    said.list("sans", source && !source->names.empty() ? source->names : std::vector{name});
    said.text("authentication_mail", "admin@example.jp");
    said.csr(0, name);
    said.truth("consent", c.variant != 1);
    switch (c.variant) {
      case 2:
        said.drop("csr");
        break;
      case 3:
        said.replace("csr", "no marks at all");
        break;
      case 4:
        said.drop("csr");
        said.csr(kWeak, name);
        break;
      case 5:
        said.drop("csr");
        said.csr(kUnsigned, name);
        break;
      case 6:
        said.drop("authentication_mail");
        break;
      case 7:
        said.replace("cn", name == kNames[0] ? std::string(kNames[1]) : std::string(kNames[0]));
        break;
      case 8:
        said.replace("kind", source && source->kind == "OV" ? "DV" : "OV");
        break;
      case 9:
        said.replace("source", "certificate/none");
        break;
      case 10:
        said.drop("sans");
        said.list("sans", {name, "example.jp"});
        said.truth("double_address", true);
        break;
      case 11:
        said.text("revoke_first", reference(static_cast<std::uint8_t>(c.certificate + 1)));
        break;
      case 12:
        said.text("reason", "社名変更");
        said.replace("organisation", std::string(kOrganisation));
        break;
      case 13:
        said.drop("csr");
        said.csr(2, name);
        break;
      default:
        break;
    }
    ++order.forms;
    order_names_[c.application % kApplications] = name;
    return said;
  }

  Said new_order(const Command& c, Order& order, const std::string& subject) {
    Said said{"order.received", subject, {}};
    const std::string name(kNames[c.certificate % kNames.size()]);
    const bool ov = c.variant == 1 || c.variant == 7;
    said.text("customer", "customer/C1");
    said.text("cn", name);
    said.text("kind", ov ? "OV" : "DV");
    if (ov) said.text("organisation", std::string(kOrganisation));
    said.list("sans", {name});
    said.text("authentication_mail", "admin@example.jp");
    said.csr(0, name);
    said.text("payment", c.variant >= 6 ? "bank-transfer" : "card");
    if (c.variant == 2) said.drop("csr");
    if (c.variant == 3) said.replace("csr", "no marks at all");
    if (c.variant == 4) said.drop("authentication_mail");
    if (c.variant == 5 || c.variant == 8) {
      said.drop("csr");
      said.csr(c.variant == 5 ? kWeak : kUnsigned, name);
    }
    order.opened = true;
    order.is_order = true;
    order_names_[c.application % kApplications] = name;
    return said;
  }

  sim::Stepped happen(const Said& said) {
    Facts& facts = simulation_->facts();
    const TypeIndex type = *find_type(said.type);
    RecordBuilder record(facts, type);
    for (const Field& field : said.fields) switch (field.kind) {
        case Field::Kind::text:
        case Field::Kind::code:
          record.set(field.name, std::string_view(field.text));
          break;
        case Field::Kind::truth:
          record.set(field.name, field.number != 0);
          break;
        case Field::Kind::number:
          record.set(field.name, field.number);
          break;
        case Field::Kind::instant:
          record.set(field.name, Instant{field.number});
          break;
        case Field::Kind::list: {
          std::vector<TextId> items;
          for (const std::string& item : field.items) items.push_back(facts.intern(item));
          record.set(field.name, facts.intern_list(items));
          break;
        }
        case Field::Kind::csr: {
          const Prepared& csr = csr_of(field.number, field.text);
          record.set("csr", std::string_view(csr.text)).set("csr_cn", std::string_view(csr.cn));
          if (!csr.key.empty()) record.set("key", std::string_view(csr.key));
          if (!csr.problem.empty()) record.set("csr_problem", std::string_view(csr.problem));
          break;
        }
      }
    return simulation_->happen(type, facts.intern(said.subject), record.build());
  }

  const CampaignOptions& options_;
  const std::map<std::string, std::string>& readings_;
  Monitor& monitor_;
  fakes::Cast cast_;
  bool writes_;
  sim::SimulationOptions made_;
  std::unique_ptr<sim::Simulation> simulation_;
  Instant start_;
  std::map<std::string, std::string> conduct_;
  std::string_view fault_;
  std::array<Order, kApplications> orders_;
  std::array<std::string, kApplications> order_names_{
      std::string(kNames[0]), std::string(kNames[0]), std::string(kNames[0]),
      std::string(kNames[0]), std::string(kNames[0])};
  std::vector<Known> certificates_;
  std::size_t read_ = 0;
  std::size_t requests_ = 0;
  std::size_t refused_ = 0;
  std::set<ClauseIndex> refusals_;
  std::optional<std::string> stuck_;
  std::string facts_;
  std::string steps_;
};

// -- drawing
// ------------------------------------------------------------------------------------------

/// Draws what is done next, with an eye on what the customer has seen: mostly what leads on, often
/// wrong in one way, sometimes anything at all. There is always something to do.
class Drawer {
 public:
  Drawer(std::uint64_t seed, std::size_t readings) : dice_(seed), readings_(readings) {}

  Plan beginning() {
    Plan plan;
    plan.start = below(kStarts.size());
    plan.conduct = below(kConducts);
    plan.fault = dice_.chance(0.5) ? 0 : below(kFaults.size());
    plan.reading = dice_.chance(0.6) ? 0 : below(readings_);
    const std::size_t given = dice_.chance(0.4) ? 0 : 1 + below(kGivenMax);
    for (std::size_t i = 0; i < given; ++i) {
      Command give{Verb::give, 0, static_cast<std::uint8_t>(i), 0, 0};
      give.application = dice_.chance(0.7) ? 0 : below(kNames.size());
      give.variant = dice_.chance(0.45) ? below(2) : below(10);
      plan.commands.push_back(give);
    }
    return plan;
  }

  Command next(const Player& player) {
    const bool any = dice_.chance(0.12);
    Command c = any ? anything() : useful(player);
    if (c.gap == 0) c.gap = gap();
    return c;
  }

 private:
  std::uint8_t below(std::size_t n) { return static_cast<std::uint8_t>(dice_.below(n)); }
  /// In order with probability p, else one of the other `n - 1` variants.
  std::uint8_t variant(double p, std::size_t n) {
    return dice_.chance(p) ? 0 : static_cast<std::uint8_t>(1 + below(n - 1));
  }

  std::uint8_t gap() {
    static constexpr std::array<std::uint8_t, 20> weighted{0, 0, 1, 1, 2, 3, 3, 3, 4, 4,
                                                           5, 5, 5, 5, 6, 6, 7, 7, 8, 9};
    if (dice_.chance(0.08)) return kToOpening;
    if (dice_.chance(0.05))
      return static_cast<std::uint8_t>(kToMonth + below(kGapCount - kToMonth));
    return weighted[below(weighted.size())];
  }

  Command anything() {
    Command c;
    c.verb = static_cast<Verb>(1 + below(10));
    c.application = below(kApplications);
    c.certificate = below(4);
    c.variant = below(14);
    return c;
  }

  Command useful(const Player& player) {
    const auto& orders = player.orders();
    const auto& certificates = player.certificates();
    Command c;
    c.application = below(3);
    if (dice_.chance(0.15)) c.application = below(kApplications);
    const Player::Order& order = orders[c.application];
    const std::size_t known = std::max<std::size_t>(certificates.size(), 1);
    // The newest certificate is the most likely one.
    c.certificate = static_cast<std::uint8_t>(dice_.chance(0.5) ? known - 1 : below(known));
    if (dice_.chance(0.08)) {
      c.verb = Verb::page;
    } else if (dice_.chance(0.03)) {
      c.verb = Verb::ask;
      c.variant = below(6);
    } else if (!order.opened) {
      const bool reissue = !certificates.empty() && dice_.chance(0.65);
      c.verb = reissue ? Verb::inquire : Verb::order;
      if (!reissue) c.certificate = dice_.chance(0.6) ? 0 : below(kNames.size());
      c.variant = reissue ? variant(0.7, 4) : (dice_.chance(0.75) ? draw_order() : below(9));
    } else if (order.issued) {
      after_issue(c);
    } else if (order.is_order && !order.paid) {
      c.verb = dice_.chance(0.08) ? Verb::resubmit : Verb::pay;
      c.variant = dice_.chance(0.4) ? 0 : dice_.chance(0.4) ? 3 : below(5);
    } else if (!order.is_order && order.guided && order.forms == 0) {
      c.verb = Verb::form;
      c.variant = dice_.chance(0.45)   ? 0
                  : dice_.chance(0.35) ? static_cast<std::uint8_t>(10 + below(4))
                                       : below(14);
    } else if (!order.code.empty() && !order.approved) {
      c.verb = dice_.chance(0.1) ? Verb::resubmit : Verb::approve;
      c.variant = c.verb == Verb::resubmit ? below(6) : variant(0.85, 2);
    } else if (!order.is_order && order.guided && dice_.chance(0.6)) {
      c.verb = Verb::form;  // the form before may have been refused
      c.variant = dice_.chance(0.6) ? 0 : below(14);
    } else if (!certificates.empty() && dice_.chance(0.5)) {
      after_issue(c);
    } else {
      c.verb = dice_.chance(0.3) ? Verb::resubmit : Verb::page;
      c.variant = below(5);
    }
    return c;
  }

  std::uint8_t draw_order() {
    static constexpr std::array<std::uint8_t, 6> sound{0, 0, 0, 6, 1, 7};
    return sound[below(sound.size())];
  }

  void after_issue(Command& c) {
    const unsigned what = below(10);
    if (what < 4) {
      c.verb = Verb::revoke;
      c.variant = below(2);
    } else if (what < 6) {
      c.verb = Verb::page;
    } else if (what < 8) {
      c.verb = Verb::configure;
    } else {
      c.verb = Verb::resubmit;
      c.variant = below(6);
    }
  }

  sim::Stream dice_;
  std::size_t readings_;
};

std::uint64_t seed_of(std::uint64_t campaign, std::size_t run) {
  sim::Stream mix(campaign * 0x9e3779b97f4a7c15ull + run);
  return mix.next();
}

Result<Profiles> profiles_under(const CampaignOptions& options,
                                const std::map<std::string, std::string>& readings) {
  auto judge = model::make_profile({options.system, readings, {}});
  if (!judge) return Failure(judge.error());
  if (options.mutants.empty()) return Profiles{readings, *judge, *judge};
  auto system = model::make_profile({options.system, readings, options.mutants});
  if (!system) return Failure(system.error());
  return Profiles{readings, *system, *judge};
}

/// The readings asked for, then each of the others that leaves a choice in each of its other
/// meanings.
Result<std::vector<Profiles>> profiles_of(const CampaignOptions& options) {
  std::vector<Profiles> all;
  auto first = profiles_under(options, options.readings);
  if (!first) return Failure(first.error());
  if (laws(options.system).empty())
    return fail("no campaign for system '" + options.system + "' yet", "--system");
  all.push_back(std::move(*first));
  for (const Reading& reading : readings()) {
    const std::string id(reading.id);
    if (reading.system != options.system || options.readings.contains(id)) continue;
    for (const Alternative& other : reading.alternatives.subspan(1)) {
      auto readings = options.readings;
      readings[id] = other.name;
      auto profiles = profiles_under(options, readings);
      if (!profiles) return Failure(profiles.error());
      all.push_back(std::move(*profiles));
    }
  }
  return all;
}

/// What a run must show again for a smaller one to count as the same failure: the first divergence
/// of either oracle.
struct Signature {
  std::set<std::string> clauses;
  std::set<std::size_t> laws;
  [[nodiscard]] std::size_t oracles() const { return (clauses.empty() ? 0u : 1u) + laws.size(); }
  [[nodiscard]] bool is_in(const Signature& other) const {
    return std::ranges::includes(other.clauses, clauses) && std::ranges::includes(other.laws, laws);
  }
};

class Campaign {
 public:
  /// @param profiles  the first under the readings asked for, each other with one more changed.
  Campaign(const CampaignOptions& options, std::vector<Profiles> profiles)
      : options_(options), profiles_(std::move(profiles)) {}

  /// Draws and plays one run. @return its plan and what the oracles say, if they fired.
  struct Drawn {
    Plan plan;
    Signature signature;
    bool failed = false;
  };
  Drawn draw(std::size_t run, Monitor& monitor, CampaignResult* into) const {
    Drawer drawer(seed_of(options_.seed, run), profiles_.size());
    Drawn drawn;
    drawn.plan = drawer.beginning();
    Player player(options_, profiles_for(drawn.plan), monitor, false);
    player.begin(drawn.plan);
    for (const Command& command : drawn.plan.commands) player.take(command);
    while (player.requests() < options_.requests &&
           drawn.plan.commands.size() < 4 * options_.requests) {
      const Command command = drawer.next(player);
      drawn.plan.commands.push_back(command);
      player.take(command);
    }
    player.finish();
    drawn.failed = player.failed();
    if (drawn.failed) drawn.signature = {player.clauses(), player.broken_laws()};
    if (into) add(*into, run, player, monitor);
    return drawn;
  }

  std::optional<Signature> fails(const Plan& plan, Monitor& monitor) const {
    Player player(options_, profiles_for(plan), monitor, false);
    player.begin(plan);
    for (const Command& command : plan.commands) player.take(command);
    player.finish();
    if (!player.failed()) return std::nullopt;
    return Signature{player.clauses(), player.broken_laws()};
  }

  PlanRun tell(const Plan& plan, Monitor& monitor) const {
    Player player(options_, profiles_for(plan), monitor, true);
    player.begin(plan);
    for (const Command& command : plan.commands) player.take(command);
    player.finish();
    PlanRun told;
    const auto clauses = player.clauses();
    const auto broken = player.broken_laws();
    told.clauses.assign(clauses.begin(), clauses.end());
    told.laws.assign(broken.begin(), broken.end());
    told.sentences = player.sentences();
    std::string why;
    for (const std::string& id : told.clauses) why += (why.empty() ? "" : ", ") + id;
    for (std::size_t law : told.laws)
      why += (why.empty() ? "law " : ", law ") + std::string(laws(options_.system)[law].name);
    told.story = player.story(why);
    return told;
  }

  /// Takes commands away and makes what is left plainer, as long as the same oracles fire. The
  /// candidates are RapidCheck's.
  Plan shrink(Plan plan, const Signature& wanted, Monitor& monitor) const {
    std::size_t budget = 20'000;
    const auto better = [&](const Plan& candidate) {
      if (budget == 0) return false;
      --budget;
      const auto signature = fails(candidate, monitor);
      return signature && wanted.is_in(*signature);
    };
    for (bool improved = true; improved && budget;) {
      improved = false;
      for (std::uint8_t Plan::*drawn : {&Plan::reading, &Plan::conduct, &Plan::start, &Plan::fault})
        if (plan.*drawn != 0) {
          Plan candidate = plan;
          candidate.*drawn = 0;
          if (better(candidate)) {
            plan = candidate;
            improved = true;
          }
        }
      auto fewer = rc::shrink::removeChunks(plan.commands);
      while (auto commands = fewer.next()) {
        Plan candidate = plan;
        candidate.commands = std::move(*commands);
        if (!better(candidate)) continue;
        plan = std::move(candidate);
        improved = true;
        break;
      }
      if (improved) continue;
      auto plainer = rc::shrink::eachElement(plan.commands, plainer_command);
      while (auto commands = plainer.next()) {
        Plan candidate = plan;
        candidate.commands = std::move(*commands);
        if (!better(candidate)) continue;
        plan = std::move(candidate);
        improved = true;
        break;
      }
    }
    return plan;
  }

  [[nodiscard]] CampaignResult empty() const {
    CampaignResult result;
    result.coverage = model::Coverage(*profiles_.front().system);
    result.shown.resize(laws(options_.system).size());
    return result;
  }

 private:
  static rc::Seq<Command> plainer_command(const Command& command) {
    std::vector<Command> all;
    const auto with = [&](std::uint8_t Command::*field, std::uint8_t value) {
      if (command.*field <= value) return;
      Command one = command;
      one.*field = value;
      all.push_back(one);
    };
    for (auto field :
         {&Command::variant, &Command::gap, &Command::certificate, &Command::application})
      for (std::uint8_t value : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{5}})
        with(field, value);
    return rc::seq::fromContainer(std::move(all));
  }

  void add(CampaignResult& into, std::size_t run, const Player& player,
           const Monitor& monitor) const {
    ++into.runs;
    into.requests += player.requests();
    into.refused += player.refused();
    into.events += player.simulation().trace().size();
    into.coverage.add(player.simulation().coverage());
    const auto count = [run](Seen& seen) {
      if (seen.count++ == 0 || run < seen.witness) seen.witness = run;
    };
    for (ClauseIndex index : player.refusals()) count(into.refusals[std::string(clause(index).id)]);
    for (std::size_t law = 0; law < monitor.shown().size(); ++law)
      if (monitor.shown()[law]) count(into.shown[law]);
  }

  [[nodiscard]] const Profiles& profiles_for(const Plan& plan) const {
    return profiles_[plan.reading % profiles_.size()];
  }

  const CampaignOptions& options_;
  std::vector<Profiles> profiles_;
};

void add(CampaignResult& into, const CampaignResult& from) {
  into.runs += from.runs;
  into.requests += from.requests;
  into.refused += from.refused;
  into.events += from.events;
  into.coverage.add(from.coverage);
  const auto merge = [](Seen& a, const Seen& b) {
    if (b.count == 0) return;
    a.witness = a.count ? std::min(a.witness, b.witness) : b.witness;
    a.count += b.count;
  };
  for (const auto& [id, seen] : from.refusals) merge(into.refusals[id], seen);
  for (std::size_t i = 0; i < from.shown.size(); ++i) merge(into.shown[i], from.shown[i]);
}

constexpr std::size_t kChunk = 250;        // runs that a thread takes at a time
constexpr std::size_t kOthersTried = 400;  // runs looked at for a plainer one of the same failure

}  // namespace

std::size_t Plan::requests() const { return commands.size() - given(); }
std::size_t Plan::given() const {
  return static_cast<std::size_t>(std::ranges::count(commands, Verb::give, &Command::verb));
}

Result<CampaignResult> run_campaign(const CampaignOptions& options) {
  auto profiles = profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const Campaign campaign(options, std::move(*profiles));
  CampaignResult result = campaign.empty();
  std::mutex door;
  std::atomic<std::size_t> next_chunk{0};
  std::atomic<std::size_t> first_failure{SIZE_MAX};
  std::atomic<std::size_t> done{0};
  std::atomic<bool> stopped{false};
  const auto work = [&] {
    const auto monitor = make_monitor(options.system);
    CampaignResult mine = campaign.empty();
    while (true) {
      const std::size_t from = next_chunk++ * kChunk;
      if (from >= options.runs || from > first_failure) break;
      if (stopped || (options.stop && options.stop())) {
        stopped = true;
        break;
      }
      const std::size_t to = std::min(from + kChunk, options.runs);
      for (std::size_t run = from; run < to; ++run) {
        if (run > first_failure) break;
        if (campaign.draw(run, *monitor, &mine).failed) {
          std::size_t known = first_failure;
          while (run < known && !first_failure.compare_exchange_weak(known, run)) {
          }
        }
        ++done;
      }
      if (options.progress) {
        const std::scoped_lock lock(door);
        options.progress(done);
      }
    }
    const std::scoped_lock lock(door);
    add(result, mine);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1u, options.jobs); ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (stopped) return fail("the campaign was stopped after " + std::to_string(done) + " runs");
  if (first_failure == SIZE_MAX) return result;

  // The failure that tells most: many oracles, nothing given beforehand, few requests.
  const auto monitor = make_monitor(options.system);
  const auto rank = [](const Campaign::Drawn& one) {
    return std::tuple(-static_cast<long>(one.signature.oracles()), one.plan.given(),
                      one.plan.requests());
  };
  Campaign::Drawn best = campaign.draw(first_failure, *monitor, nullptr);
  std::size_t best_run = first_failure;
  for (std::size_t run = first_failure + 1; run <= first_failure + kOthersTried; ++run) {
    Campaign::Drawn other = campaign.draw(run, *monitor, nullptr);
    if (!other.failed || rank(other) >= rank(best)) continue;
    best = std::move(other);
    best_run = run;
  }
  CampaignFailure failure;
  failure.run = best_run;
  failure.requests_before = best.plan.requests();
  failure.plan = campaign.shrink(best.plan, best.signature, *monitor);
  PlanRun told = campaign.tell(failure.plan, *monitor);
  failure.clauses = std::move(told.clauses);
  failure.laws = std::move(told.laws);
  failure.sentences = std::move(told.sentences);
  failure.story = std::move(told.story);
  result.failures.push_back(std::move(failure));
  return result;
}

Result<PlanRun> run_plan(const CampaignOptions& options, const Plan& plan) {
  auto profiles = profiles_of(options);
  if (!profiles) return Failure(profiles.error());
  const auto monitor = make_monitor(options.system);
  return Campaign(options, std::move(*profiles)).tell(plan, *monitor);
}

}  // namespace shinsa::properties
