#include <gtest/gtest.h>

#include "properties/bounded/contents.hpp"
#include "properties/bounded/control.hpp"

namespace shinsa::properties::bounded {
namespace {

TEST(ContentsTest, HoldsEachContentOnceAndForEver) {
  Contents contents;
  std::vector<ContentId> ids;
  for (int i = 0; i < 5000; ++i) ids.push_back(contents.intern(std::to_string(i)));
  const std::string_view first = contents[ids[7]];
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(contents.intern(std::to_string(i)), ids[i]);
  EXPECT_EQ(contents.size(), 5000u);
  EXPECT_EQ(contents[ids[7]], "7");
  EXPECT_EQ(contents[ids[7]].data(), first.data());
  EXPECT_EQ(contents[contents.intern("")], "");
}

model::Group group(std::uint32_t key, std::size_t objects) {
  model::Group group;
  group.key = {key};
  for (std::uint32_t i = 0; i < objects; ++i) {
    model::Object& object = group.objects.emplace_back();
    object.subject = {10 * key + i};
    object.states = {static_cast<std::uint8_t>(i), 1, 2, 3, 4, 5};
    object.instants[1] = Instant{1000 + i};
    object.numbers[0] = -5;
  }
  return group;
}

model::Duty duty(model::ObjectIndex object, std::int64_t from, std::int64_t due) {
  model::Duty duty;
  duty.type = 3;
  duty.object = object;
  duty.not_before = Instant{from};
  duty.due = Instant{due};
  duty.refusal = object == 1;
  return duty;
}

TEST(ControlsTest, GivesBackWhatWasPacked) {
  Controls controls;
  std::vector<model::Group> groups{group(1, 3), group(2, 1)};
  groups[0].duties = {duty(0, 500, 900), duty(0, 501, 901), duty(1, 502, 902)};
  const ContentId packed = controls.pack(groups, Instant{100});
  std::vector<model::Group> again(5);
  controls.unpack(packed, again);
  EXPECT_EQ(again, groups);
  EXPECT_EQ(controls.pack(again, Instant{100}), packed);
}

TEST(ControlsTest, DoesNotCareSinceWhenSomethingMayBeDone) {
  Controls controls;
  std::vector<model::Group> one{group(1, 1)}, other{group(1, 1)};
  one[0].duties = {duty(0, 50, 900)};
  other[0].duties = {duty(0, 70, 900)};
  EXPECT_EQ(controls.pack(one, Instant{100}), controls.pack(other, Instant{100}));
  EXPECT_NE(controls.pack(one, Instant{60}), controls.pack(other, Instant{60}));
}

TEST(ControlsTest, PutsAPartInThePlaceOfAnother) {
  Controls controls;
  std::vector<model::Group> groups{group(1, 2), group(2, 2)};
  const ContentId before = controls.pack(groups, Instant{});
  groups[1].objects[0].flags = 9;
  const ContentId after = controls.pack(groups, Instant{});
  std::vector<ContentId> parts;
  controls.list(after, parts);
  ASSERT_EQ(parts.size(), 4u);
  const ContentId part = parts[2];
  EXPECT_EQ(controls.with(before, 2, part), after);
  EXPECT_EQ(controls.subject_of(part), TextId{20});
  EXPECT_EQ(controls.part(part).object, groups[1].objects[0]);
}

}  // namespace
}  // namespace shinsa::properties::bounded
