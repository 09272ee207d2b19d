#include "scenarios/runner.hpp"

#include <algorithm>
#include <set>

#include "fakes/cast.hpp"
#include "model/catalogue/catalogue.hpp"
#include "model/vocabulary/assert.hpp"
#include "model/vocabulary/name.hpp"
#include "scenarios/records.hpp"
#include "sim/hash.hpp"
#include "sim/trace_writer.hpp"

namespace shinsa::scenarios {

namespace {

constexpr Duration kPatience = days(60);  // how long an expectation without `within` waits
constexpr Duration kAftermath =
    days(60);  // how long a story may go on by itself after its last step

/// One run in progress.
class Run {
 public:
  Run(const Story& story, const RunOptions& options, Names& names, StoryRun& result)
      : story_(story), options_(options), result_(result), cast_(options.detail), names_(names) {}

  /// @return false where it cannot or need not be run; then nothing else is asked of it.
  bool set_up() {
    if (!prepare()) return false;
    ready_ = true;
    return true;
  }
  /// The other parts of the file, this one included; they outlive the run.
  void know(const std::vector<std::unique_ptr<Run>>& all) { all_ = &all; }

  [[nodiscard]] bool goes_on() const { return ready_ && !stopped_; }
  [[nodiscard]] Instant now() const { return result_.simulation->now(); }
  /// Lets time pass that passes elsewhere.
  void keep_up(Instant to) {
    if (to > now()) check(simulation().run_until(to), story_.place);
  }
  /// Takes the step at a position of the story.
  void take(std::size_t step) {
    step_ = step;
    take(story_.steps[step]);
    if (options_.lean) simulation().forget_unneeded();
  }
  void finish() {
    // Where a story breaks off, the system goes on all the same: what it owes still comes.
    if (able_) {
      const auto settled = simulation().settle(kAftermath);
      if (!stopped_) check(settled, story_.place);
    }
    simulation().close();
    check_never();
    report_findings();
    check_covers();
    write_trace();
    if (result_.end == StoryRun::End::passed && !result_.misses.empty())
      result_.end = StoryRun::End::failed;
  }

 private:
  /// An expectation that must not come true between two places of the trace.
  struct Forbidden {
    const Step* step;
    std::size_t from;
  };

  sim::Simulation& simulation() { return *result_.simulation; }
  Facts& facts() { return simulation().facts(); }

  // -- before the first step
  // ----------------------------------------------------------------------------------------------

  bool prepare() {
    model::ProfileOptions chosen{story_.system, story_.readings, {}};
    for (const auto& [id, name] : options_.readings) chosen.readings[id] = name;
    auto judge = model::make_profile(chosen);
    if (!judge) return give_up(judge.error());
    if (!chosen_readings_hold() || !required_readings_hold(**judge)) return false;
    chosen.mutants = story_.mutants;
    const auto asked = model::mutants_for(story_.system, options_.mutants);
    chosen.mutants.insert(chosen.mutants.end(), asked.begin(), asked.end());
    if (std::ranges::count(options_.mutants, kNoMutant) > 0) chosen.mutants.clear();
    auto system = chosen.mutants.empty() ? judge : model::make_profile(chosen);
    if (!system) return give_up(system.error());
    auto conduct = sim::Conduct::make((*judge)->system, story_.conduct);
    if (!conduct) return give_up(conduct.error());
    sim::SimulationOptions made{*system, *judge, seed(), story_.start, std::move(*conduct), {}};
    std::vector<std::string> faults = story_.faults;
    faults.insert(faults.end(), options_.faults.begin(), options_.faults.end());
    for (const std::string& text : faults) {
      auto fault = sim::parse_fault(text);
      if (!fault) return give_up(fault.error());
      made.faults.push_back(*fault);
    }
    result_.simulation = std::make_unique<sim::Simulation>(std::move(made));
    cast_.join(simulation());
    std::vector<std::string> readings;
    for (const auto& [id, name] : chosen.readings) readings.push_back(id + "=" + name);
    simulation().open(readings);
    for (const Fact& fact : story_.facts) {
      const auto type = find_type(fact.type);
      SHINSA_ASSERT(type, "the loader lets only known types pass");
      simulation().happen(*type, facts().intern(fact.subject), record_of(*type, fact.data));
    }
    window_ = simulation().trace().size();
    return true;
  }

