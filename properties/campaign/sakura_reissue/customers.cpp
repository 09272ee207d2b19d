#include "properties/campaign/sakura_reissue/customers.hpp"

#include "properties/campaign/knowing_customers.hpp"
#include "properties/campaign/sakura_reissue/drawer.hpp"
#include "properties/campaign/sakura_reissue/gaps.hpp"
#include "properties/campaign/sakura_reissue/given.hpp"
#include "properties/campaign/sakura_reissue/requests.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

std::unique_ptr<Customers> customers() {
  static constexpr Habits<Knowledge> kHabits{
      .verbs = kVerbs,
      .beginning = [](sim::Stream& dice,
                      std::size_t readings) { return Drawer(dice).beginning(readings); },
      .next = [](sim::Stream& dice,
                 const Knowledge& knowledge) { return Drawer(dice).next(knowledge); },
      .beginning_of = &beginning_of,
      .always_given = &always_given,
      .given = &given_fact,
      .request_of = &request_of,
      .when = [](const Command& command, Instant now, const Knowledge& knowledge,
                 const Desk&) { return after_gap(command, now, knowledge); },
  };
  return std::make_unique<KnowingCustomers<Knowledge>>(kHabits);
}

}  // namespace shinsa::properties::campaign::sakura_reissue
