#include "properties/campaign/nttcom_biz/given.hpp"

#include <utility>

#include "model/vocabulary/calendar.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

namespace {

Said contract(std::string subject, std::string id, std::string_view starts) {
  Said said{"fact.contract", std::move(subject), {}};
  said.text<"customer">("customer/C1");
  said.instant<"starts">(*parse_instant(starts));
  said.text<"auth_id">(std::move(id));
  said.text<"contact">(std::string(kContact));
  return said;
}

Said whois(std::string_view domain,
           const std::vector<std::pair<std::string_view, std::string_view>>& contacts) {
  Said said{"fact.whois", "domain/" + std::string(domain), {}};
  for (const auto& [role, mail] : contacts) said.text(role, std::string(mail));
  return said;
}

}  // namespace

std::vector<Said> always_given() {
  std::vector<Said> all;
  all.push_back(contract("contract/K1", "biz0001", "2021-04-01T00:00:00+09:00"));
  all.push_back(contract("contract/K2", "biz0002", kSecondStart));
  all.push_back(whois("example.jp", {{"public_contact", "public@example.jp"}}));
  all.push_back(whois("example.co.jp", {{"registrant", "owner@example.co.jp"},
                                        {"technical", "tech@example.co.jp"}}));
  all.push_back(whois("example.com", {{"administrative", "admin@example.com"}}));
  all.push_back(whois("example.tokyo.jp", {{"public_contact", "public@example.tokyo.jp"}}));
  all.push_back(whois("strange.jp", {{"public_contact", "p@strange.jp"}, {"kind", "martian"}}));
  all.push_back(whois("half.co.jp", {{"registrant", "owner@half.co.jp"}}));
  all.push_back(whois("hidden.jp", {{"public_contact", "public@hidden.jp"}}));
  all.back().truth<"protected">(true);
  Said& entry =
      all.emplace_back(Said{"fact.directory", "organisation/" + std::string(kOrganisation), {}});
  entry.text<"number">("03-0000-0001");
  for (const auto& [product, yen] :
       {std::pair{"DV", 9900}, std::pair{"OV", 55000}, std::pair{"setting", 11000}}) {
    Said& price = all.emplace_back(Said{"fact.price", "product/" + std::string(product), {}});
    price.number<"amount">(yen);
  }
  return all;
}

Said given_certificate(const Command& give, Instant start) {
  const char letter = static_cast<char>('A' + give.certificate % kGivenMax);
  Said said{"fact.certificate", "certificate/" + std::string(1, letter), {}};
  const unsigned v = give.variant % 9;
  const bool ov = v == 1 || v == 2;
  said.text<"customer">("customer/C1");
  if (v != 8) said.text<"contract">(v == 7 ? "contract/K2" : "contract/K1");
  said.text<"cn">(std::string(kNames[give.application % kNames.size()].host));
  said.text<"kind">(ov ? "OV" : "DV");
  if (ov) said.text<"organisation">(std::string(kOrganisation));
  const Date today = date_of(start);
  const int months = v == 6 ? -1 : v == 3 || v == 2 ? 2 : 1;
  said.instant<"not_before">(start_of(plus_months(today, -11)));
  said.instant<"not_after">(last_second_of(end_of_month(plus_months(today, months))));
  if (v == 4) said.instant<"revoked">(start - days(5));
  if (v == 5) said.text<"issued_by">("other");
  return said;
}

}  // namespace shinsa::properties::campaign::nttcom_biz
