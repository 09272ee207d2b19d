#include <algorithm>

#include "model/catalogue/ids.hpp"
#include "model/testing/world_trial.hpp"
#include "model/vocabulary/calendar.hpp"
#include "model/world.hpp"

namespace shinsa::model {
namespace {

/// A World and a pen: events are written as their fields in text.
class DedicatedRenewalTest : public WorldTrial {
 protected:
  void start(const std::map<std::string, std::string>& readings = {}) {
    start_with({"dedicated-renewal", readings, {}});
  }

  /// The clauses that refuse it; none if it is accepted.
  Texts refused(const std::string& at, const std::string& type, const std::string& subject,
                const Said& said = {}) {
    const Outcome outcome = step(at, type, subject, said);
    Texts all;
    for (ClauseIndex index : outcome.clauses) all.emplace_back(clause(index).id);
    EXPECT_EQ(outcome.accepted, all.empty());
    EXPECT_FALSE(outcome.unjudged) << type;
    return all;
  }
  void take(const std::string& at, const std::string& type, const std::string& subject,
            const Said& said = {}) {
    EXPECT_EQ(refused(at, type, subject, said), Texts{}) << type << " at " << at;
  }
  /// The field of what is owed, in text; empty if nothing of the type is.
  std::string owed_instant(const std::string& type, const std::string& field) const {
    for (const Missed& missed : world_->owed())
      if (kEventTypes[missed.type].name == type) {
        const Value value = field_of(facts_.record(missed.match), field);
        return value.present() ? to_text(value.instant()) : "";
      }
    return "not owed";
  }

  void customer(const Said& changes = {}) {
    step("2017-01-01T00:00:00+09:00", "fact.customer", "customer/C1",
         changed({{"billing_mail", "billing@example.jp"},
                  {"payment", "card"},
                  {"card", "true"},
                  {"plan", "FLEX"}},
                 changes));
    step("2017-01-01T00:00:00+09:00", "fact.price", "product/renewal", {{"amount", "50000"}});
    step("2017-01-01T00:00:00+09:00", "fact.price", "product/new", {{"amount", "60000"}});
  }
  void certificate(const Said& changes = {}) {
    step("2017-01-01T00:00:00+09:00", "fact.certificate", "certificate/A",
         changed({{"customer", "customer/C1"},
                  {"cn", "www.example.jp"},
                  {"kind", "OV"},
                  {"brand", "GeoTrust"},
                  {"organisation", "Example K.K."},
                  {"unit", "Sales"},
                  {"locality", "Chiyoda-ku"},
                  {"prefecture", "Tokyo"},
                  {"country", "JP"},
                  {"not_before", "2016-06-30T00:00:00+09:00"},
                  {"not_after", "2017-06-30T23:59:59+09:00"}},
                 changes));
  }
  static Said mail(const std::string& purposes, const Said& changes = {}) {
    return changed({{"to", "billing@example.jp"},
                    {"from", "info@host.test"},
                    {"subject", "お知らせ"},
                    {"purposes", purposes}},
                   changes);
  }
  static Said order(const Said& changes = {}) {
    return changed({{"customer", "customer/C1"},
                    {"certificate", "certificate/A"},
                    {"bill", "B1"},
                    {"amount", "50000"},
                    {"method", "card"}},
                   changes);
  }
  static Said documents(const Said& changes = {}) {
    return changed({{"cn", "www.example.jp"},
                    {"csr", "x"},
                    {"key", "k1"},
                    {"organisation", "Example K.K."},
                    {"unit", "Sales"},
                    {"locality", "Chiyoda-ku"},
                    {"prefecture", "Tokyo"},
                    {"country", "JP"}},
                   changes);
  }
  static Said issued(const std::string& not_after, const Said& changes = {}) {
    return changed({{"application", "renewal/1"},
                    {"cn", "www.example.jp"},
                    {"not_before", "2017-05-20T12:00:00+09:00"},
                    {"not_after", not_after}},
                   changes);
  }

