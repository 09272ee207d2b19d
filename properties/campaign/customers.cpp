#include "properties/campaign/customers.hpp"

#include "properties/campaign/dedicated_renewal/customers.hpp"
#include "properties/campaign/jpdirect_acme/customers.hpp"
#include "properties/campaign/jpdirect_reissue/customers.hpp"
#include "properties/campaign/nttcom_biz/customers.hpp"
#include "properties/campaign/sakura_reissue/customers.hpp"

namespace shinsa::properties::campaign {

std::unique_ptr<Customers> make_customers(std::string_view system) {
  if (system == "jpdirect-reissue") return jpdirect_reissue::customers();
  if (system == "sakura-reissue") return sakura_reissue::customers();
  if (system == "jpdirect-acme") return jpdirect_acme::customers();
  if (system == "nttcom-biz") return nttcom_biz::customers();
  if (system == "dedicated-renewal") return dedicated_renewal::customers();
  return nullptr;
}

std::unique_ptr<Customers> customers_of(const CampaignOptions& options) {
  return options.customers ? options.customers() : make_customers(options.system);
}

}  // namespace shinsa::properties::campaign
