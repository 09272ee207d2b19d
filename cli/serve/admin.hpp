/// The admin API of `shinsa serve`: docs/serve/openapi.yaml, route by route.
#pragma once

#include "cli/serve/service.hpp"

namespace shinsa::cli {

/// Answers one call. Without the token, where one is wanted, everything is 401.
void answer_admin(Service& service, const fakes::wire::HttpRequest& request,
                  const fakes::wire::Respond& respond);

}  // namespace shinsa::cli