  /// Told and asked, the customer says yes, the order stands and its bill was mailed.
  void reach_the_bill(const Said& of_the_certificate = {}, const Said& of_the_customer = {}) {
    customer(of_the_customer);
    certificate(changed({{"noticed", "2016-12-01T00:00:00+09:00"}}, of_the_certificate));
    take("2017-05-10T10:00:00+09:00", "intent.reported", "certificate/A", {{"intent", "renew"}});
    take("2017-05-10T10:00:00+09:00", "renewal.ordered", "renewal/1", order());
    take("2017-05-10T10:00:00+09:00", "mail.sent", "renewal/1", mail("billing"));
  }
  void press(const std::string& at, const std::string& button, const Said& more = {}) {
    take(at, "billing.pressed", "renewal/1", changed({{"button", button}}, more));
  }
  /// Presses a button, and sees what it leads to.
  void go_on(const std::string& at, const std::string& button) {
    press(at, button);
    see(at);
  }
  void see(const std::string& at) {
    const auto all = world_->owed();
    const auto screen = std::ranges::find_if(
        all, [](const Missed& missed) { return kEventTypes[missed.type].name == "billing.shown"; });
    ASSERT_NE(screen, all.end());
    Event shown = event(at, "billing.shown", "renewal/1", {{"screen", "home"}});
    shown.data = screen->match;
    EXPECT_TRUE(world_->step(shown).accepted);
  }
  /// Paid by card, and confirmed.
  void reach_the_documents(const Said& of_the_certificate = {}) {
    reach_the_bill(of_the_certificate);
    pay_by_card("2017-05-11T10:00:00+09:00");
  }
  void pay_by_card(const std::string& at) {
    for (const char* button : {"ログイン", "課金履歴", "請求書", "このドキュメント支払"})
      go_on(at, button);
    press(at, "続く", {{"card", "registered"}});
    take(at, "card.charged", "renewal/1", {{"amount", "50000"}});
    take(at, "card.answered", "renewal/1", {{"outcome", "approved"}});
    take(at, "payment.confirmed", "renewal/1");
  }
  /// Documents, application and review are done: the issue is owed.
  void reach_the_issue(const Said& of_the_certificate = {}, const Said& of_the_documents = {},
                       const std::string& at = "2017-05-12T10:00:00+09:00") {
    reach_the_documents(of_the_certificate);
    take(at, "documents.prepared", "renewal/1", documents(of_the_documents));
    take(at, "ca.applied", "renewal/1");
    take(at, "review.asked", "renewal/1");
    take(at, "review.answered", "renewal/1", {{"outcome", "confirmed"}});
  }
};

TEST_F(DedicatedRenewalTest, LeadsFromTheNoticeToTheRenewedCertificate) {
  start();
  customer();
  certificate();
  EXPECT_EQ(owed(), Texts{});
  world_->advance(*parse_instant("2017-04-24T00:00:00+09:00"));
  EXPECT_EQ(owed(), (Texts{"mail.sent", "mail.sent"}));
  take("2017-05-01T00:00:00+09:00", "mail.sent", "certificate/A", mail("expiry-notice"));
  take("2017-05-01T00:00:00+09:00", "mail.sent", "certificate/A", mail("intent-inquiry"));
  EXPECT_EQ(owed(), Texts{});
  take("2017-05-10T10:00:00+09:00", "intent.reported", "certificate/A", {{"intent", "renew"}});
  EXPECT_EQ(owed(), Texts{"renewal.ordered"});
  take("2017-05-10T10:00:00+09:00", "renewal.ordered", "renewal/1", order());
  EXPECT_EQ(owed(), Texts{"mail.sent"});
  take("2017-05-10T10:00:00+09:00", "mail.sent", "renewal/1", mail("billing"));
  pay_by_card("2017-05-11T10:00:00+09:00");
  EXPECT_EQ(owed(), Texts{});
  take("2017-05-12T10:00:00+09:00", "documents.prepared", "renewal/1", documents());
  EXPECT_EQ(owed(), Texts{"ca.applied"});
  take("2017-05-12T10:00:00+09:00", "ca.applied", "renewal/1");
  EXPECT_EQ(owed(), Texts{"review.asked"});
  take("2017-05-12T10:00:00+09:00", "review.asked", "renewal/1");
  EXPECT_EQ(owed(), Texts{});
  take("2017-05-12T10:00:00+09:00", "review.answered", "renewal/1", {{"outcome", "confirmed"}});
  EXPECT_EQ(owed_instant("certificate.issued", "not_after"), "2018-06-30T23:59:59+09:00");
  take("2017-05-20T12:00:00+09:00", "certificate.issued", "certificate/01",
       issued("2018-06-30T23:59:59+09:00"));
  EXPECT_EQ(owed(), Texts{});
  EXPECT_EQ(world_->states_of(facts_.intern("certificate/A")), "Active, Done, Renewed, NotNeeded");
  EXPECT_EQ(world_->states_of(facts_.intern("renewal/1")), "Paid, Settled, Issued, Renewal");
  EXPECT_EQ(world_->states_of(facts_.intern("certificate/01")),
            "Active, Waiting, Unasked, NotNeeded");
}

// -- notice and inquiry
// ----------------------------------------------------------------------------------------------------

TEST_F(DedicatedRenewalTest, GivesNoticeFromThe67thToThe53rdDayAndNotASecondBeside) {
  const struct {
    const char* at;
    Texts refused;
  } kRows[] = {{"2017-04-23T23:59:59+09:00", {"REN-05", "REN-06"}},
               {"2017-04-24T00:00:00+09:00", {}},
               {"2017-05-08T23:59:59+09:00", {}},
               {"2017-05-09T00:00:00+09:00", {"REN-05", "REN-06"}}};
  for (const auto& row : kRows) {
    start();
    customer();
    certificate();
    EXPECT_EQ(refused(row.at, "mail.sent", "certificate/A", mail("expiry-notice,intent-inquiry")),
              row.refused)
        << row.at;
  }
}

TEST_F(DedicatedRenewalTest, GivesNoticeOnThe60thDayAloneUnderThatReading) {
  const struct {
    const char* at;
    Texts refused;
  } kRows[] = {{"2017-04-30T23:59:59+09:00", {"REN-05"}},
               {"2017-05-01T00:00:00+09:00", {}},
               {"2017-05-01T23:59:59+09:00", {}},
               {"2017-05-02T00:00:00+09:00", {"REN-05"}}};
  for (const auto& row : kRows) {
    start({{"REN-Q1", "to-the-day"}});
    customer();
    certificate();
    EXPECT_EQ(refused(row.at, "mail.sent", "certificate/A", mail("expiry-notice")), row.refused)
        << row.at;
  }
}

TEST_F(DedicatedRenewalTest, ReportsANoticeThatDidNotComeWhenTheDaysAreOver) {
  start();
  customer();
  certificate();
  EXPECT_TRUE(world_->advance(*parse_instant("2017-05-08T23:59:59+09:00")).empty());
  const auto missed = world_->advance(*parse_instant("2017-05-09T00:00:00+09:00"));
  ASSERT_EQ(missed.size(), 2u);
  EXPECT_EQ(clause(missed[0].clause).id, "REN-05");
  EXPECT_EQ(clause(missed[1].clause).id, "REN-06");
}

TEST_F(DedicatedRenewalTest, OwesNoNoticeThatMayHaveComeBeforeTheTrace) {
  start();
  customer();
  certificate({{"not_after", "2017-02-22T23:59:59+09:00"}});  // 52 days on
  EXPECT_EQ(owed(), Texts{});
  start();
  customer();
  certificate({{"not_after", "2017-02-23T23:59:59+09:00"}});  // 53 days on
  EXPECT_EQ(owed(), (Texts{"mail.sent", "mail.sent"}));
}

TEST_F(DedicatedRenewalTest, TakesOneMailOrTwoAsItIsRead) {
  const std::string at = "2017-05-01T10:00:00+09:00";
  const struct {
    const char* reading;
    Texts both, alone;
  } kRows[] = {{"either", {}, {}}, {"one-mail", {}, {"REN-06"}}, {"two-mails", {"REN-06"}, {}}};
  for (const auto& row : kRows) {
    start({{"REN-Q12", row.reading}});
    customer();
    certificate();
    EXPECT_EQ(refused(at, "mail.sent", "certificate/A", mail("expiry-notice,intent-inquiry")),
              row.both);
    EXPECT_EQ(owed().size(), row.both.empty() ? 0u : 2u);
    start({{"REN-Q12", row.reading}});
    customer();
    certificate();
    EXPECT_EQ(refused(at, "mail.sent", "certificate/A", mail("intent-inquiry")), row.alone);
    EXPECT_EQ(refused(at, "mail.sent", "certificate/A", mail("expiry-notice")), row.alone);
    EXPECT_EQ(owed().size(), row.alone.empty() ? 0u : 1u);
  }
}

TEST_F(DedicatedRenewalTest, AnInquiryDoesNotStandForTheNotice) {
  start();
  customer();
  certificate();
  take("2017-05-01T10:00:00+09:00", "mail.sent", "certificate/A", mail("intent-inquiry"));
  const auto missed = world_->advance(*parse_instant("2017-05-09T00:00:00+09:00"));
  ASSERT_EQ(missed.size(), 1u);
  EXPECT_EQ(clause(missed[0].clause).id, "REN-05");
}

TEST_F(DedicatedRenewalTest, AsksAgainAsItIsRead) {
  const auto ask_twice = [this](const std::string& reading) {
    start({{"REN-Q7", reading}});
    customer();
    certificate();
    take("2017-05-01T10:00:00+09:00", "mail.sent", "certificate/A",
         mail("expiry-notice,intent-inquiry"));
    return refused("2017-06-01T10:00:00+09:00", "mail.sent", "certificate/A",
                   mail("intent-inquiry"));
  };
  EXPECT_EQ(ask_twice("reminder-allowed"), Texts{});
  EXPECT_EQ(ask_twice("reminder-owed"), Texts{});
  EXPECT_EQ(ask_twice("asked-once"), Texts{"REN-06"});
}

TEST_F(DedicatedRenewalTest, MissesAReminderThatIsOwedAtTheExpiry) {
  for (const bool answered : {false, true}) {
    start({{"REN-Q7", "reminder-owed"}});
    customer({{"plan", "~"}});
    certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
    if (answered)
      take("2017-06-30T23:59:59+09:00", "intent.reported", "certificate/A",
           {{"intent", "do-not-renew"}});
    EXPECT_TRUE(world_->advance(*parse_instant("2017-06-30T23:59:59+09:00")).empty());
    EXPECT_EQ(world_->advance(*parse_instant("2017-07-01T00:00:00+09:00")).size(),
              answered ? 0u : 1u);
  }
}

// -- intent, order, bill
// ---------------------------------------------------------------------------------------------------

TEST_F(DedicatedRenewalTest, MakesAnOrderForAYesAndForNothingElse) {
  const std::string at = "2017-05-10T10:00:00+09:00";
  start();
  customer();
  certificate();
  EXPECT_EQ(refused(at, "intent.reported", "certificate/A", {{"intent", "renew"}}),
            Texts{"REN-07"});
  EXPECT_EQ(refused(at, "renewal.ordered", "renewal/1", order()), (Texts{"REN-01", "REN-08"}));
  start();
  customer();
  certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
  EXPECT_EQ(refused(at, "renewal.ordered", "renewal/1", order()), (Texts{"REN-01", "REN-08"}));
  take(at, "intent.reported", "certificate/A", {{"intent", "do-not-renew"}});
  EXPECT_EQ(refused(at, "renewal.ordered", "renewal/1", order()), Texts{"REN-32"});
  take(at, "intent.reported", "certificate/A", {{"intent", "renew"}});
  take(at, "renewal.ordered", "renewal/1", order());
  EXPECT_EQ(refused(at, "renewal.ordered", "renewal/2", order()), Texts{"REN-08"});
}

TEST_F(DedicatedRenewalTest, WithdrawsAnUnpaidOrderAndNoOther) {
  const std::string at = "2017-05-12T10:00:00+09:00";
  start();
  reach_the_bill();
  take(at, "intent.reported", "certificate/A", {{"intent", "do-not-renew"}});
  EXPECT_EQ(refused(at, "payment.received", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}}),
            Texts{"REN-32"});
  take(at, "intent.reported", "certificate/A", {{"intent", "renew"}});
  EXPECT_EQ(refused(at, "renewal.ordered", "renewal/1", order()), Texts{"ASM-07"});
  take(at, "renewal.ordered", "renewal/2", order());
  start();
  reach_the_documents();
  take(at, "intent.reported", "certificate/A", {{"intent", "do-not-renew"}});
  EXPECT_EQ(owed(), Texts{});
  take(at, "documents.prepared", "renewal/1", documents());
}

