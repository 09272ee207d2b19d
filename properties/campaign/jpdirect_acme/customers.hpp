/// The customers of jpdirect-acme.
#pragma once

#include <memory>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::jpdirect_acme {

[[nodiscard]] std::unique_ptr<Customers> customers();

}  // namespace shinsa::properties::campaign::jpdirect_acme