  /// Parts of one file draw different serial numbers and codes.
  [[nodiscard]] std::uint64_t seed() const {
    std::uint64_t seed = options_.seed;
    for (const char c : story_.part) seed = seed * 1'000'003 + static_cast<unsigned char>(c);
    return seed;
  }

  /// A story that chooses a reading itself says nothing about another one that was asked for.
  bool chosen_readings_hold() {
    for (const auto& [id, name] : story_.readings) {
      const auto asked = options_.readings.find(id);
      if (asked == options_.readings.end() || asked->second == name) continue;
      return not_applicable(true, id + "=" + name, id + "=" + asked->second);
    }
    return true;
  }

  bool required_readings_hold(const model::Profile& profile) {
    for (const auto& [id, name] : story_.requires_)
      for (std::size_t r = 0; r < readings().size(); ++r) {
        if (readings()[r].id != id) continue;
        const auto& chosen =
            readings()[r].alternatives[static_cast<std::size_t>(profile.readings[r])].name;
        if (chosen == name) continue;
        return not_applicable(false, id + "=" + name, id + "=" + std::string(chosen));
      }
    return true;
  }

  bool not_applicable(bool by_choice, const std::string& wanted, const std::string& is) {
    result_.end = StoryRun::End::not_applicable;
    result_.reason = {
        (by_choice ? "chooses " : "requires ") + wanted + ", but " + is + " is in force",
        wanted + (by_choice ? "を選ぶ" : "を前提とする") + "シナリオですが、" + is +
            "が適用されています"};
    return false;
  }

  bool give_up(const Error& error) {
    result_.end = StoryRun::End::error;
    result_.reason = error.text();
    result_.misses.push_back(
        {Miss::Kind::error, error.text(), story_.place.text(), {}, {}, {}, 0, {}});
    stopped_ = true;
    able_ = false;
    return false;
  }

  bool check(const Result<void>& done, const Place& place) {
    if (done) return true;
    Error error = done.error();
    if (error.where.empty() || error.where == "simulation") error.where = place.text();
    give_up(error);
    if (simulation().system().profile().mutation) {  // a mutant that cannot go on is found out
      result_.end = StoryRun::End::failed;
      result_.misses.back().kind = Miss::Kind::expectation;
    }
    return false;
  }

  // -- steps
  // --------------------------------------------------------------------------------------------------------------

  void take(const Step& step) {
    result_.steps.push_back({step_, true, simulation().now(), 0});
    switch (step.verb) {
      case Step::Verb::request:
        return request(step);
      case Step::Verb::expect:
        return expect(step);
      case Step::Verb::never:
        forbidden_.push_back({&step, simulation().trace().size()});
        return;
      case Step::Verb::wait:
        wait(step);
        return;
      case Step::Verb::mailbox:
        return mailbox(step);
    }
  }

  bool wait(const Step& step) {
    Instant to = simulation().now();
    if (step.at) to = *step.at;
    if (step.after) to = to + *step.after;
    if (to < simulation().now()) {
      miss(step, {}, not_before(simulation().now()), to_text(to),
           {"the step would go back in time", "この手順は時間を遡ります"});
      stopped_ = true;
      return false;
    }
    return check(simulation().run_until(to), step.place);
  }