TEST_F(DedicatedRenewalTest, BillsAsThePriceIsRead) {
  const auto bill = [this](const std::string& reading, const char* amount, const char* at) {
    start({{"REN-Q11", reading}});
    customer();
    certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
    take(at, "intent.reported", "certificate/A", {{"intent", "renew"}});
    return refused(at, "renewal.ordered", "renewal/1", order({{"amount", amount}}));
  };
  const char* const kLast = "2017-06-30T23:59:59+09:00";
  const char* const kLate = "2017-07-01T00:00:00+09:00";
  EXPECT_EQ(bill("not-asserted", "1", kLast), Texts{});
  EXPECT_EQ(bill("same-price", "1", kLast), Texts{"REN-08"});
  EXPECT_EQ(bill("same-price", "50000", kLate), Texts{});
  EXPECT_EQ(bill("price-of-new", "50000", kLast), Texts{});
  EXPECT_EQ(bill("price-of-new", "60000", kLast), Texts{"REN-08"});
  EXPECT_EQ(bill("price-of-new", "60000", kLate), Texts{});
  EXPECT_EQ(bill("price-of-new", "50000", kLate), Texts{"REN-08"});
}

// -- payment
// ---------------------------------------------------------------------------------------------------------------

TEST_F(DedicatedRenewalTest, PaysByCardThroughTheScreensInTheirOrder) {
  const std::string at = "2017-05-11T10:00:00+09:00";
  const std::vector<std::pair<std::string, std::string>> kButtons{
      {"課金履歴", "REN-27"},
      {"請求書", "REN-28"},
      {"このドキュメント支払", "REN-29"},
      {"続く", "REN-30"}};
  start();
  reach_the_bill();
  for (std::size_t reached = 0; reached < kButtons.size(); ++reached) {
    for (std::size_t i = reached; i < kButtons.size(); ++i)
      EXPECT_EQ(refused(at, "billing.pressed", "renewal/1",
                        {{"button", kButtons[i].first}, {"card", "new"}}),
                Texts{kButtons[i].second})
          << reached << kButtons[i].first;
    press(at, reached == 0 ? "ログイン" : kButtons[reached - 1].first);
    EXPECT_EQ(refused(at, "billing.pressed", "renewal/1",
                      {{"button", kButtons[reached].first}, {"card", "new"}}),
              Texts{"ASM-10"});
    see(at);
  }
  EXPECT_EQ(refused(at, "billing.pressed", "renewal/1", {{"button", "続く"}}), Texts{"REN-30"});
  press(at, "続く", {{"card", "new"}});
  EXPECT_EQ(owed(), Texts{"card.charged"});
  EXPECT_EQ(refused(at, "card.charged", "renewal/1", {{"amount", "49999"}}), Texts{"REN-10"});
  EXPECT_EQ(refused(at, "card.charged", "renewal/1", {{"amount", "50000"}, {"card", "registered"}}),
            Texts{"REN-30"});
  take(at, "card.charged", "renewal/1", {{"amount", "50000"}, {"card", "new"}});
  EXPECT_EQ(refused(at, "payment.confirmed", "renewal/1"), Texts{"REN-11"});
  take(at, "card.answered", "renewal/1", {{"outcome", "declined"}});
  EXPECT_EQ(owed(), Texts{"billing.shown"});
  see(at);
  press(at, "続く", {{"card", "registered"}});
  take(at, "card.charged", "renewal/1", {{"amount", "50000"}});
  take(at, "card.answered", "renewal/1", {{"outcome", "approved"}});
  EXPECT_EQ(owed(), Texts{"payment.confirmed"});
}

