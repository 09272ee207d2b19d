/// Bugs of a kind that no mutant has, planted in what the portal or the CA does: both oracles see
/// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/catalogue/ids.hpp"
#include "model/vocabulary/calendar.hpp"
#include "properties/testing/campaign_trial.hpp"

namespace shinsa::properties {
namespace {

using testing::Contains;
using testing::Not;
using testing::SizeIs;

/// Does what the honest one does, and changes what its event says.
template <class Change>
class Spoiler : public sim::Performer {
 public:
  Spoiler(TypeIndex type, sim::Performer& honest, Change change)
      : type_(type), honest_(&honest), change_(change) {}
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override {
    auto done = honest_->perform(duty, subject, stage);
    if (!done) return done;
    Record said = stage.facts.record(done->data);
    std::vector<Value> fields(said.fields.begin(), said.fields.end());
    change_(fields, stage);
    done->data = stage.facts.intern_record(type_, fields);
    return done;
  }

 private:
  TypeIndex type_;
  sim::Performer* honest_;
  Change change_;
};

auto spoil(TypeIndex spoilt, auto change) {
  return [=](TypeIndex type, sim::Performer& honest) -> std::unique_ptr<sim::Performer> {
    if (type != spoilt) return nullptr;
    return std::make_unique<Spoiler<decltype(change)>>(type, honest, change);
  };
}

/// What one customer should get goes to the other.
TEST(PlantedBugsTest, SwappedCustomersAreSeen) {
  CampaignOptions options = small_campaign("jpdirect-reissue", 500);
  options.understudy = spoil(kType<"mail.sent">, [](std::vector<Value>& said, sim::Stage& stage) {
    Value& to = said[kField<"mail.sent", "to">];
    const std::string_view address = to.present() ? stage.facts.text(to.text()) : "";
    if (address == "billing@example.jp") to = Value::of(stage.facts.intern("billing@other.jp"));
    if (address == "billing@other.jp") to = Value::of(stage.facts.intern("billing@example.jp"));
  });

  const auto result = run_campaign(options);

  ASSERT_TRUE(result) << result.error().text();
  ASSERT_THAT(result->failures, Not(SizeIs(0)));
  EXPECT_THAT(result->failures[0].clauses, Not(SizeIs(0)));
  EXPECT_THAT(result->failures[0].laws, Not(SizeIs(0))) << result->failures[0].sentences[0].en;
}

/// A month after 31 January is taken to be in March.
TEST(PlantedBugsTest, AMonthTooManyOnThe31stOfJanuaryIsSeen) {
  CampaignOptions options = small_campaign("sakura-reissue", 10'000);
  options.understudy =
      spoil(kType<"certificate.issued">, [](std::vector<Value>& said, sim::Stage& stage) {
        const Date today = date_of(stage.now);
        Value& end = said[kField<"certificate.issued", "not_after">];
        if (today.month == 1 && today.day == 31 && end.present())
          end = Value::of(end.instant() + days(31));
      });

  const auto result = run_campaign(options);

  ASSERT_TRUE(result) << result.error().text();
  ASSERT_THAT(result->failures, Not(SizeIs(0)));
  EXPECT_THAT(result->failures[0].clauses, Not(SizeIs(0)));
  EXPECT_THAT(result->failures[0].laws, Not(SizeIs(0)));
}

}  // namespace
}  // namespace shinsa::properties