  void request(const Step& step) {
    if (!wait(step)) return;
    const auto type = find_type(step.type);
    SHINSA_ASSERT(type, "the loader lets only known types pass");
    window_ = simulation().trace().size();
    taken_.clear();
    const RecordId data = record_of(*type, step.data);
    if (stopped_) return;
    const sim::Stepped stepped =
        simulation().happen(*type, facts().intern(filled(step.subject)), data);
    request_time_ = simulation().now();
    result_.steps.back().time = request_time_;
    result_.steps.back().trace_line = window_ + 1;
    if (!step.refused) return;
    std::set<std::string> wanted(step.refused->begin(), step.refused->end());
    std::set<std::string> got;
    for (ClauseIndex index : stepped.outcome.clauses()) got.insert(std::string(clause(index).id));
    if (wanted == got) return;
    std::vector<std::string> concerned(wanted.begin(), wanted.end());
    concerned.insert(concerned.end(), got.begin(), got.end());
    miss(step, concerned, answer(wanted), answer(got),
         {"the system answers " + step.type + " otherwise than the story says",
          step.type + " への応答がシナリオと異なります"},
         window_ + 1);
  }

  void expect(const Step& step) {
    const Instant until = request_time_ + step.within.value_or(kPatience);
    while (true) {
      for (std::size_t i = window_; i < simulation().trace().size(); ++i)
        if (!taken_.contains(i) && matches(step, simulation().trace()[i].event))
          return seen(step, i);
      if (!simulation().has_plans_until(until)) break;
      if (!check(simulation().run_next(), step.place)) return;
    }
    if (step.within &&
        !check(simulation().run_until(std::max(until, simulation().now())), step.place))
      return;
    Words wanted = wanted_text(step);
    if (step.within) {
      wanted.en += " by " + to_text(until);
      wanted.ja = to_text(until) + "までに" + wanted.ja;
    }
    miss(step, {}, wanted, seen_since(step.type),
         {"an expected action was not seen", "期待した動作が観測されませんでした"});
  }

  void seen(const Step& step, std::size_t at) {
    taken_.insert(at);
    const Event& event = simulation().trace()[at].event;
    result_.steps.back().time = event.time;
    result_.steps.back().trace_line = at + 1;
    if (!step.as.empty()) names_[step.as] = std::string(facts().text(event.subject));
    for (const auto& [name, field] : step.keep)
      names_[name] = std::string(facts().text(field_of(facts().record(event.data), field).text()));
    if (step.not_before && event.time < request_time_ + *step.not_before)
      miss(step, {}, not_before(request_time_ + *step.not_before), to_text(event.time),
           {"an action came too early", "動作が早すぎます"}, at + 1);
    if (step.within && event.time > request_time_ + *step.within)
      miss(step, {}, by(request_time_ + *step.within), to_text(event.time),
           {"an action came too late", "動作が遅すぎます"}, at + 1);
  }

  void check_never() {
    for (const Forbidden& forbidden : forbidden_)
      for (std::size_t i = forbidden.from; i < simulation().trace().size(); ++i)
        if (matches(*forbidden.step, simulation().trace()[i].event)) {
          const std::string what = wanted_text(*forbidden.step);
          miss(*forbidden.step, {}, {"never " + what, what + " が起きないこと"},
               sim::to_json_line(simulation().trace()[i].event, facts(), i + 1),
               {"something happened that must not", "起きてはならないことが起きました"}, i + 1);
          for (StepRun& step : result_.steps)
            if (&story_.steps[step.step] == forbidden.step) step.held = false;
          break;
        }
  }

