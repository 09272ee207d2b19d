#include "properties/campaign/jpdirect_acme/customers.hpp"

#include "properties/campaign/jpdirect_acme/drawer.hpp"
#include "properties/campaign/jpdirect_acme/gaps.hpp"
#include "properties/campaign/jpdirect_acme/given.hpp"
#include "properties/campaign/jpdirect_acme/requests.hpp"
#include "properties/campaign/knowing_customers.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

std::unique_ptr<Customers> customers() {
  static constexpr Habits<Knowledge> kHabits{
      .verbs = kVerbs,
      .beginning = [](sim::Stream& dice,
                      std::size_t readings) { return Drawer(dice).beginning(readings); },
      .next = [](sim::Stream& dice,
                 const Knowledge& knowledge) { return Drawer(dice).next(knowledge); },
      .beginning_of = &beginning_of,
      .always_given = &always_given,
      .given = &given,
      .request_of = &request_of,
      .when = &after_gap,
  };
  return std::make_unique<KnowingCustomers<Knowledge>>(kHabits);
}

}  // namespace shinsa::properties::campaign::jpdirect_acme
