#include "properties/campaign/jpdirect_acme/given.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

namespace {

std::string numbered(std::string_view kind, std::uint8_t n) {
  return std::string(kind) + "/" + std::to_string(n % kThings + 1);
}

Said customer(const std::string& subject, const std::string& mail) {
  Said said{"fact.customer", subject, {}};
  said.text<"mail">(mail);
  said.text<"billing_mail">("billing-" + mail);
  return said;
}

Said price(const std::string& kind, std::int64_t yen) {
  Said said{"fact.price", "product/" + kind, {}};
  said.number<"amount">(yen);
  return said;
}

Said known_account(const Command& give) {
  Said said{"fact.account", numbered("account", give.application), {}};
  said.text<"customer">(customer_of(give.application));
  said.list<"contacts">({"mailto:taro@example.jp"});
  return said;
}

/// Completed long ago, or so that its month one year later has just ended or will soon.
Said known_registration(const Command& give, Instant start) {
  constexpr std::array ages{days(10), days(330), days(360), days(400), days(365)};
  Said said{"fact.fqdn", numbered("fqdn", give.application), {}};
  said.text<"customer">(customer_of(give.application));
  said.text<"fqdn">(std::string(kNames[give.variant % kRegistrable]));
  said.instant<"completed">(start - ages[give.variant / kRegistrable % ages.size()]);
  if (give.gap % 4 == 3) said.truth<"effective">(true);
  return said;
}

Said conventional_certificate(const Command& give, Instant start) {
  Said said{"fact.certificate", numbered("certificate", give.application), {}};
  said.text<"customer">("customer/C1");
  said.text<"cn">(std::string(kNames[give.variant % 2 ? 3 : 0]));
  said.text<"kind">("DV");
  said.instant<"not_before">(start - days(100));
  said.instant<"not_after">(start + days(give.variant % 5 == 4 ? -1 : 60));
  if (give.variant % 5 == 3) said.instant<"revoked">(start - days(1));
  return said;
}

}  // namespace

std::vector<Said> always_given() {
  return {customer("customer/C1", "taro@example.jp"), customer("customer/C2", "hanako@example.jp"),
          price("DV", 10900), price("DV-wildcard", 43600)};
}

Said given(const Command& give, Instant start) {
  if (give.certificate % 3 == 0) return known_account(give);
  return give.certificate % 3 == 1 ? known_registration(give, start)
                                   : conventional_certificate(give, start);
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