  void mailbox(const Step& step) {
    std::size_t wanted = 1;
    bool spam = false;
    std::string subject;
    for (const Entry& entry : step.data) {
      if (entry.name == "folder") spam = filled(entry.value.text) == "spam";
      if (entry.name == "subject") subject = filled(entry.value.text);
      if (entry.name == "count") wanted = std::stoul(filled(entry.value.text));
    }
    const std::string address = filled(step.subject);
    std::size_t found = 0;
    for (const auto& part : *all_)
      for (const auto& mail : part->cast_.mails(address, spam, now()))
        if (subject.empty() || as_read(mail.subject) == as_read(subject)) ++found;
    if (found != wanted)
      miss(step, {},
           {std::to_string(wanted) + " such mail(s) in the " + (spam ? "spam folder" : "inbox") +
                " of " + address,
            address + " の" + (spam ? "迷惑メールフォルダー" : "受信トレイ") + "に" +
                std::to_string(wanted) + "通"},
           std::to_string(found),
           {"the mailbox does not hold what the story says",
            "メールボックスの内容がシナリオと異なります"});
  }

  // -- values
  // -------------------------------------------------------------------------------------------------------------

  /// `${name}` of an earlier `as: name`, put in.
  std::string filled(std::string text) const { return scenarios::filled(std::move(text), names_); }

  RecordId record_of(TypeIndex type, const std::vector<Entry>& data) {
    RecordBuilder record(facts(), type);
    for (const Entry& entry : data) {
      if (entry.name == "csr") {
        if (auto put = put_csr(record, kEventTypes[type], entry.value, cast_, facts()); !put)
          give_up(put.error());
      } else if (entry.name == "code" &&
                 (entry.value.text.starts_with("from-mail") || entry.value.text == "from-spam"))
        put_code(record, entry);
      else
        put_field(record, kEventTypes[type], entry, names_, facts());
    }
    return record.build();
  }

  void put_code(RecordBuilder& record, const Entry& entry) {
    const bool spam = entry.value.text == "from-spam";
    const std::string application = filled(story_.steps[step_].subject);
    const std::size_t colon = entry.value.text.find(':');  // from-mail:ADDRESS
    const std::string to =
        colon == std::string::npos ? std::string{} : filled(entry.value.text.substr(colon + 1));
    const auto found = cast_.code_for(application, spam, simulation().now(), to);
    if (found) {
      record.set("code", std::string_view(found->code));
      return;
    }
    miss(story_.steps[step_], {},
         {std::string("a domain-control mail in the ") + (spam ? "spam folder" : "inbox"),
          std::string(spam ? "迷惑メールフォルダー" : "受信トレイ") + "に利用権確認メール"},
         {"none has arrived", "届いていない"},
         {"nobody can approve a mail that has not arrived", "届いていないメールは承認できません"});
    stopped_ = true;
  }

  // -- holding one event against one step
  // -----------------------------------------------------------------------------------

  bool matches(const Step& step, const Event& event) {
    if (event.row().name != step.type) return false;
    if (!step.subject.empty() && facts().text(event.subject) != filled(step.subject)) return false;
    const Record& record = facts().record(event.data);
    return std::ranges::all_of(
        step.data, [&](const Entry& entry) { return agrees(event.row(), record, entry); });
  }

  bool agrees(const EventType& type, const Record& record, const Entry& entry) {
    if (entry.name == "text_has") {
      const std::string text = as_read(facts().text(field_of(record, "text").text()));
      const auto has = [&](const Term& piece) {
        return text.find(as_read(filled(piece.text))) != std::string::npos;
      };
      return entry.value.kind == Term::Kind::list ? std::ranges::all_of(entry.value.items, has)
                                                  : has(entry.value);
    }
    const auto at = type.field(entry.name);
    SHINSA_ASSERT(at, "the loader lets only known fields pass");
    const Value value = record.fields[*at];
    if (!value.present()) return false;
    const std::string text = filled(entry.value.text);
    switch (type.fields[*at].kind) {
      case FieldKind::text:
        if (entry.name == "to" || entry.name == "from")
          return same_mail_address(text, facts().text(value.text()));
        return as_read(text) == as_read(facts().text(value.text()));
      case FieldKind::choice:
        return choice_word(type.fields[*at].choices, value.number()) == text;
      case FieldKind::truth:
        return value.truth() == (text == "true");
      case FieldKind::number:
        return std::to_string(value.number()) == text;
      case FieldKind::instant:
        return *parse_instant(text) == value.instant();
      case FieldKind::list: {
        const auto there = facts().list(value.list());
        return std::ranges::all_of(entry.value.items, [&](const Term& item) {
          return std::ranges::any_of(
              there, [&](TextId id) { return facts().text(id) == filled(item.text); });
        });
      }
    }
    return false;
  }