TEST_F(DedicatedRenewalTest, RefusesACardThatIsNotOnRecord) {
  start();
  reach_the_bill({}, {{"card", "false"}});
  const std::string at = "2017-05-11T10:00:00+09:00";
  for (const char* button : {"ログイン", "課金履歴", "請求書", "このドキュメント支払"})
    go_on(at, button);
  EXPECT_EQ(
      refused(at, "billing.pressed", "renewal/1", {{"button", "続く"}, {"card", "registered"}}),
      Texts{"REN-30"});
  press(at, "続く", {{"card", "new"}});
}

TEST_F(DedicatedRenewalTest, ShowsEachScreenAsItMustBe) {
  const std::string at = "2017-05-11T10:00:00+09:00";
  const struct {
    const char* button;
    Said right, wrong;
    const char* clause;
  } kRows[] = {{"ログイン",
                {{"screen", "home"}, {"buttons", "アカウント,課金履歴"}},
                {{"screen", "home"}},
                "REN-27"},
               {"課金履歴",
                {{"screen", "billing-history"}, {"status", "オープン"}, {"buttons", "請求書"}},
                {{"screen", "billing-history"}, {"status", "完了"}, {"buttons", "請求書"}},
                "REN-28"},
               {"請求書",
                {{"screen", "document"}, {"buttons", "このドキュメント支払"}},
                {{"screen", "card-choice"}, {"buttons", "続く"}, {"cards", "registered,new"}},
                "REN-29"},
               {"このドキュメント支払",
                {{"screen", "card-choice"}, {"buttons", "続く"}, {"cards", "registered,new"}},
                {{"screen", "card-choice"}, {"buttons", "続く"}, {"cards", "new"}},
                "REN-30"}};
  start();
  reach_the_bill();
  for (const auto& row : kRows) {
    press(at, row.button);
    EXPECT_EQ(refused(at, "billing.shown", "renewal/1", row.wrong), Texts{row.clause});
    take(at, "billing.shown", "renewal/1", row.right);
    EXPECT_EQ(owed(), Texts{}) << row.button;
    EXPECT_EQ(refused(at, "billing.shown", "renewal/1", row.right), Texts{"ASM-09"});
  }
}

TEST_F(DedicatedRenewalTest, TakesATransferOnAnInvoiceAlone) {
  const std::string at = "2017-05-11T10:00:00+09:00";
  const Said transfer{{"bill", "B1"}, {"amount", "50000"}, {"method", "bank-transfer"}};
  start();
  customer({{"payment", "bank-transfer"}});
  certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
  take(at, "intent.reported", "certificate/A", {{"intent", "renew"}});
  take(at, "renewal.ordered", "renewal/1", order({{"method", "bank-transfer"}}));
  EXPECT_EQ(owed(), (Texts{"mail.sent", "invoice.issued"}));
  EXPECT_EQ(refused(at, "payment.made", "renewal/1", transfer), Texts{"REN-26"});
  take(at, "mail.sent", "renewal/1", mail("billing"));
  EXPECT_EQ(refused(at, "payment.made", "renewal/1", transfer), Texts{"REN-31"});
  EXPECT_EQ(refused(at, "payment.received", "renewal/1", transfer), Texts{"REN-31"});
  EXPECT_EQ(refused(at, "invoice.issued", "renewal/1", {{"bill", "B2"}, {"amount", "50000"}}),
            Texts{"REN-08"});
  take(at, "invoice.issued", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}});
  EXPECT_EQ(refused(at, "invoice.issued", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}}),
            Texts{"REN-31"});
  EXPECT_EQ(refused(at, "payment.made", "renewal/1", changed(transfer, {{"method", "card"}})),
            Texts{"REN-30"});
  EXPECT_EQ(refused(at, "payment.received", "renewal/1", changed(transfer, {{"bill", "B2"}})),
            Texts{"REN-10"});
  take(at, "payment.made", "renewal/1", transfer);
  take(at, "payment.received", "renewal/1", changed(transfer, {{"amount", "49999"}}));
  EXPECT_EQ(refused(at, "payment.confirmed", "renewal/1"), Texts{"REN-11"});
  take(at, "payment.received", "renewal/1", changed(transfer, {{"amount", "1"}}));
  EXPECT_EQ(owed(), Texts{"payment.confirmed"});
  take(at, "payment.confirmed", "renewal/1");
  EXPECT_EQ(refused(at, "payment.received", "renewal/1", transfer), Texts{"REN-10"});
  EXPECT_EQ(refused(at, "payment.confirmed", "renewal/1"), Texts{"REN-11"});
}

