#include "properties/campaign/customers.hpp"

#include "properties/campaign/jpdirect_reissue/customers.hpp"

namespace shinsa::properties::campaign {

std::unique_ptr<Customers> make_customers(std::string_view system) {
  if (system == "jpdirect-reissue") return jpdirect_reissue::customers();
  return nullptr;
}

}  // namespace shinsa::properties::campaign
