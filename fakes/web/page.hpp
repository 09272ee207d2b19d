/// What a site answers, as HTTP. Sans I/O.
///
/// Sources: RFC 9110 sections 9.3.1 and 9.3.2 (GET, HEAD), 10.2.1 (Allow), 14 (ranges; several at
/// once are answered with the whole, as section 14.2 allows), 15.4 (redirects).
#pragma once

#include <string_view>

#include "fakes/web/site.hpp"
#include "fakes/wire/http.hpp"

namespace shinsa::fakes::web {

/// @param path  of the request, by whose extension the type of a file is told: `.html`, `.json`,
///              `.txt` and some more; `text/plain` for others, as it is for tokens.
/// An EmptyAnswer and a Slow one are answers with a `Spoiling`. Methods other than GET and HEAD are
/// answered with 405.
[[nodiscard]] wire::HttpResponse page(const wire::HttpRequest& request, std::string_view path,
                                      Answer answer);

}  // namespace shinsa::fakes::web