  // -- telling
  // ------------------------------------------------------------------------------------------------------------

  static std::string joined(const std::set<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
  }

  std::string wanted_text(const Step& step) const {
    std::string text = step.type;
    if (!step.subject.empty()) text += " " + filled(step.subject);
    const char* separator = " {";
    for (const Entry& entry : step.data) {
      std::string value = filled(entry.value.text);
      for (const Term& item : entry.value.items)
        value += (value.empty() ? "" : ", ") + filled(item.text);
      text += separator + entry.name + ": " + value;
      separator = ", ";
    }
    return step.data.empty() ? text : text + "}";
  }

  /// The nearest thing that was seen: the last action of that type since the request, or what types
  /// there were.
  Words seen_since(const std::string& type) {
    std::string others;
    for (std::size_t i = simulation().trace().size(); i-- > window_;) {
      const Event& event = simulation().trace()[i].event;
      if (event.row().name == type && !taken_.contains(i))
        return sim::to_json_line(event, facts(), i + 1);
      others = std::string(event.row().name) + (others.empty() ? "" : ", ") + others;
    }
    if (others.empty()) return {"nothing", "なし"};
    return {"only " + others, others + "のみ"};
  }

  static Words answer(const std::set<std::string>& refused_by) {
    if (refused_by.empty()) return {"accepted", "受理"};
    return {"refused by " + joined(refused_by), joined(refused_by) + "により拒否"};
  }
  static Words not_before(Instant instant) {
    return {"not before " + to_text(instant), to_text(instant) + "以降"};
  }
  static Words by(Instant instant) { return {"by " + to_text(instant), to_text(instant) + "まで"}; }

  void miss(const Step& step, std::vector<std::string> clauses, Words expected, Words observed,
            Words says, std::size_t line = 0) {
    std::ranges::sort(clauses);
    clauses.erase(std::unique(clauses.begin(), clauses.end()), clauses.end());
    if (!result_.steps.empty() && &step == &story_.steps[result_.steps.back().step])
      result_.steps.back().held = false;
    result_.misses.push_back({Miss::Kind::expectation,
                              std::move(says),
                              step.place.text(),
                              std::move(clauses),
                              std::move(expected),
                              std::move(observed),
                              line,
                              {}});
  }

  void report_findings() {
    const auto& findings = simulation().judge().findings();
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if (findings[i].kind == sim::Finding::Kind::remark) continue;
      Miss miss;
      miss.kind = Miss::Kind::finding;
      miss.finding = i;
      miss.trace_line = findings[i].line;
      for (ClauseIndex index : findings[i].clauses) miss.clauses.emplace_back(clause(index).id);
      result_.misses.push_back(std::move(miss));
    }
  }

  /// A story that says it covers a clause must touch it: ask its guard, run its effect, be refused
  /// by it or meet it.
  void check_covers() {
    for (const std::string& id : story_.covers) {
      const auto index = find_clause(id);
      if (index &&
          touches(simulation().judge().world().profile(), simulation().judge().coverage(), *index))
        continue;
      result_.misses.push_back({Miss::Kind::coverage,
                                {"the story covers " + id + " but never exercises it",
                                 id + " を対象とするシナリオですが、実際には試験されていません"},
                                story_.place.text(),
                                {id},
                                {"exercised", "試験された"},
                                {"not exercised", "試験されていない"},
                                0,
                                {}});
    }
  }

