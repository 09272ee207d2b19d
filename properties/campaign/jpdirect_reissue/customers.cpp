#include "properties/campaign/jpdirect_reissue/customers.hpp"

#include "properties/campaign/jpdirect_reissue/drawer.hpp"
#include "properties/campaign/jpdirect_reissue/gaps.hpp"
#include "properties/campaign/jpdirect_reissue/given.hpp"
#include "properties/campaign/jpdirect_reissue/requests.hpp"
#include "properties/campaign/knowing_customers.hpp"

namespace shinsa::properties::campaign::jpdirect_reissue {

std::unique_ptr<Customers> customers() {
  static constexpr Habits<Knowledge> kHabits{
      .verbs = kVerbs,
      .beginning = [](sim::Stream& dice,
                      std::size_t readings) { return Drawer(dice).beginning(readings); },
      .next = [](sim::Stream& dice,
                 const Knowledge& knowledge) { return Drawer(dice).next(knowledge); },
      .beginning_of = &beginning_of,
      .always_given = &always_given,
      .given = &given_certificate,
      .request_of = &request_of,
      .when = &after_gap,
  };
  return std::make_unique<KnowingCustomers<Knowledge>>(kHabits);
}

}  // namespace shinsa::properties::campaign::jpdirect_reissue
