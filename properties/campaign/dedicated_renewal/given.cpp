#include "properties/campaign/dedicated_renewal/given.hpp"

#include <utility>

#include "model/vocabulary/calendar.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

namespace {

/// The last day of it, and whether its customer was told and asked already.
std::pair<Date, bool> end_of(std::size_t which, Date today) {
  switch (which % kEnds) {
    case 0:
      return {plus_days(today, 40), false};  // past the days of the notice
    case 1:
      return {plus_days(today, 58), true};
    case 2:
      return {plus_days(today, 58), false};
    case 3:
      return {plus_days(today, 68), false};  // the days begin tomorrow
    case 4:
      return {end_of_month(plus_months(today, 1)), true};
    case 5:
      return {plus_days(today, 3), false};
    default:
      return {plus_days(today, -3), false};  // it has run out
  }
}

}  // namespace

std::vector<Said> always_given() {
  std::vector<Said> all;
  for (const Who& who : kWho) {
    Said& customer = all.emplace_back(Said{"fact.customer", std::string(who.customer), {}});
    customer.text<"billing_mail">("billing@example.jp");
    customer.text<"payment">(std::string(who.payment));
    customer.truth<"card">(who.card);
    customer.text<"plan">(std::string(who.plan));
  }
  for (const auto& [product, yen] :
       {std::pair{"product/renewal", 52500}, std::pair{"product/new", 63000}})
    all.emplace_back(Said{"fact.price", product, {}}).number<"amount">(yen);
  return all;
}

Said given_certificate(const Command& give, Instant start) {
  const Who& who = kWho[give.application % kWho.size()];
  Said said{"fact.certificate",
            "certificate/" + std::string(1, static_cast<char>('A' + give.certificate % kGivenMax)),
            {}};
  const auto [end, told] = end_of(give.variant / kBrandCount, date_of(start));
  said.text<"customer">(std::string(who.customer));
  said.text<"cn">(std::string(who.host));
  said.text<"kind">("OV");
  said.text<"brand">(std::string(choice_word(kBrands, give.variant % kBrandCount)));
  said.text<"organisation">("Example K.K.");
  said.text<"unit">("Sales");
  said.text<"locality">("Chiyoda-ku");
  said.text<"prefecture">("Tokyo");
  said.text<"country">("JP");
  said.instant<"not_before">(start_of(plus_years(end, -1)));
  said.instant<"not_after">(last_second_of(end));
  if (told) said.instant<"noticed">(start - days(1));
  return said;
}

}  // namespace shinsa::properties::campaign::dedicated_renewal
