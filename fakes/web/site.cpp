#include "fakes/web/site.hpp"

#include <algorithm>
#include <array>

namespace shinsa::fakes::web {
namespace {

constexpr std::array kRedirects{301, 302, 303, 307, 308};

Result<void> checked(const Answer& answer) {
  const auto* redirect = std::get_if<Redirect>(&answer);
  if (redirect && std::count(kRedirects.begin(), kRedirects.end(), redirect->status) == 0)
    return fail("a redirect has status 301, 302, 303, 307 or 308",
                std::to_string(redirect->status));
  const auto* error = std::get_if<ErrorStatus>(&answer);
  if (error && (error->status < 400 || error->status > 599))
    return fail("an error has a status from 400 to 599", std::to_string(error->status));
  return {};
}

/// The path as requests spell it.
Result<std::string> spelt_path(std::string_view path) {
  const auto uri = parse_uri("http://host.test" + std::string(path));
  if (!path.starts_with('/') || !uri || path.find_first_of("?#") != std::string_view::npos)
    return fail("a path begins with / and has no query", std::string(path));
  return uri->path;
}

/// `location` with path and query of the request behind it.
std::string joined(std::string_view location, const Uri& uri) {
  if (location.ends_with('/')) location.remove_suffix(1);
  return std::string(location) + uri.path + uri.query;
}

}  // namespace

Result<void> Site::put(std::string_view path, Answer answer, Instant at) {
  const auto spelt = spelt_path(path);
  if (!spelt) return Failure(spelt.error());
  if (auto sound = checked(answer); !sound) return sound;
  paths_[*spelt].set(at, std::move(answer));
  return {};
}

Result<void> Site::remove(std::string_view path, Instant at) {
  const auto spelt = spelt_path(path);
  if (!spelt) return Failure(spelt.error());
  paths_[*spelt].set(at, std::nullopt);
  return {};
}

Result<void> Site::otherwise(std::optional<Answer> answer, Instant at) {
  if (answer)
    if (auto sound = checked(*answer); !sound) return sound;
  otherwise_.set(at, std::move(answer));
  return {};
}

Result<void> Site::instead(std::optional<Answer> answer, Instant at) {
  if (answer)
    if (auto sound = checked(*answer); !sound) return sound;
  instead_.set(at, std::move(answer));
  return {};
}

void Site::forget_before(Instant at) {
  otherwise_.forget_before(at);
  instead_.forget_before(at);
  forget_in(paths_, at, std::optional<Answer>());
}

Answer Site::answer(const Uri& uri, Instant at) const {
  std::optional<Answer> found = instead_.at(at, std::nullopt);
  const auto path = paths_.find(uri.path);
  if (!found && path != paths_.end()) found = path->second.at(at, std::nullopt);
  if (!found) found = otherwise_.at(at, std::nullopt);
  if (!found) return ErrorStatus{404};
  if (auto* redirect = std::get_if<Redirect>(&*found); redirect && redirect->keeps_path)
    redirect->location = joined(redirect->location, uri);
  return *found;
}

}  // namespace shinsa::fakes::web
