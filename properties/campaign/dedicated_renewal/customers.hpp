/// The customers of dedicated-renewal.
#pragma once

#include <memory>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::dedicated_renewal {

[[nodiscard]] std::unique_ptr<Customers> customers();

}  // namespace shinsa::properties::campaign::dedicated_renewal