TEST_F(DedicatedRenewalTest, MaySendTheInvoiceBeforeTheMail) {
  const std::string at = "2017-05-11T10:00:00+09:00";
  start();
  customer({{"payment", "bank-transfer"}});
  certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
  take(at, "intent.reported", "certificate/A", {{"intent", "renew"}});
  take(at, "renewal.ordered", "renewal/1", order({{"method", "bank-transfer"}}));
  take(at, "invoice.issued", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}});
  EXPECT_EQ(owed(), Texts{"mail.sent"});
  EXPECT_EQ(refused(at, "payment.received", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}}),
            Texts{"REN-26"});
  take(at, "mail.sent", "renewal/1", mail("billing"));
  take(at, "payment.received", "renewal/1", {{"bill", "B1"}, {"amount", "50000"}});
}

TEST_F(DedicatedRenewalTest, RequiresNoOtherPlanOfWhoPaysAfterAll) {
  start();
  reach_the_bill();
  for (const char* button : {"ログイン", "課金履歴", "請求書", "このドキュメント支払"})
    go_on("2017-06-30T10:00:00+09:00", button);
  press("2017-06-30T10:00:00+09:00", "続く", {{"card", "registered"}});
  take("2017-06-30T10:00:00+09:00", "card.charged", "renewal/1", {{"amount", "50000"}});
  world_->advance(*parse_instant("2017-07-01T00:00:00+09:00"));
  EXPECT_EQ(owed(), Texts{"plan-change.required"});
  take("2017-07-01T00:00:00+09:00", "card.answered", "renewal/1", {{"outcome", "approved"}});
  EXPECT_EQ(owed(), Texts{"payment.confirmed"});
}

TEST_F(DedicatedRenewalTest, OwesTheNoticeAsTheDaysAreWhenItIsIssued) {
  for (const auto& [issue, mails] :
       std::vector<std::pair<std::string, std::size_t>>{{"2018-04-23T23:59:59+09:00", 0},
                                                        {"2018-04-24T00:00:00+09:00", 2},
                                                        {"2018-05-08T23:59:59+09:00", 2},
                                                        {"2018-05-09T00:00:00+09:00", 0}}) {
    start({{"REN-Q4", "order"}});
    reach_the_issue();
    take(issue, "certificate.issued", "certificate/01", issued("2018-06-30T23:59:59+09:00"));
    EXPECT_EQ(owed().size(), mails) << issue;
  }
}

TEST_F(DedicatedRenewalTest, SendsTheInvoiceByTheChannelThatIsRead) {
  const auto send = [this](const std::string& reading, const char* channel) {
    start({{"REN-Q9", reading}});
    reach_the_bill();
    return refused("2017-05-11T10:00:00+09:00", "invoice.issued", "renewal/1",
                   {{"bill", "B1"}, {"amount", "50000"}, {"channel", channel}});
  };
  EXPECT_EQ(send("any-channel", "mail"), Texts{});
  EXPECT_EQ(send("any-channel", "post"), Texts{});
  EXPECT_EQ(send("by-mail", "mail"), Texts{});
  EXPECT_EQ(send("by-mail", "post"), Texts{"REN-31"});
  EXPECT_EQ(send("by-post", "mail"), Texts{"REN-31"});
  EXPECT_EQ(send("by-post", "post"), Texts{});
}

// -- documents, application, review
// ----------------------------------------------------------------------------------------

TEST_F(DedicatedRenewalTest, AppliesToTheCaOnlyAfterThePayment) {
  const std::string at = "2017-05-11T10:00:00+09:00";
  start();
  reach_the_bill();
  EXPECT_EQ(refused(at, "documents.prepared", "renewal/1", documents()), Texts{"REN-35"});
  EXPECT_EQ(refused(at, "ca.applied", "renewal/1"), Texts{"REN-11"});
  EXPECT_EQ(refused(at, "review.asked", "renewal/1"), Texts{"REN-11"});
  EXPECT_EQ(
      refused(at, "certificate.issued", "certificate/01", issued("2018-06-30T23:59:59+09:00")),
      Texts{"REN-11"});
  pay_by_card(at);
  EXPECT_EQ(refused(at, "ca.applied", "renewal/1"), Texts{"REN-12"});
  EXPECT_EQ(
      refused(at, "certificate.issued", "certificate/01", issued("2018-06-30T23:59:59+09:00")),
      Texts{"REN-12"});
}

TEST_F(DedicatedRenewalTest, RefusesDocumentsThatLackSomething) {
  const struct {
    Said changes;
    Texts refused;
  } kRows[] = {{{{"csr", "~"}}, {"REN-12"}},
               {{{"organisation", "~"}}, {"REN-12"}},
               {{{"csr_cn", "www2.example.jp"}}, {"REN-12"}},
               {{{"csr_problem", "bad-signature"}}, {"RFC-01"}},
               {{{"csr_problem", "weak-key"}}, {"POL-01"}},
               {{{"csr", "~"}, {"csr_problem", "weak-key"}}, {"POL-01", "REN-12"}},
               {{{"unit", "~"}}, {}}};
  for (const auto& row : kRows) {
    start();
    reach_the_documents();
    EXPECT_EQ(refused("2017-05-12T10:00:00+09:00", "documents.prepared", "renewal/1",
                      documents(row.changes)),
              row.refused);
  }
}

TEST_F(DedicatedRenewalTest, ReviewsARenewalAsANewOne) {
  const std::string at = "2017-05-12T10:00:00+09:00";
  for (const char* name : {"www.example.jp", "www2.example.jp"}) {
    start();
    reach_the_documents();
    take(at, "documents.prepared", "renewal/1", documents({{"cn", name}}));
    EXPECT_EQ(refused(at, "review.asked", "renewal/1"), Texts{"REN-12"});
    EXPECT_EQ(refused(at, "ca.applied", "renewal/1", {{"cn", "other.example.jp"}}),
              Texts{"REN-12"});
    take(at, "ca.applied", "renewal/1", {{"cn", name}});
    EXPECT_EQ(refused(at, "review.answered", "renewal/1", {{"outcome", "confirmed"}}),
              Texts{"REN-12"});
    take(at, "review.asked", "renewal/1");
    EXPECT_EQ(refused(at, "documents.prepared", "renewal/1", documents()), Texts{"REN-12"});
    take(at, "review.answered", "renewal/1", {{"outcome", "denied"}});
    EXPECT_EQ(owed(), Texts{});
    take(at, "documents.prepared", "renewal/1", documents({{"cn", name}}));
    EXPECT_EQ(owed(), Texts{"ca.applied"});
  }
}

