/// The gate on mutants: who notices which, what is excused, and that a weaker law is found out.
#include "properties/mutants/mutants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/mutants/gate.hpp"
#include "scenarios/loader.hpp"

namespace shinsa::properties {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::vector<scenarios::Story> stories_of(const std::string& path) {
  const std::string root = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
  auto loaded = scenarios::load_paths({root + "/" + path}, root);
  EXPECT_THAT(loaded.errors, IsEmpty());
  return std::move(loaded.stories);
}

/// Says all that the honest monitor says, except that one law is broken.
class Weakened : public Monitor {
 public:
  Weakened(std::string_view system, std::string_view law)
      : honest_(make_monitor(system)), system_(system), law_(law) {}
  void see(const Event& event, const Facts& facts, std::size_t line) override {
    honest_->see(event, facts, line);
    copy();
  }
  void end(Instant now) override {
    honest_->end(now);
    copy();
  }
  void reset() override {
    honest_->reset();
    copy();
  }
  void forget(std::span<const TextId> things) override { honest_->forget(things); }
  void tell_needed(Needed& needed) const override { honest_->tell_needed(needed); }
  void let_pass() override { honest_->let_pass(); }
  void save(std::string& bytes) const override { honest_->save(bytes); }
  std::size_t load(std::string_view bytes) override {
    const std::size_t last = honest_->load(bytes);
    copy();
    return last;
  }

 private:
  void copy() {
    breaches_.clear();
    for (const Breach& breach : honest_->breaches())
      if (laws(system_)[breach.law].name != law_) breaches_.push_back(breach);
    shown_ = honest_->shown();
  }
  std::unique_ptr<Monitor> honest_;
  std::string_view system_;
  std::string_view law_;
};

MutantOptions options_of(std::string system, std::vector<std::string> ids) {
  MutantOptions options;
  options.system = std::move(system);
  options.ids = std::move(ids);
  options.runs = 300;
  return options;
}

TEST(MutantsTest, AForgottenPaymentIsNoticedByLawScenarioAndJudge) {
  const auto stories = stories_of("jpdirect-reissue");
  const auto trials = try_mutants(options_of("jpdirect-reissue", {"JPR-10:allow"}), stories);
  ASSERT_TRUE(trials) << trials.error().text();
  ASSERT_EQ(trials->size(), 1u);
  const Trial& trial = trials->front();
  EXPECT_THAT(trial.laws, Contains("paid-before-review"));
  EXPECT_THAT(trial.scenarios, Not(IsEmpty()));
  EXPECT_TRUE(trial.judge);
  EXPECT_GT(trial.spoilt, 0u);
}

TEST(MutantsTest, WithoutStoriesALawNoticesItInACampaign) {
  const auto trials = try_mutants(options_of("jpdirect-reissue", {"JPR-10:allow"}), {});
  ASSERT_TRUE(trials) << trials.error().text();
  EXPECT_THAT(trials->front().laws, Contains("paid-before-review"));
  EXPECT_THAT(trials->front().scenarios, IsEmpty());
}

TEST(MutantsTest, ResultsDoNotDependOnThreads) {
  const auto stories = stories_of("jpdirect-reissue/first-light.yaml");
  MutantOptions options = options_of(
      "jpdirect-reissue", {"JPR-10:allow", "JPR-24:allow", "JPR-35:misaddress", "JPR-43:twice"});
  const auto alone = try_mutants(options, stories);
  options.jobs = 3;
  const auto together = try_mutants(options, stories);
  ASSERT_TRUE(alone && together);
  for (std::size_t i = 0; i < alone->size(); ++i) {
    EXPECT_EQ((*alone)[i].mutant.id, options.ids[i]);
    EXPECT_EQ((*together)[i].laws, (*alone)[i].laws);
    EXPECT_EQ((*together)[i].scenarios, (*alone)[i].scenarios);
    EXPECT_EQ((*together)[i].runs, (*alone)[i].runs);
  }
}

TEST(MutantsTest, AnUnknownMutantIsAnError) {
  const auto trials = try_mutants(options_of("jpdirect-reissue", {"JPR-24:alow"}), {});
  ASSERT_FALSE(trials);
  EXPECT_THAT(trials.error().text(), testing::HasSubstr("did you mean 'JPR-24:allow'"));
}

TEST(GateTest, AWeakenedLawIsFoundOut) {
  MutantOptions options = options_of("jpdirect-reissue", {"JPR-10:allow"});
  const auto sound = try_mutants(options, {});
  options.monitor = [](std::string_view system) {
    return std::make_unique<Weakened>(system, "paid-before-review");
  };
  const auto weak = try_mutants(options, {});
  ASSERT_TRUE(sound && weak);
  EXPECT_EQ(hold("jpdirect-reissue", *sound, {}).failures(), 0u);
  const Gate gate = hold("jpdirect-reissue", *weak, {});
  EXPECT_EQ(gate.failures(), 1u);
  EXPECT_EQ(gate.rulings.front().standing, Standing::judge_alone);
}

TEST(GateTest, WhatMakesNoDifferenceIsExplainedByItsNature) {
  const auto trials =
      try_mutants(options_of("jpdirect-reissue", {"JPR-43:early"}), stories_of("jpdirect-reissue"));
  ASSERT_TRUE(trials) << trials.error().text();
  EXPECT_EQ(trials->front().spoilt, 0u);
  const Gate gate = hold("jpdirect-reissue", *trials, {});
  EXPECT_EQ(gate.rulings.front().standing, Standing::explained);
  EXPECT_EQ(gate.failures(), 0u);
}

TEST(GateTest, AnExcuseThatIsNotNeededIsStale) {
  const auto trials = try_mutants(options_of("jpdirect-reissue", {"JPR-10:allow"}), {});
  ASSERT_TRUE(trials) << trials.error().text();
  const std::vector<Excuse> excuses{{"JPR-10:allow", false, {"so", "そう"}, "x.yaml:1:1"}};
  const Gate gate = hold("jpdirect-reissue", *trials, excuses);
  ASSERT_EQ(gate.stale.size(), 1u);
  EXPECT_EQ(gate.failures(), 1u);
}

TEST(GateTest, ExcusesAreReadWithTheirPlaces) {
  const auto read = read_excuses("x.yaml",
                                 "equivalent:\n"
                                 "  - mutants: [\"JPR-02:twice\", \"JPR-02:drop\"]\n"
                                 "    because: nothing\n"
                                 "    because_ja: 何も\n");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->size(), 2u);
  EXPECT_EQ((*read)[1].mutant, "JPR-02:drop");
  EXPECT_EQ((*read)[1].where, "x.yaml:2:31");
  EXPECT_EQ((*read)[1].because.ja, "何も");
  EXPECT_FALSE(read_excuses("x.yaml", "equivalent:\n  - mutants: [\"JPR-02:twice\"]\n"));
  EXPECT_FALSE(read_excuses("x.yaml", "equal: []\n"));
}

TEST(GateTest, TheProjectsOwnExcusesCanBeRead) {
  for (const Excuse& excuse : own_excuses()) EXPECT_FALSE(excuse.because.ja.empty());
}

}  // namespace
}  // namespace shinsa::properties
