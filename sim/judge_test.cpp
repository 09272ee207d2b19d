#include "sim/judge.hpp"

#include <gtest/gtest.h>

namespace shinsa::sim {
namespace {

/// A log that knows one certificate since the 60th day before its expiry and ends at an instant.
std::vector<Finding> findings_of_a_log_that_ends(const std::string& end) {
  const auto profile = model::make_profile({"dedicated-renewal", {}, {}});
  EXPECT_TRUE(profile);
  Facts facts;
  Judge judge(*profile, facts);
  RecordBuilder fact(facts, kType<"fact.certificate">);
  fact.set("customer", "customer/C1").set("cn", "www.example.jp").set("kind", "OV");
  fact.set("not_before", *parse_instant("2016-06-30T00:00:00+09:00"));
  fact.set("not_after", *parse_instant("2017-06-30T23:59:59+09:00"));
  judge.observe({*parse_instant("2017-05-01T00:00:00+09:00"), kType<"fact.certificate">,
                 facts.intern("1"), facts.intern("certificate/A"), fact.build()},
                1);
  RecordBuilder closed(facts, kType<"log.closed">);
  judge.observe({*parse_instant(end), kType<"log.closed">, facts.intern("2"),
                 facts.intern("system"), closed.build()},
                2);
  judge.close(true);
  return judge.findings();
}

TEST(JudgeTest, MissesNothingThatHasTimeYet) {
  EXPECT_TRUE(findings_of_a_log_that_ends("2017-05-08T23:59:59+09:00").empty());
}

TEST(JudgeTest, ReportsWhatIsOverdueOnce) {
  const auto findings = findings_of_a_log_that_ends("2017-05-09T00:00:00+09:00");

  ASSERT_EQ(findings.size(), 2u);
  for (const Finding& finding : findings) EXPECT_EQ(finding.kind, Finding::Kind::overdue);
  EXPECT_EQ(clause(findings[0].clauses.at(0)).id, "REN-05");
  EXPECT_EQ(clause(findings[1].clauses.at(0)).id, "REN-06");
}

}  // namespace
}  // namespace shinsa::sim