// -- renewal or new
// ---------------------------------------------------------------------------------------------------------

const std::string kRenewed = "2018-06-30T23:59:59+09:00";
const std::string kAsNew = "2018-05-20T23:59:59+09:00";
const std::string kIssueDay = "2017-05-20T12:00:00+09:00";

TEST_F(DedicatedRenewalTest, AnyChangeOfTheNameMakesItNew) {
  const struct {
    const char* field;
    const char* value;
    Texts as_renewal;
  } kRows[] = {{"cn", "www2.example.jp", {"REN-17", "REN-20", "REN-21"}},
               {"organisation", "Example Co., Ltd.", {"REN-17", "REN-20", "REN-22"}},
               {"unit", "Marketing", {"REN-17", "REN-20", "REN-23"}},
               {"unit", "~", {"REN-17", "REN-20", "REN-23"}},
               {"locality", "Minato-ku", {"REN-17", "REN-20", "REN-24"}},
               {"prefecture", "Osaka", {"REN-17", "REN-20", "REN-24"}},
               {"country", "US", {"REN-17", "REN-20"}}};
  for (const auto& row : kRows) {
    start();
    reach_the_issue({}, {{row.field, row.value}});
    EXPECT_EQ(owed_instant("certificate.issued", "not_after"), "") << row.field;
    const Said changes = std::string(row.field) == "cn" ? Said{{"cn", row.value}} : Said{};
    EXPECT_EQ(refused(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed, changes)),
              row.as_renewal)
        << row.field;
    take(kIssueDay, "certificate.issued", "certificate/01", issued(kAsNew, changes));
  }
}

TEST_F(DedicatedRenewalTest, AnotherKeyMakesItNotNew) {
  start();
  reach_the_issue({{"key", "k0"}}, {{"key", "k9"}});
  EXPECT_EQ(owed_instant("certificate.issued", "not_after"), kRenewed);
  EXPECT_EQ(
      refused(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed, {{"key", "k0"}})),
      Texts{"REN-12"});
  take(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed, {{"key", "k9"}}));
}

TEST_F(DedicatedRenewalTest, ComparesTheNameAsItIsRead) {
  const auto is_renewal = [this](const std::string& reading, const Said& change) {
    start({{"REN-Q5", reading}});
    reach_the_issue({}, change);
    return owed_instant("certificate.issued", "not_after") == kRenewed;
  };
  const Said notation{{"organisation", "EXAMPLE Ｋ.K."}};
  const Said country{{"country", "US"}};
  EXPECT_FALSE(is_renewal("exact-string", notation));
  EXPECT_TRUE(is_renewal("notation-apart", notation));
  EXPECT_FALSE(is_renewal("notation-apart", {{"organisation", "Example KK"}}));
  EXPECT_FALSE(is_renewal("listed-fields-only", notation));
  EXPECT_FALSE(is_renewal("exact-string", country));
  EXPECT_FALSE(is_renewal("notation-apart", country));
  EXPECT_TRUE(is_renewal("listed-fields-only", country));
}

TEST_F(DedicatedRenewalTest, IsARenewalToTheLastSecondOfTheOldOne) {
  const struct {
    const char* reading;
    const char* at;
    bool renews;
  } kRows[] = {{"last-second-renews", "2017-06-30T23:59:59+09:00", true},
               {"last-second-renews", "2017-07-01T00:00:00+09:00", false},
               {"expiry-wins", "2017-06-30T23:59:58+09:00", true},
               {"expiry-wins", "2017-06-30T23:59:59+09:00", false}};
  for (const auto& row : kRows) {
    start({{"REN-Q10", row.reading}});
    reach_the_issue({{"brand", "Symantec"}});
    const std::string renewed = "2018-07-14T23:59:59+09:00";
    EXPECT_EQ(refused(row.at, "certificate.issued", "certificate/01", issued(renewed)),
              row.renews ? Texts{} : (Texts{"REN-17", "REN-25"}))
        << row.reading << row.at;
    EXPECT_EQ(refused(row.at, "certificate.issued", "certificate/02",
                      issued(row.renews ? renewed : "2018-07-01T23:59:59+09:00")),
              row.renews ? Texts{"ASM-04"} : Texts{});
  }
}

TEST_F(DedicatedRenewalTest, DecidesByTheInstantThatIsRead) {
  const struct {
    const char* reading;
    const char* paid;
    const char* issue;
    bool renews;
  } kRows[] = {{"issuance", "2017-06-30T23:59:59+09:00", "2017-07-10T12:00:00+09:00", false},
               {"payment", "2017-06-30T23:59:59+09:00", "2017-07-10T12:00:00+09:00", true},
               {"payment", "2017-07-01T00:00:00+09:00", "2017-07-10T12:00:00+09:00", false},
               {"order", "2017-07-01T00:00:00+09:00", "2017-07-10T12:00:00+09:00", true}};
  for (const auto& row : kRows) {
    start({{"REN-Q4", row.reading}});
    reach_the_bill({{"brand", "Symantec"}});
    pay_by_card(row.paid);
    take(row.paid, "documents.prepared", "renewal/1", documents());
    take(row.paid, "ca.applied", "renewal/1");
    take(row.paid, "review.asked", "renewal/1");
    take(row.paid, "review.answered", "renewal/1", {{"outcome", "confirmed"}});
    EXPECT_EQ(refused(row.issue, "certificate.issued", "certificate/01",
                      issued("2018-07-14T23:59:59+09:00")),
              row.renews ? Texts{} : (Texts{"REN-17", "REN-25"}))
        << row.reading << row.paid;
  }
}

