#include "fakes/web/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace shinsa::fakes::web {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kTypes{
    {{".html", "text/html; charset=utf-8"},
     {".htm", "text/html; charset=utf-8"},
     {".css", "text/css"},
     {".js", "text/javascript"},
     {".json", "application/json"},
     {".xml", "application/xml"},
     {".png", "image/png"},
     {".jpg", "image/jpeg"}}};
constexpr std::string_view kPlain = "text/plain; charset=utf-8";

std::string_view type_of(std::string_view path) {
  if (path.ends_with('/')) return kTypes[0].second;
  for (const auto& [extension, type] : kTypes)
    if (path.ends_with(extension)) return type;
  return kPlain;
}

/// Bytes from the first to the last.
struct Range {
  std::size_t first;
  std::size_t last;
};
enum class Wanted { whole, part, nothing };

std::optional<std::size_t> parse_number(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What a Range header wants of so many bytes. One that cannot be read is as if it were not there.
std::pair<Wanted, Range> wanted_of(std::string_view header, std::size_t size) {
  constexpr std::string_view kUnit = "bytes=";
  const std::pair<Wanted, Range> whole{Wanted::whole, {}};
  const std::pair<Wanted, Range> nothing{Wanted::nothing, {}};
  if (!header.starts_with(kUnit)) return whole;
  header.remove_prefix(kUnit.size());
  const auto hyphen = header.find('-');
  if (hyphen == std::string_view::npos) return whole;
  const auto first = parse_number(header.substr(0, hyphen));
  const auto last = parse_number(header.substr(hyphen + 1));
  if (hyphen == 0) {  // so many from the end
    if (!last || (size == 0 && *last > 0)) return whole;
    if (*last == 0) return nothing;
    return {Wanted::part, {size - std::min(*last, size), size - 1}};
  }
  const bool is_open = hyphen + 1 == header.size();
  if (!first || (!last && !is_open) || (last && *last < *first)) return whole;
  if (*first >= size) return nothing;
  return {Wanted::part, {*first, std::min(last.value_or(size - 1), size - 1)}};
}

wire::HttpResponse file_page(const wire::HttpRequest& request, std::string_view path, File file) {
  wire::HttpResponse response{
      .headers = {{"Content-Type", std::string(type_of(path))}, {"Accept-Ranges", "bytes"}}};
  const std::string* range = wire::find(request.headers, "Range");
  const std::size_t size = file.body.size();
  // Nothing here is known by a date or a tag, so that a condition on a range never holds.
  if (!range || request.method != "GET" || wire::find(request.headers, "If-Range")) {
    response.body = std::move(file.body);
    return response;
  }
  const auto [wanted, part] = wanted_of(*range, size);
  if (wanted == Wanted::nothing) {
    response.status = 416;
    response.headers = {{"Content-Range", fmt::format("bytes */{}", size)}};
  } else if (wanted == Wanted::part) {
    response.status = 206;
    response.headers.emplace_back("Content-Range",
                                  fmt::format("bytes {}-{}/{}", part.first, part.last, size));
    response.body = file.body.substr(part.first, part.last - part.first + 1);
  } else {
    response.body = std::move(file.body);
  }
  return response;
}

}  // namespace

wire::HttpResponse page(const wire::HttpRequest& request, std::string_view path, Answer answer) {
  if (std::holds_alternative<EmptyAnswer>(answer)) return {.spoiling = {.empty = true}};
  if (std::holds_alternative<Slow>(answer)) return {.spoiling = {.silent = true}};
  if (request.method != "GET" && request.method != "HEAD")
    return {.status = 405, .headers = {{"Allow", "GET, HEAD"}}};
  if (auto* redirect = std::get_if<Redirect>(&answer))
    return {.status = redirect->status, .headers = {{"Location", std::move(redirect->location)}}};
  if (auto* error = std::get_if<ErrorStatus>(&answer))
    return {.status = error->status,
            .headers = {{"Content-Type", std::string(kPlain)}},
            .body = std::move(error->body)};
  return file_page(request, path, std::move(std::get<File>(answer)));
}

}  // namespace shinsa::fakes::web
