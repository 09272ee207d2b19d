/// What is not reached: how it is explained, and that every explanation is needed.
#include "properties/campaign/reach.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace shinsa::properties::campaign {
namespace {

using Texts = std::vector<std::string>;
using Counters = std::set<const std::uint64_t*>;

constexpr const char* kRow = "Signup: Idle + Clicked (row 1)";

std::shared_ptr<const model::Profile> sakura() {
  return *model::make_profile({"sakura-reissue", {}, {}});
}

/// A coverage in which everything was reached but what `without` names.
template <class Without>
model::Coverage everything_but(const model::Profile& profile, const Without& without) {
  model::Coverage all(profile);
  const Counters never = without(all);
  for (const auto& machine : all.machines())
    for (const auto counts : {machine.states, machine.rows, machine.yes, machine.no})
      for (const std::uint64_t& count : counts)
        if (!never.contains(&count)) all.note(count);
  return all;
}

/// The coverage of the machine of that name.
const model::Coverage::Machine& of(std::string_view name, const model::Profile& profile,
                                   const model::Coverage& coverage) {
  const auto at = std::ranges::find(profile.machines, name, &model::MachineApi::name);
  return coverage.machines()[static_cast<std::size_t>(at - profile.machines.begin())];
}

TEST(ReachTest, NamesWhatWasMissed) {
  const auto profile = sakura();
  const auto guards =
      (*std::ranges::find(profile->machines, "Signup", &model::MachineApi::name))->guards;
  const auto login = static_cast<std::size_t>(
      std::ranges::find(guards, "LoggedIn", &model::GuardInfo::name) - guards.begin());
  const auto coverage = everything_but(*profile, [&](const model::Coverage& all) {
    const auto& signup = of("Signup", *profile, all);
    return Counters{&signup.rows[0], &signup.states[1], &signup.no[login]};
  });

  const Reach reach = reach_of(*profile, coverage, {});

  EXPECT_EQ(reach.rows, reach.rows_fired + 1);
  EXPECT_EQ(reach.states, reach.states_entered + 1);
  EXPECT_EQ(reach.guards, reach.guards_both + 1);
  EXPECT_EQ(reach.unexplained(), (Texts{kRow, "Signup.LoggedIn never said no"}));
  EXPECT_EQ(reach.missed.front().what, "Signup: ConfirmationDue");
}

TEST(ReachTest, TellsTheExplainedApart) {
  const auto profile = sakura();
  const auto coverage = everything_but(*profile, [&](const model::Coverage& all) {
    return Counters{&of("Signup", *profile, all).rows[0]};
  });
  const std::vector<Unreached> why{{"sakura-reissue", kRow, {"so", "そう"}, "x.yaml:1:1"},
                                   {"nttcom-biz", kRow, {"other", "別"}, "x.yaml:2:1"}};

  const Reach reach = reach_of(*profile, coverage, why);

  EXPECT_EQ(reach.unexplained(), Texts{});
  ASSERT_EQ(reach.missed.size(), 1u);
  EXPECT_EQ(reach.missed[0].because.ja, "そう");
  EXPECT_EQ(reach.reached, Texts{});
}

TEST(ReachTest, NamesWhatIsReachedAlthoughItIsExplained) {
  const auto profile = sakura();
  const std::vector<Unreached> why{{"sakura-reissue", kRow, {"so", "そう"}, "x.yaml:1:1"}};

  const auto everything = everything_but(*profile, [](const auto&) { return Counters{}; });
  EXPECT_EQ(reach_of(*profile, everything, why).reached, (Texts{kRow}));
}

TEST(ReachTest, EntriesAreReadWithTheirPlaces) {
  const auto read = read_unreached("x.yaml",
                                   "unreached:\n"
                                   "  - system: sakura-reissue\n"
                                   "    what: [\"Signup: Idle + Clicked (row 1)\"]\n"
                                   "    because: so\n"
                                   "    because_ja: そう\n");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read->size(), 1u);

  EXPECT_EQ(read->front().system, "sakura-reissue");
  EXPECT_EQ(read->front().what, kRow);
  EXPECT_EQ(read->front().because.ja, "そう");
  EXPECT_EQ(read->front().where, "x.yaml:3:12");
  EXPECT_FALSE(read_unreached("x.yaml", "unreached:\n  - system: sakura-reissue\n"));
  EXPECT_FALSE(read_unreached("x.yaml", "missed: []\n"));
}

TEST(ReachTest, TheProjectsOwnEntriesNameSomethingInBothLanguages) {
  EXPECT_EQ(names_of_nothing(own_unreached()), Texts{});
  for (const Unreached& one : own_unreached()) EXPECT_FALSE(one.because.ja.empty()) << one.where;
}

TEST(ReachTest, AnEntryThatNamesNothingIsNamed) {
  const std::vector<Unreached> why{{"sakura-reissue", "Signup: Idle + Clicked (row 2)", {}, "x:1"},
                                   {"no-such-system", kRow, {}, "x:2"},
                                   {"sakura-reissue", "Signup.LoggedIn never said no", {}, "x:3"}};

  EXPECT_EQ(names_of_nothing(why),
            (Texts{"x:1: Signup: Idle + Clicked (row 2)", std::string("x:2: ") + kRow}));
}

}  // namespace
}  // namespace shinsa::properties::campaign