TEST_F(DedicatedRenewalTest, EndsOnTheDayAndOneBesideButNotTwo) {
  const struct {
    const char* brand;
    const char* reading;
    Said documents;
    const char* day;  // the right one
    int before, after;
    const char* clause;
  } kRows[] = {{"GeoTrust", "fourteen-days", {}, "2018-06-30", 1, 1, "REN-18"},
               {"Cybertrust", "fourteen-days", {}, "2018-06-30", 1, 1, "REN-18"},
               {"Symantec", "fourteen-days", {}, "2018-07-14", 1, 1, "REN-19"},
               {"Symantec", "exactly-fourteen-days", {}, "2018-07-14", 0, 0, "REN-19"},
               {"Symantec", "at-most-fourteen-days", {}, "2018-07-14", 14, 0, "REN-19"},
               {"Symantec", "fourteen-days", {{"unit", "Marketing"}}, "2018-05-20", 1, 1, ""}};
  for (const auto& row : kRows) {
    for (int off = -row.before - 1; off <= row.after + 1; ++off) {
      start({{"REN-Q2", row.reading}});
      reach_the_issue({{"brand", row.brand}}, row.documents);
      const std::string day = to_text(plus_days(*parse_date(row.day), off));
      const bool fits = off >= -row.before && off <= row.after;
      const Texts said = refused(kIssueDay, "certificate.issued", "certificate/01",
                                 issued(day + "T23:59:59+09:00"));
      const Texts wrong = row.clause[0] ? Texts{row.clause} : Texts{"REN-17", "REN-20", "REN-23"};
      EXPECT_EQ(said, fits ? Texts{} : wrong) << row.brand << row.reading << off;
    }
  }
}

TEST_F(DedicatedRenewalTest, CountsAYearFromTheLeapDayAsItIsRead) {
  const struct {
    const char* reading;
    const char* old_end;
    const char* new_end;
  } kRows[] = {{"clamped", "2020-02-29T23:59:59+09:00", "2021-02-28T23:59:59+09:00"},
               {"first-of-march", "2020-02-29T23:59:59+09:00", "2021-03-01T23:59:59+09:00"},
               {"clamped", "2019-02-28T23:59:59+09:00", "2020-02-28T23:59:59+09:00"},
               {"first-of-march", "2019-02-28T23:59:59+09:00", "2020-02-28T23:59:59+09:00"}};
  for (const auto& row : kRows)
    for (const bool symantec : {false, true}) {
      start({{"REN-Q3", row.reading}});
      reach_the_issue({{"brand", symantec ? "Symantec" : "GeoTrust"}, {"not_after", row.old_end}});
      const Instant end = *parse_instant(row.new_end) + (symantec ? days(14) : Duration{});
      EXPECT_EQ(owed_instant("certificate.issued", "not_after"), to_text(end));
    }
}

TEST_F(DedicatedRenewalTest, KeepsTheTimeOfDayOfTheOldEnd) {
  start();
  reach_the_issue({{"not_after", "2017-07-01T08:59:59+09:00"}});
  EXPECT_EQ(owed_instant("certificate.issued", "not_after"), "2018-07-01T08:59:59+09:00");
}

TEST_F(DedicatedRenewalTest, BeginsAtTheOldEndUnderThatReading) {
  start({{"REN-Q8", "begins-at-the-old-end"}});
  reach_the_issue();
  EXPECT_EQ(owed_instant("certificate.issued", "not_before"), "2017-07-01T00:00:00+09:00");
  EXPECT_EQ(refused(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed)),
            Texts{"REN-17"});
  take(kIssueDay, "certificate.issued", "certificate/01",
       issued(kRenewed, {{"not_before", "2017-07-01T00:00:00+09:00"}}));
}

TEST_F(DedicatedRenewalTest, IssuesWhatWasAppliedFor) {
  start();
  reach_the_issue();
  EXPECT_EQ(refused(kIssueDay, "certificate.issued", "certificate/A", issued(kRenewed)),
            Texts{"ASM-05"});
  for (const auto& [field, value] :
       std::vector<std::pair<std::string, std::string>>{{"cn", "www2.example.jp"},
                                                        {"organisation", "Other"},
                                                        {"unit", "Other"},
                                                        {"locality", "Other"},
                                                        {"prefecture", "Other"},
                                                        {"country", "US"}})
    EXPECT_EQ(refused(kIssueDay, "certificate.issued", "certificate/01",
                      issued(kRenewed, {{field, value}})),
              Texts{"REN-12"})
        << field;
}

// -- next year, plan, browser
// ----------------------------------------------------------------------------------------------

TEST_F(DedicatedRenewalTest, BeginsAnewEveryYear) {
  start();
  reach_the_issue();
  take(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed));
  EXPECT_EQ(refused(kIssueDay, "certificate.issued", "certificate/02", issued(kRenewed)),
            Texts{"ASM-04"});
  EXPECT_EQ(refused("2018-05-10T10:00:00+09:00", "intent.reported", "certificate/A",
                    {{"intent", "renew"}}),
            Texts{"REN-02"});
  EXPECT_EQ(refused("2018-05-10T10:00:00+09:00", "renewal.ordered", "renewal/2", order()),
            Texts{"REN-02"});
  EXPECT_EQ(world_->advance(*parse_instant("2018-05-10T10:00:00+09:00")).size(), 0u);
  EXPECT_EQ(refused("2018-05-10T10:00:00+09:00", "renewal.ordered", "renewal/2",
                    order({{"certificate", "certificate/01"}})),
            (Texts{"REN-01", "REN-08"}));
}

TEST_F(DedicatedRenewalTest, OwesTheNoticeOfTheNextYear) {
  start();
  reach_the_issue();
  take(kIssueDay, "certificate.issued", "certificate/01", issued(kRenewed));
  world_->advance(*parse_instant("2018-04-23T23:59:59+09:00"));
  EXPECT_EQ(owed(), Texts{});
  world_->advance(*parse_instant("2018-04-24T00:00:00+09:00"));
  EXPECT_EQ(owed(), (Texts{"mail.sent", "mail.sent"}));
}

