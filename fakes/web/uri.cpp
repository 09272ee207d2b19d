#include "fakes/web/uri.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>

#include "fakes/dns/dns.hpp"

namespace shinsa::fakes::web {
namespace {

constexpr std::uint16_t kHttp = 80;
constexpr std::uint16_t kHttps = 443;

Failure bad_uri(std::string_view text, std::string what) {
  return fail(std::move(what), std::string(text),
              "write an address such as http://www.example.jp/index.html");
}

/// Boost.URL 1.81 cuts 192.0.2.1.jp into an IPv4 address and the path `.jp`, which RFC 3986 section
/// 3.3 does not allow behind a host.
bool is_cut_wrongly(const boost::urls::url_view& url) {
  return url.has_authority() && !url.encoded_path().empty() && !url.encoded_path().starts_with('/');
}

/// Every text that is cut here comes from a URI that has been parsed.
std::string text_of(boost::urls::string_view text) { return {text.data(), text.size()}; }

void read_host(const boost::urls::url& url, Uri& uri) {
  uri.host = text_of(url.encoded_host());
  uri.is_address = url.host_type() == boost::urls::host_type::ipv4;
  if (url.host_type() != boost::urls::host_type::ipv6) return;
  uri.is_address = true;
  uri.host = dns::spelt(dns::Type::aaaa, url.host_ipv6_address().to_string()).value_or(uri.host);
}

Result<Uri> taken_apart(boost::urls::url url, std::string_view text) {
  url.normalize();
  Uri uri;
  uri.is_https = url.scheme_id() == boost::urls::scheme::https;
  if (!uri.is_https && url.scheme_id() != boost::urls::scheme::http)
    return bad_uri(text, "only http and https are addresses of pages");
  if (url.encoded_host().empty()) return bad_uri(text, "the address names no host");
  read_host(url, uri);
  uri.port = uri.is_https ? kHttps : kHttp;
  if (url.has_port() && !url.port().empty()) {
    uri.port = url.port_number();
    if (uri.port == 0) return bad_uri(text, "a port is a number from 1 to 65535");
  }
  if (uri.port == (uri.is_https ? kHttps : kHttp) || url.port().empty()) url.remove_port();
  url.remove_userinfo();
  url.remove_fragment();
  if (url.encoded_path().empty()) url.set_path_absolute(true);
  uri.path = text_of(url.encoded_path());
  if (url.has_query()) uri.query = "?" + text_of(url.encoded_query());
  uri.text = text_of(url.buffer());
  return uri;
}

}  // namespace

Result<Uri> parse_uri(std::string_view text) {
  const auto view = boost::urls::parse_uri({text.data(), text.size()});
  if (!view || is_cut_wrongly(*view)) return bad_uri(text, "this is no address of a page");
  return taken_apart(boost::urls::url(*view), text);
}

Result<Uri> resolved(const Uri& base, std::string_view location) {
  if (location.empty()) return bad_uri(location, "a redirect names no address");
  const auto reference = boost::urls::parse_uri_reference({location.data(), location.size()});
  if (!reference || is_cut_wrongly(*reference))
    return bad_uri(location, "this is no address of a page");
  boost::urls::url url(base.text);
  if (!url.resolve(*reference)) return bad_uri(location, "this is no address of a page");
  return taken_apart(std::move(url), location);
}

}  // namespace shinsa::fakes::web
