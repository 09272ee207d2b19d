#include "properties/campaign/jpdirect_reissue/given.hpp"

#include <tuple>
#include <utility>

#include "model/vocabulary/calendar.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

std::vector<Said> always_given() {
  std::vector<Said> all;
  for (const auto& [id, billing, managed] :
       {std::tuple{"customer/C1", "billing@example.jp", "managed.jp"},
        std::tuple{"customer/C2", "billing@other.jp", "other.jp"}}) {
    Said& customer = all.emplace_back(Said{"fact.customer", id, {}});
    customer.text<"billing_mail">(billing);
    customer.list<"managed_domains">({managed});
  }
  for (const auto& [organisation, number] :
       {std::pair{kOrganisation, "03-0000-0001"}, std::pair{kOther, "03-0000-0002"}}) {
    Said& entry =
        all.emplace_back(Said{"fact.directory", "organisation/" + std::string(organisation), {}});
    entry.text<"number">(number);
    entry.text<"source">("iタウンページ");
  }
  for (const auto& [product, yen] : {std::pair{"DV", 9900}, std::pair{"OV", 55000}}) {
    Said& price = all.emplace_back(Said{"fact.price", "product/" + std::string(product), {}});
    price.number<"amount">(yen);
  }
  return all;
}

std::string given_subject(const Command& give) {
  return "certificate/" + std::string(1, static_cast<char>('A' + give.certificate % kGivenMax));
}

Said given_certificate(const Command& give, Instant start) {
  Said said{"fact.certificate", given_subject(give), {}};
  const std::string name(kNames[give.application % kNames.size()]);
  const unsigned v = give.variant % 10;
  const bool ov = v == 1 || v == 2 || v == 9;
  said.text<"customer">(v == 8 ? "customer/C2" : "customer/C1");
  said.text<"cn">(name);
  said.text<"kind">(ov ? "OV" : "DV");
  const Date today = date_of(start);
  const int months = v == 6 ? 0 : v == 7 ? 1 : v == 4 ? -1 : 4;
  said.instant<"not_before">(start_of(plus_months(today, -8)));
  said.instant<"not_after">(last_second_of(end_of_month(plus_months(today, months))));
  said.list<"sans">({name});
  if (ov) said.text<"organisation">(std::string(v == 9 ? kOther : kOrganisation));
  if (v == 1 || v == 9) said.instant<"telephone_confirmed">(start_of(plus_years(today, -1)));
  if (v == 2) said.instant<"telephone_confirmed">(start_of(plus_years(today, -3)));
  if (v == 3) said.instant<"revoked">(start - days(5));
  if (v == 5) said.text<"issued_by">("other");
  return said;
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
