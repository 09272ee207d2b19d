#include "model/testing/world_trial.hpp"

namespace shinsa::model {
namespace {

constexpr std::size_t kMany = std::size_t{1} << 16;

/// A customer whose certificates of one name, most of them over, are more than 16 bits can count.
class LargeGroupWorldTest : public WorldTrial {
 protected:
  const std::string kBefore = "2026-10-01T00:00:00+09:00";
  const std::string kFormDay = "2026-11-25T10:00:00+09:00";

  LargeGroupWorldTest() {
    start_with({});
    step(kBefore, "fact.customer", "customer/C1",
         {{"billing_mail", "billing@example.jp"}, {"managed_domains", ""}});
    certificate("first", "2026-09-30T23:59:59+09:00");
    std::vector<Group> groups = world_->groups();
    Group& large = groups.front();
    for (std::size_t i = 0; i < kMany; ++i) {
      Object one = large.objects.front();
      one.subject = facts_.intern("certificate/" + std::to_string(i));
      large.objects.push_back(one);
    }
    world_->put_back(groups, *parse_instant(kBefore));
  }
  void certificate(const std::string& name, const std::string& not_after) {
    step(kBefore, "fact.certificate", "certificate/" + name,
         {{"customer", "customer/C1"},
          {"cn", "www.example.jp"},
          {"kind", "DV"},
          {"not_before", "2026-04-01T00:00:00+09:00"},
          {"not_after", not_after},
          {"sans", "www.example.jp"}});
  }
};

TEST_F(LargeGroupWorldTest, LeadsAnApplicationThatStandsBehindAllOfThemToItsCertificate) {
  certificate("last", "2027-03-31T23:59:59+09:00");
  step(kFormDay, "inquiry.received", "application/1",
       {{"customer", "customer/C1"},
        {"channel", "form"},
        {"from", "taro@example.jp"},
        {"cn", "www.example.jp"}});
  step(kFormDay, "mail.sent", "application/1",
       {{"to", "taro@example.jp"},
        {"from", "ssl@jpdirect.test"},
        {"subject", "ご案内"},
        {"attachments", "application-form"}});
  step(kFormDay, "application.returned", "application/1",
       {{"source", "certificate/last"},
        {"cn", "www.example.jp"},
        {"kind", "DV"},
        {"sans", "www.example.jp"},
        {"csr", "-----BEGIN CERTIFICATE REQUEST-----\nx\n-----END CERTIFICATE REQUEST-----"},
        {"authentication_mail", "admin@example.jp"},
        {"consent", "true"}});
  step(kFormDay, "mail.sent", "application/1",
       {{"to", "admin@example.jp"},
        {"from", "info@jprs.jp"},
        {"subject", "ドメイン認証型(DV)サーバー証明書発行手続きのご案内 [www.example.jp]"},
        {"code", "c0de"}});
  step(kFormDay, "domain.approved", "application/1", {{"code", "c0de"}});

  EXPECT_EQ(refused(kFormDay, "certificate.issued", "certificate/01",
                    {{"application", "application/1"},
                     {"cn", "www.example.jp"},
                     {"not_before", kFormDay},
                     {"not_after", "2027-03-31T23:59:59+09:00"}}),
            Texts{});
  const Group& group = world_->groups().front();
  EXPECT_EQ(group.objects.size(), kMany + 4);
  EXPECT_EQ(group.objects.back().subject, facts_.intern("certificate/01"));
  EXPECT_EQ(group.objects[kMany + 2].links[0], kMany + 1) << "the application's source";
}

}  // namespace
}  // namespace shinsa::model