TEST_F(DedicatedRenewalTest, RequiresAnotherPlanOfFlexAloneAndOnNonRenewalAlone) {
  const std::string at = "2017-05-10T10:00:00+09:00";
  const Said change{{"to", "IPアドレス共用"}};
  for (const auto& [plan, flex] : std::vector<std::pair<std::string, bool>>{
           {"FLEX", true}, {"FLEX2", false}, {"STANDARD", false}, {"~", false}}) {
    start();
    customer({{"plan", plan}});
    certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
    EXPECT_EQ(refused(at, "plan-change.required", "certificate/A", change), Texts{"REN-34"});
    take(at, "intent.reported", "certificate/A", {{"intent", "do-not-renew"}});
    EXPECT_EQ(owed(), flex ? Texts{"plan-change.required"} : Texts{}) << plan;
    EXPECT_EQ(refused(at, "plan-change.required", "certificate/A", {{"to", "STANDARD"}}),
              Texts{"REN-34"});
    EXPECT_EQ(refused(at, "plan-change.required", "certificate/A", change),
              flex ? Texts{} : Texts{"REN-34"});
    EXPECT_EQ(refused(at, "plan-change.required", "certificate/A", change), Texts{"REN-34"});
  }
}

TEST_F(DedicatedRenewalTest, TakesTheExpiryForNonRenewalUnlessSomethingIsPaid) {
  const auto after_the_end = [this] {
    world_->advance(*parse_instant("2017-06-30T23:59:59+09:00"));
    const Texts before = owed();
    EXPECT_EQ(std::ranges::count(before, "plan-change.required"), 0);
    world_->advance(*parse_instant("2017-07-01T00:00:00+09:00"));
    const Texts after = owed();
    return std::ranges::count(after, "plan-change.required") == 1;
  };
  start();
  customer();
  certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
  EXPECT_TRUE(after_the_end());
  take("2017-07-01T00:00:00+09:00", "intent.reported", "certificate/A", {{"intent", "renew"}});
  EXPECT_EQ(owed(), Texts{"renewal.ordered"});
  start();
  reach_the_bill();
  EXPECT_TRUE(after_the_end());
  start();
  reach_the_documents();
  EXPECT_FALSE(after_the_end());
}

TEST_F(DedicatedRenewalTest, ShowsALockToTheLastSecondAndThenAnError) {
  const std::string subject =
      "CN=www.example.jp,OU=Sales,O=Example K.K.,L=Chiyoda-ku,ST=Tokyo,C=JP";
  const struct {
    const char* at;
    const char* result;
    Texts refused;
  } kRows[] = {{"2017-06-30T23:59:59+09:00", "lock", {}},
               {"2017-06-30T23:59:59+09:00", "expired", {"REN-16"}},
               {"2017-07-01T00:00:00+09:00", "expired", {}},
               {"2017-07-01T00:00:00+09:00", "lock", {"REN-33"}}};
  for (const auto& row : kRows) {
    start();
    customer({{"plan", "~"}});
    certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
    take(row.at, "site.visited", "site/www.example.jp", {{"cn", "www.example.jp"}});
    const Said shown{{"result", row.result},
                     {"certificate", "certificate/A"},
                     {"not_after", "2017-06-30T23:59:59+09:00"},
                     {"subject_dn", subject}};
    EXPECT_EQ(refused(row.at, "site.shown", "site/www.example.jp", shown), row.refused) << row.at;
    for (const auto& [field, value] : std::vector<std::pair<std::string, std::string>>{
             {"certificate", "certificate/B"},
             {"not_after", "2017-07-30T23:59:59+09:00"},
             {"subject_dn", "CN=www.example.jp"}}) {
      if (!row.refused.empty()) continue;
      take(row.at, "site.visited", "site/www.example.jp", {{"cn", "www.example.jp"}});
      EXPECT_EQ(
          refused(row.at, "site.shown", "site/www.example.jp", changed(shown, {{field, value}})),
          Texts{"REN-14"});
    }
  }
}

TEST_F(DedicatedRenewalTest, ShowsWhoWaitedWhatWasServedOrWhatIs) {
  const std::string end = "2017-06-30T23:59:59+09:00", after = "2017-07-01T00:00:00+09:00";
  for (const char* result : {"lock", "expired"}) {
    start();
    customer({{"plan", "~"}});
    certificate({{"noticed", "2016-12-01T00:00:00+09:00"}});
    take(end, "site.visited", "site/www.example.jp", {{"cn", "www.example.jp"}});
    const Said shown{{"result", result}, {"certificate", "certificate/A"}};
    EXPECT_EQ(refused(after, "site.shown", "site/www.example.jp", shown), Texts{}) << result;
    EXPECT_EQ(std::ranges::count(owed(), "site.shown"), 0) << result;
    EXPECT_EQ(refused(after, "site.shown", "site/www.example.jp", {{"result", "lock"}}),
              (Texts{"ASM-09", "REN-33"}));
  }
}

TEST_F(DedicatedRenewalTest, ShowsWhatWasInstalledAndNothingOfAnUnknownHost) {
  start();
  reach_the_issue();
  EXPECT_EQ(refused(kIssueDay, "certificate.installed", "certificate/01"), Texts{"REN-12"});
  take(kIssueDay, "certificate.issued", "certificate/01",
       issued(kRenewed, {{"organisation", "Example K.K."}}));
  const Said shown{{"result", "lock"}, {"certificate", "certificate/01"}};
  take(kIssueDay, "site.visited", "site/www.example.jp", {{"cn", "www.example.jp"}});
  EXPECT_EQ(refused(kIssueDay, "site.shown", "site/www.example.jp", shown), Texts{"REN-14"});
  take(kIssueDay, "certificate.installed", "certificate/01");
  take(kIssueDay, "site.shown", "site/www.example.jp", shown);
  EXPECT_EQ(
      refused(kIssueDay, "site.visited", "site/other.example.jp", {{"cn", "other.example.jp"}}),
      Texts{"REN-14"});
}

/// In every cell an event that can be refused finds a clause.
TEST(DedicatedRenewalTableTest, EveryEventThatCanBeRefusedHasAClauseForEveryState) {
  EXPECT_EQ(cells_without_a_clause("dedicated-renewal"), Texts{});
}

}  // namespace
}  // namespace shinsa::model
