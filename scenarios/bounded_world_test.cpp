#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "scenarios/loader.hpp"

namespace shinsa::scenarios {
namespace {

using testing::HasSubstr;

constexpr const char* kHead =
    "title: A world\n"
    "title_ja: 世界\n"
    "system: jpdirect-reissue\n"
    "given: {use: [dv-customer]}\n";

/// What is read of a file that begins as all of them do.
tl::expected<BoundedWorld, std::vector<Error>> read(const std::string& rest) {
  const auto file = std::filesystem::path(testing::TempDir()) / "a-bounded-world.yaml";
  std::ofstream(file) << kHead << rest;
  auto world = load_world(file.string(), SHINSA_SOURCE_DIR "/scenarios");
  std::filesystem::remove(file);
  return world;
}

std::string wrong_with(const std::string& rest) {
  const auto world = read(rest);
  return world ? "nothing" : world.error().front().text();
}

TEST(BoundedWorldTest, IsReadWithWhatItsSystemShares) {
  const auto world = read(
      "horizon: P2D\n"
      "instants: [2026-11-25T00:00:00+09:00]\n"
      "menu:\n"
      "  - each: [{n: 1}, {n: 2}]\n"
      "    menu:\n"
      "      - request: application.returned\n"
      "        subject: application/${n}\n"
      "        from: dv-form\n"
      "        times: 2\n"
      "  - request: domain.approved\n"
      "    subject: application/1\n"
      "    follows: mail.sent\n"
      "    data: {code: \"${code}\"}\n");
  ASSERT_TRUE(world) << world.error().front().text();
  EXPECT_EQ(world->story.id, "a-bounded-world");
  EXPECT_EQ(world->story.facts.size(), 3u);
  EXPECT_EQ(world->horizon, days(2));
  EXPECT_EQ(world->instants.size(), 1u);
  ASSERT_EQ(world->menu.size(), 3u);
  EXPECT_EQ(world->menu[1].request.subject, "application/2");
  EXPECT_EQ(world->menu[1].times, 2u);
  EXPECT_EQ(world->menu[2].times, 1u);
  EXPECT_EQ(world->menu[2].follows, "mail.sent");
  EXPECT_EQ(world->menu[2].of, "application/1");
}

TEST(BoundedWorldTest, TellsWhatIsWrongWithItsFile) {
  EXPECT_THAT(wrong_with("menu: [{request: mypage.opened, subject: application/1}]\n"),
              HasSubstr("'horizon' is missing"));
  EXPECT_THAT(wrong_with("horizon: P2D\n"), HasSubstr("a bounded world has a menu"));
  EXPECT_THAT(wrong_with("horizon: P2D\nmenu: [{wait: P1D}]\n"),
              HasSubstr("what stands in a menu is a request"));
  EXPECT_THAT(wrong_with("horizon: P2D\nsteps: []\nmenu: []\n"), HasSubstr("no key 'steps'"));
  const std::string opened =
      "horizon: P2D\nmenu:\n  - request: mypage.opened\n"
      "    subject: application/1\n";
  EXPECT_EQ(wrong_with(opened), "nothing");
  EXPECT_THAT(wrong_with(opened + "    times: 0\n"), HasSubstr("'times' is a number from 1 to 9"));
  EXPECT_THAT(wrong_with(opened + "    follows: mail.send\n"),
              HasSubstr("there is no event type 'mail.send'"));
}

TEST(BoundedWorldTest, NamesTheFileThatIsNotThere) {
  const auto world = load_world("no-such.yaml", SHINSA_SOURCE_DIR "/scenarios");
  ASSERT_FALSE(world);
  EXPECT_THAT(world.error().front().text(), HasSubstr("no-such.yaml"));
}

}  // namespace
}  // namespace shinsa::scenarios
