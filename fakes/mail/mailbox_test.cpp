#include "fakes/mail/mailbox.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace shinsa::fakes::mail {
namespace {

constexpr Instant kMorning{1795136400};  // 2026-11-20T10:00:00+09:00

Message mail_to(std::string to, std::string subject) {
  return {"info@jprs.jp", "", std::move(to), std::move(subject),
          "text\n",       {}, "1@jprs.jp",   kMorning};
}

std::vector<std::string> subjects(const PostOffice::Letters& letters) {
  std::vector<std::string> result;
  for (const Letter* letter : letters) result.push_back(letter->message.subject);
  return result;
}

using Subjects = std::vector<std::string>;

TEST(PostOfficeTest, DeliversAtOnceIntoTheInboxUnlessToldOtherwise) {
  PostOffice office;

  const auto receipt = office.deliver(mail_to("admin@example.jp", "承認"), kMorning);

  ASSERT_TRUE(receipt);
  EXPECT_EQ(receipt->sequence, 1u);
  EXPECT_EQ(receipt->arrives, kMorning);
  EXPECT_EQ(subjects(office.inbox("admin@example.jp", kMorning)), Subjects{"承認"});
  EXPECT_EQ(office.inbox("admin@example.jp", kMorning)[0]->message,
            mail_to("admin@example.jp", "承認"));
  EXPECT_TRUE(office.spam("admin@example.jp", kMorning).empty());
}

TEST(PostOfficeTest, HidesAMailUntilItsDelayIsOver) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "late"), kMorning, {.delay = minutes(10)});

  EXPECT_TRUE(office.inbox("a@x.jp", kMorning + minutes(10) - seconds(1)).empty());
  EXPECT_EQ(subjects(office.inbox("a@x.jp", kMorning + minutes(10))), Subjects{"late"});
  EXPECT_TRUE(office.inbox("a@x.jp", kMorning).empty()) << "an earlier time is still answered";
}

TEST(PostOfficeTest, PutsSpamIntoItsOwnFolder) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "s"), kMorning, {.folder = Folder::spam});

  EXPECT_TRUE(office.inbox("a@x.jp", kMorning).empty());
  EXPECT_EQ(subjects(office.spam("a@x.jp", kMorning)), Subjects{"s"});
}

TEST(PostOfficeTest, LosesAMailWithoutATraceButCountsIt) {
  PostOffice office;

  const auto lost = office.deliver(mail_to("a@x.jp", "lost"), kMorning, {.lost = true});
  const auto next = office.deliver(mail_to("a@x.jp", "next"), kMorning);

  EXPECT_TRUE(lost->lost);
  EXPECT_EQ(lost->arrives, kNever);
  EXPECT_EQ(next->sequence, 2u);
  EXPECT_EQ(subjects(office.inbox("a@x.jp", kMorning)), Subjects{"next"});
}

TEST(PostOfficeTest, OrdersByArrivalThenBySequence) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "slow"), kMorning, {.delay = seconds(60)});
  (void)office.deliver(mail_to("a@x.jp", "first"), kMorning);
  (void)office.deliver(mail_to("a@x.jp", "second"), kMorning);
  (void)office.deliver(mail_to("a@x.jp", "as late"), kMorning + seconds(60));

  EXPECT_EQ(subjects(office.inbox("a@x.jp", kMorning + days(1))),
            (Subjects{"first", "second", "slow", "as late"}));
}

TEST(PostOfficeTest, ComparesAddressesAsMailServersDo) {
  PostOffice office;
  (void)office.deliver(mail_to("Admin@Example.JP", "x"), kMorning);

  EXPECT_EQ(office.inbox("Admin@example.jp", kMorning).size(), 1u);
  EXPECT_EQ(office.inbox("admin@example.jp", kMorning).size(), 0u) << "the local part is exact";
  EXPECT_EQ(office.inbox("Admin@www.example.jp", kMorning).size(), 0u);
}

TEST(PostOfficeTest, FindsTheNewestLetterThatIsAcceptedInEitherFolder) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "approve 1"), kMorning);
  (void)office.deliver(mail_to("a@x.jp", "approve 2"), kMorning, {.folder = Folder::spam});
  (void)office.deliver(mail_to("a@x.jp", "bill"), kMorning);
  (void)office.deliver(mail_to("a@x.jp", "approve 3"), kMorning, {.delay = hours(1)});
  const auto approve = [](const Letter& l) { return l.message.subject.starts_with("approve"); };

  const Letter* now = office.newest("a@x.jp", approve, kMorning);

  ASSERT_NE(now, nullptr);
  EXPECT_EQ(now->message.subject, "approve 2");
  EXPECT_EQ(now->folder, Folder::spam);
  EXPECT_EQ(office.newest("a@x.jp", approve)->message.subject, "approve 3");
  EXPECT_EQ(office.newest("a@x.jp", [](const Letter&) { return false; }), nullptr);
  EXPECT_EQ(office.newest("b@x.jp", approve), nullptr);
}

