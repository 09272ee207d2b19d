/// The members of sakura-reissue.
#pragma once

#include <memory>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::sakura_reissue {

[[nodiscard]] std::unique_ptr<Customers> customers();

}  // namespace shinsa::properties::campaign::sakura_reissue
