/// The customers of nttcom-biz.
#pragma once

#include <memory>

#include "properties/campaign/customers.hpp"

namespace shinsa::properties::campaign::nttcom_biz {

[[nodiscard]] std::unique_ptr<Customers> customers();

}  // namespace shinsa::properties::campaign::nttcom_biz