TEST(PostOfficeTest, GivesForeignBytesToEveryRecipientOnce) {
  PostOffice office;

  const auto receipt = office.deliver(
      "From: a@x.jp\nTo: B <b@x.jp>, c@x.jp\nCc: c@X.JP\nSubject: x\n\ntext\n", kMorning);

  ASSERT_TRUE(receipt);
  EXPECT_EQ(office.inbox("b@x.jp", kMorning).size(), 1u);
  EXPECT_EQ(office.inbox("c@x.jp", kMorning).size(), 1u);
}

TEST(PostOfficeTest, FollowsTheEnvelopeNotTheHeader) {
  PostOffice office;
  (void)office.deliver(mail_to("header@x.jp", "x"), kMorning, {.recipient = "envelope@x.jp"});

  EXPECT_TRUE(office.inbox("header@x.jp", kMorning).empty());
  EXPECT_EQ(office.inbox("envelope@x.jp", kMorning)[0]->message.to, "header@x.jp");
}

TEST(PostOfficeTest, RefusesWhatIsNoMail) {
  PostOffice office;
  std::string crowd = "From: a@x.jp\nTo: ";
  for (int i = 0; i <= 100; ++i) crowd += fmt::format("a{}@x.jp,", i);

  EXPECT_EQ(office.deliver("no mail", kMorning).error().what, "the mail names no sender");
  EXPECT_EQ(office.deliver("From: a@x.jp\n\nx\n", kMorning).error().what,
            "the mail names no recipient");
  EXPECT_EQ(office.deliver(crowd + "\n\nx\n", kMorning).error().what,
            "the mail names more than 100 recipients");
  EXPECT_EQ(office.deliver(mail_to("nobody", "x"), kMorning).error().what,
            "\"nobody\" is not one mail address");
  EXPECT_EQ(office.deliver(mail_to("a@x.jp", "x"), kMorning)->sequence, 1u);
}

TEST(PostOfficeTest, NeverShowsAMailWhoseArrivalLiesBeyondTime) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "x"), kMorning, {.delay = Duration{INT64_MAX}});

  EXPECT_TRUE(office.inbox("a@x.jp", kNever).empty());
}

TEST(PostOfficeTest, KeepsPointersGoodWhileMailsCome) {
  PostOffice office;
  (void)office.deliver(mail_to("a@x.jp", "first"), kMorning);
  const Letter* first = office.inbox("a@x.jp", kMorning)[0];

  for (int i = 0; i < 1000; ++i) (void)office.deliver(mail_to("a@x.jp", "more"), kMorning);

  EXPECT_EQ(office.inbox("a@x.jp", kMorning)[0], first);
  EXPECT_EQ(first->message.subject, "first");
}

TEST(PostOfficeDeathTest, StopsOnANegativeDelay) {
  PostOffice office;
  EXPECT_DEATH((void)office.deliver(mail_to("a@x.jp", "x"), kMorning, {.delay = seconds(-1)}),
               "before it was sent");
}

RC_GTEST_PROP(PostOfficeTest, ShowsEveryMailThatIsNotLostOnceItsDelayIsOver, ()) {
  PostOffice office;
  std::size_t inbox = 0;
  std::size_t spam = 0;
  const auto mails = *rc::gen::container<std::vector<std::tuple<int, int, int>>>(
      rc::gen::tuple(rc::gen::inRange(0, 100), rc::gen::inRange(0, 100), rc::gen::inRange(0, 3)));
  for (const auto& [sent, delay, fate] : mails) {
    const Delivery how{.folder = fate == 1 ? Folder::spam : Folder::inbox,
                       .delay = seconds(delay),
                       .lost = fate == 2};
    RC_ASSERT(office.deliver(mail_to("a@x.jp", "x"), kMorning + seconds(sent), how).has_value());
    inbox += fate == 0 && sent + delay <= 100;
    spam += fate == 1 && sent + delay <= 100;
  }

  const auto seen = office.inbox("a@x.jp", kMorning + seconds(100));

  RC_ASSERT(seen.size() == inbox);
  RC_ASSERT(office.spam("a@x.jp", kMorning + seconds(100)).size() == spam);
  RC_ASSERT(std::is_sorted(seen.begin(), seen.end(), [](const Letter* a, const Letter* b) {
    return std::pair(a->arrived, a->sequence) < std::pair(b->arrived, b->sequence);
  }));
}

}  // namespace
}  // namespace shinsa::fakes::mail
