#include "scenarios/loader.hpp"

#include <gtest/gtest.h>

namespace shinsa::scenarios {
namespace {

const std::string kHead =
    "title: t\n"
    "title_ja: 例\n"
    "system: jpdirect-reissue\n"
    "given:\n"
    "  start: 2026-11-24T10:00:00+09:00\n";  // lines 1 to 5

const std::string kInquiry =
    "steps:\n"
    "  - request: inquiry.received\n"
    "    subject: application/1\n"
    "    data: {customer: customer/C1, channel: form, from: taro@example.jp, cn: "
    "www.example.jp}\n";  // lines 6 to 9

std::string told(const LoadResult& result) {
  std::string all;
  for (const Error& error : result.errors) all += error.text() + "\n";
  return all;
}

TEST(LoaderTest, ReadsAStory) {
  const auto result = load_text(
      kHead + kInquiry +
          "    refused: [JPR-29]\n  - expect: mail.sent\n    within: PT1H\n    as: guide\n",
      "s.yaml");
  ASSERT_TRUE(result.errors.empty()) << told(result);
  ASSERT_EQ(result.stories.size(), 1u);
  const Story& story = result.stories[0];
  EXPECT_EQ(story.title_ja, "例");
  ASSERT_EQ(story.steps.size(), 2u);
  EXPECT_EQ(story.steps[0].data.size(), 4u);
  EXPECT_EQ(story.steps[0].refused, std::vector<std::string>{"JPR-29"});
  EXPECT_EQ(story.steps[1].within, hours(1));
  EXPECT_EQ(story.steps[1].as, "guide");
}

TEST(LoaderTest, TellsEveryMistakeWithItsPlaceAndAGuess) {
  struct Line {
    std::string text, where, said;
  };
  const std::vector<Line> table{
      {kHead + kInquiry + "stepz: []\n", "s.yaml:10:1", "did you mean 'steps'?"},
      {kHead + kInquiry + "title: again\n", "s.yaml:10:1", "'title' stands twice"},
      {kHead + "steps:\n  - request: inquiry.recieved\n    subject: application/1\n", "s.yaml:7:14",
       "did you mean 'inquiry.received'?"},
      {kHead + "steps:\n  - request: mail.sent\n    subject: application/1\n", "s.yaml:7:14",
       "mail.sent is a action"},
      {kHead + "steps:\n  - expect: mail.sent\n    data: {件名: x, sbject: y}\n", "s.yaml:8:19",
       "did you mean 'subject'?"},
      {kHead + kInquiry + "    refused: [JPR-99]\n", "s.yaml:10:15", "there is no clause 'JPR-99'"},
      {kHead + kInquiry + "    refused: [SAK-01]\n", "s.yaml:10:15",
       "is a clause of sakura-reissue"},
      {kHead + kInquiry + "    at: yesterday\n", "s.yaml:10:9", "no time"},
      {kHead + kInquiry + "    after: 5M\n", "s.yaml:10:12", "no duration"},
      {kHead + kInquiry + "    at: 2026-11-24T10:00:00+09:00\n    after: PT1H\n", "s.yaml:11:5",
       "not both"},
      {kHead + "steps:\n  - request: inquiry.received\n    subject: application/1\n    data: "
               "{channel: phone}\n",
       "s.yaml:9:21", "one of reply|form"},
      {kHead + "steps:\n  - request: inquiry.received\n    subject: application/1\n    data: "
               "{channel: form}\n",
       "s.yaml:7:5", "lacks 'customer'"},
      {kHead + "steps:\n  - request: inquiry.received\n    subject: order/1\n", "s.yaml:8:14",
       "has the form application/..."},
      {kHead + "steps:\n  - request: application.returned\n    subject: application/1\n    data: "
               "{consent: yes}\n",
       "s.yaml:9:21", "true or false"},
      {kHead + "steps:\n  - request: application.returned\n    subject: application/1\n    data: "
               "{csr: {key: rsa-2048-z}}\n",
       "s.yaml:9:23", "the pool has no key"},
      {kHead + kInquiry + "    from: nowhere\n", "s.yaml:10:11", "there is no block 'nowhere'"},
      {kHead + "steps:\n  - expect: mail.sent\n    data: {to: \"${who}\"}\n", "s.yaml:8:16",
       "nothing is called '${who}'"},
      {kHead + "steps:\n  - expect: mail.sent\n    keep: {who: too}\n", "s.yaml:8:17",
       "did you mean 'to'?"},
      {kHead + "steps:\n  - expect: mail.sent\n    keep: {what: attachments}\n", "s.yaml:8:18",
       "only a text can be kept"},
      {kHead + "steps:\n  - expect: mail.sent\n    keep: to\n", "s.yaml:8:11",
       "keep is a map of names and fields"},
      {kHead + "steps:\n  - never: mail.sent\n    keep: {who: to}\n", "s.yaml:8:5",
       "a never has no key 'keep'"},
      {kHead + kInquiry + "requires: {JPR-Q5: refused}\n", "s.yaml:10:20",
       "did you mean 'refuse'?"},
      {kHead + kInquiry + "examples:\n  - {a: 1}\n", "s.yaml:11:6", "'a' is never used"},
      {kHead + kInquiry + "examples: x\n", "s.yaml:10:11", "examples are a list of rows"},
      {kHead + kInquiry + "examples:\n  - {a: 1, b: 2}\n  - {a: 1}\n", "s.yaml:12:5", "lacks 'b'"},
      {"title: [\n", "s.yaml:", "no YAML"},
      {"- a\n", "s.yaml:1:1", "is a map"},
      {"title: t\ntitle_ja: 例\nsystem: jpdirect-reissue\n" + kInquiry, "s.yaml:1:1",
       "when the story starts"},
      {"title: t\ntitle_ja: 例\nsystem: jpdirekt-reissue\n", "s.yaml:3:9",
       "did you mean 'jpdirect-reissue'?"},
  };
  for (const Line& line : table) {
    const auto result = load_text(line.text, "s.yaml");
    EXPECT_TRUE(result.stories.empty()) << line.said;
    const bool found =
        std::any_of(result.errors.begin(), result.errors.end(), [&](const Error& error) {
          return error.where.starts_with(line.where) &&
                 error.text().find(line.said) != std::string::npos;
        });
    EXPECT_TRUE(found) << line.where << " " << line.said << "\n got:\n" << told(result);
  }
}

TEST(LoaderTest, KeepsTextsOfAnActionForLaterSteps) {
  const auto result =
      load_text(kHead + "steps:\n  - expect: mail.sent\n    keep: {who: to, what: subject}\n" +
                    "  - expect: mail.sent\n    data: {to: \"${who}\", subject: \"${what}\"}\n",
                "s.yaml");
  ASSERT_TRUE(result.errors.empty()) << told(result);
  const std::vector<std::pair<std::string, std::string>> kept{{"who", "to"}, {"what", "subject"}};
  EXPECT_EQ(result.stories[0].steps[0].keep, kept);
}

TEST(LoaderTest, RefusesAnAliasBomb) {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'h'; ++c) {
    const std::string before(1, static_cast<char>(c - 1));
    bomb += std::string(1, c) + ": &" + c + " [*" + before + ",*" + before + ",*" + before + ",*" +
            before + ",*" + before + ",*" + before + ",*" + before + ",*" + before + ",*" + before +
            ",*" + before + "]\n";
  }
  const auto result = load_text(bomb, "s.yaml");
  EXPECT_NE(told(result).find("too many"), std::string::npos);
}

TEST(LoaderTest, LaysBlocksUnderStepsAndTakesFieldsAway) {
  const std::string given =
      "form:\n  data: {customer: customer/C1, channel: form, from: taro@example.jp, cn: "
      "www.example.jp, bill: BILL1}\n";
  const auto result =
      load_text(kHead +
                    "steps:\n  - request: inquiry.received\n    subject: application/1\n    from: "
                    "form\n    data: {cn: example.jp, bill: ~}\n",
                "s.yaml", given);
  ASSERT_TRUE(result.errors.empty()) << told(result);
  const auto& data = result.stories[0].steps[0].data;
  ASSERT_EQ(data.size(), 4u);
  EXPECT_EQ(
      std::count_if(data.begin(), data.end(), [](const Entry& e) { return e.name == "bill"; }), 0);
  EXPECT_EQ(
      std::count_if(data.begin(), data.end(),
                    [](const Entry& e) { return e.name == "cn" && e.value.text == "example.jp"; }),
      1);
}

TEST(LoaderTest, MakesAStoryOfEachRowOfExamples) {
  const auto result = load_text(
      kHead +
          "steps:\n  - ${verb}: mail.sent\n    data: {to: \"${who}@example.jp\"}\nexamples:\n  - "
          "{verb: expect, who: a}\n  - {verb: never, who: b}\n",
      "s.yaml");
  ASSERT_TRUE(result.errors.empty()) << told(result);
  ASSERT_EQ(result.stories.size(), 2u);
  EXPECT_EQ(result.stories[0].id, "s#1");
  EXPECT_EQ(result.stories[1].steps[0].verb, Step::Verb::never);
  EXPECT_EQ(result.stories[1].steps[0].data[0].value.text, "b@example.jp");
  EXPECT_EQ(result.stories[1].place.line, 11);
}

TEST(LoaderTest, KeepsScalarsAsTheyAreWritten) {
  const auto result = load_text(kHead +
                                    "steps:\n  - expect: call.made\n    data: {number: 0120}\n  - "
                                    "expect: mail.sent\n    data: {code: 1.10}\n",
                                "s.yaml");
  ASSERT_TRUE(result.errors.empty()) << told(result);
  EXPECT_EQ(result.stories[0].steps[0].data[0].value.text, "0120");
  EXPECT_EQ(result.stories[0].steps[1].data[0].value.text, "1.10");
}

TEST(LoaderTest, SelectsTheRowAtALine) {
  const std::string root = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
  const std::string file = root + "/jpdirect-reissue/month-of-expiry.yaml";
  const auto all = load_paths({file}, root);
  ASSERT_TRUE(all.errors.empty()) << told(all);
  ASSERT_EQ(all.stories.size(), 2u);
  const auto one = load_paths({file + ":" + std::to_string(all.stories[1].place.line)}, root);
  ASSERT_EQ(one.stories.size(), 1u);
  EXPECT_EQ(one.stories[0].id, "jpdirect-reissue/month-of-expiry#2");
}

TEST(LoaderTest, LoadsEveryStoryOfTheProject) {
  const std::string root = std::string(SHINSA_SOURCE_DIR) + "/scenarios";
  const auto all = load_paths({root}, root);
  EXPECT_TRUE(all.errors.empty()) << told(all);
  EXPECT_GE(all.stories.size(), 60u);
}

}  // namespace
}  // namespace shinsa::scenarios