  void write_trace() {
    std::size_t line = 0;
    for (const sim::Stepped& stepped : simulation().trace())
      result_.trace += sim::to_json_line(stepped.event, facts(), ++line) + "\n";
    result_.trace_sha256 = sim::sha256_hex(result_.trace);
    result_.artefacts = simulation().artefacts();
    result_.artefacts["ca/root.pem"] = cast_.root_pem();
    result_.artefacts["ca/chain.pem"] = cast_.chain_pem();
    result_.virtual_time = simulation().now() - story_.start;
  }

  const Story& story_;
  const RunOptions& options_;
  StoryRun& result_;
  fakes::Cast cast_;
  std::size_t step_ = 0;
  bool stopped_ = false;    // no step can be taken any more
  bool able_ = true;        // the simulation can go on
  std::size_t window_ = 0;  // expectations look at the trace from here
  Instant request_time_;
  std::set<std::size_t> taken_;  // events that an expectation has claimed
  std::vector<Forbidden> forbidden_;
  Names& names_;
  const std::vector<std::unique_ptr<Run>>* all_ = nullptr;
  bool ready_ = false;
};

/// A step of one of the parts.
struct Turn {
  std::size_t order;
  std::size_t part;
  std::size_t step;
};

std::vector<Turn> turns_of(std::span<const Story> parts) {
  std::vector<Turn> turns;
  for (std::size_t p = 0; p < parts.size(); ++p)
    for (std::size_t s = 0; s < parts[p].steps.size(); ++s)
      turns.push_back({parts[p].steps[s].order, p, s});
  std::ranges::stable_sort(turns, {}, &Turn::order);
  return turns;
}

}  // namespace

bool touches(const model::Profile& profile, const model::Coverage& coverage, ClauseIndex index) {
  if (coverage.refused()[index] || coverage.met()[index]) return true;
  for (std::size_t m = 0; m < profile.machines.size(); ++m) {
    const auto& seen = coverage.machines()[m];
    for (std::size_t g = 0; g < profile.machines[m]->guards.size(); ++g)
      if (std::ranges::count(profile.machines[m]->guards[g].clauses, index) > 0 &&
          seen.yes[g] + seen.no[g] > 0)
        return true;
    for (std::size_t e = 0; e < profile.machines[m]->effects.size(); ++e)
      if (std::ranges::count(profile.machines[m]->effects[e].clauses, index) > 0 &&
          seen.effects[e] > 0)
        return true;
  }
  return false;
}

std::vector<StoryRun> run_together(std::span<const Story> parts, const RunOptions& options) {
  std::vector<StoryRun> results(parts.size());
  std::vector<std::unique_ptr<Run>> runs;
  Names names;
  bool ready = true;
  for (std::size_t p = 0; p < parts.size(); ++p) {
    runs.push_back(std::make_unique<Run>(parts[p], options, names, results[p]));
    ready = runs.back()->set_up() && ready;
  }
  if (!ready) {  // what one part cannot begin, the others do not
    for (StoryRun& result : results)
      if (result.end == StoryRun::End::passed) {
        result.end = StoryRun::End::not_applicable;
        result.reason = {"another part of the story is not run",
                         "同じ話の別の部分が実行されません"};
        result.simulation.reset();
      }
    return results;
  }
  for (const auto& run : runs) run->know(runs);
  for (const Turn& turn : turns_of(parts)) {
    Run& mine = *runs[turn.part];
    if (!mine.goes_on()) continue;
    mine.take(turn.step);
    for (const auto& other : runs)
      if (other->goes_on()) other->keep_up(mine.now());
  }
  for (const auto& run : runs) run->finish();
  return results;
}

StoryRun run_story(const Story& story, const RunOptions& options) {
  return std::move(run_together({&story, 1}, options).front());
}

std::size_t count_together(std::span<const Story> stories) {
  std::size_t count = 1;
  while (count < stories.size() && !stories[0].tale.empty() &&
         stories[count].tale == stories[0].tale)
    ++count;
  return count;
}

}  // namespace shinsa::scenarios
