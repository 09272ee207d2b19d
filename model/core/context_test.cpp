#include "model/core/context.hpp"

#include <gtest/gtest.h>

namespace shinsa::model {
namespace {

/// A group of more things than are looked through one by one, and where they are.
class LargeGroupTest : public testing::Test {
 protected:
  static constexpr std::uint32_t kObjects = 100;
  static constexpr std::uint32_t kAt = 3;  // among the groups

  LargeGroupTest() {
    group_.objects.resize(kObjects);
    places_.resize(kObjects + 1);
    for (std::uint32_t i = 0; i < kObjects; ++i) {
      group_.objects[i].subject = {i + 1};
      group_.objects[i].flags = i % 3;  // every third is blank
      places_[i + 1] = {kAt, i};
    }
    work_.group = &group_;
    work_.places = &places_;
    work_.at = kAt;
    work_.placed = kObjects;
  }
  ObjectIndex found(std::uint32_t subject) { return context_.find(TextId{subject}); }
  /// What a look at each of them finds.
  ObjectIndex sought(std::uint32_t subject) const {
    for (std::uint32_t i = 0; i < group_.objects.size(); ++i)
      if (group_.objects[i].subject == TextId{subject} && group_.objects[i].flags != 0) return i;
    return kNoObject;
  }
  void finds_what_is_there() {
    for (std::uint32_t subject = 0; subject < kObjects + 10; ++subject)
      EXPECT_EQ(found(subject), sought(subject)) << subject;
  }

  Group group_;
  std::vector<Place> places_;
  Workspace work_;
  Event event_;
  Context context_{work_, 0, 0, event_};
};

TEST_F(LargeGroupTest, FindsByPlaceWhatIsThere) { finds_what_is_there(); }

TEST_F(LargeGroupTest, FindsWhatThePresentStepHasOpened) {
  work_.placed = kObjects - 5;
  for (std::uint32_t i = kObjects - 5; i < kObjects; ++i) places_[i + 1] = {};

  finds_what_is_there();

  EXPECT_EQ(context_.create(ObjectKind::certificate, TextId{kObjects}), kObjects - 1);
  EXPECT_EQ(context_.create(ObjectKind::certificate, TextId{kObjects + 5}), kObjects);
  EXPECT_EQ(context_.create(ObjectKind::certificate, TextId{kObjects + 5}), kObjects);
  EXPECT_EQ(group_.objects.size(), kObjects + 1);
}

TEST_F(LargeGroupTest, FindsNothingOfAnotherGroup) {
  places_.resize(kObjects + 10);
  places_[kObjects + 5] = {kAt + 1, 7};

  EXPECT_EQ(found(kObjects + 5), kNoObject);
}

TEST_F(LargeGroupTest, LooksAtAllOfThemWhereThereAreNamesakes) {
  work_.placed = 0;
  group_.objects[60].subject = {10};  // blank, and the place of 10 leads to a blank one too
  group_.objects[70].subject = {10};
  places_[10] = {kAt, 60};

  finds_what_is_there();

  EXPECT_EQ(context_.create(ObjectKind::certificate, TextId{10}), 9u) << "the first of them";
}

}  // namespace
}  // namespace shinsa::model
