#include "cli/serve/input.hpp"

#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

namespace {

json::object to_object(const wire::HttpRequest& request) {
  json::array headers;
  for (const auto& [name, value] : request.headers) headers.push_back(json::array{name, value});
  return {{"method", request.method}, {"scheme", request.scheme}, {"host", request.host},
          {"target", request.target}, {"headers", headers},       {"body", request.body}};
}

/// Writes what came under its name.
struct Writer {
  json::object& line;
  void operator()(const TimePassed&) const {}
  void operator()(const AcmeAsked& asked) const { line["acme"] = to_object(asked.request); }
  void operator()(const EventAsked& asked) const { line["event"] = asked.event; }
  void operator()(const WebAnswered& answered) const {
    line["fetch"] = answered.fetch;
    line["answered"] = answered.event;
  }
  void operator()(const ClockRuns& clock) const { line["clock"] = clock.runs; }
  void operator()(const FaultAsked& asked) const { line["fault"] = asked.fault; }
  void operator()(const FaultsCleared&) const { line["faults"] = nullptr; }
  void operator()(const KeyGiven& given) const {
    line["account"] = given.account;
    line["jwk"] = given.jwk;
  }
  void operator()(const FrontAsked& asked) const {
    line["front"] = json::object{{"at", to_text(asked.request.front)},
                                 {"path", asked.request.path},
                                 {"name", asked.request.name},
                                 {"tcp", asked.request.by_tcp}};
  }
};

std::string text_in(const json::object& object, std::string_view name) {
  return std::string(object.at({name.data(), name.size()}).as_string());
}

wire::HttpRequest request_in(const json::object& said) {
  wire::HttpRequest request;
  request.method = text_in(said, "method");
  request.scheme = text_in(said, "scheme");
  request.host = text_in(said, "host");
  request.target = text_in(said, "target");
  request.body = text_in(said, "body");
  for (const json::value& header : said.at("headers").as_array())
    request.headers.emplace_back(header.as_array().at(0).as_string(),
                                 header.as_array().at(1).as_string());
  return request;
}

WireRequest front_request_in(const json::object& said) {
  const auto front = parse_wire_front(text_in(said, "at"));
  if (!front) throw std::invalid_argument("front");
  return {*front, text_in(said, "path"), text_in(said, "name"), false, said.at("tcp").as_bool()};
}

Noted noted_in(const json::object& said) {
  Noted noted{{Instant{said.at("at").as_int64()}, TimePassed{}}, {}};
  auto& what = noted.input.what;
  if (said.contains("said")) noted.said = text_in(said, "said");
  if (said.contains("acme")) what = AcmeAsked{request_in(said.at("acme").as_object())};
  if (said.contains("event")) what = EventAsked{text_in(said, "event")};
  if (said.contains("fetch"))
    what = WebAnswered{said.at("fetch").to_number<std::size_t>(), text_in(said, "answered")};
  if (said.contains("clock")) what = ClockRuns{said.at("clock").as_bool()};
  if (said.contains("fault")) what = FaultAsked{text_in(said, "fault")};
  if (said.contains("faults")) what = FaultsCleared{};
  if (said.contains("account")) what = KeyGiven{text_in(said, "account"), text_in(said, "jwk")};
  if (said.contains("front")) what = FrontAsked{front_request_in(said.at("front").as_object())};
  return noted;
}

}  // namespace

std::string to_line(const Noted& noted) {
  json::object line{{"at", noted.input.at.seconds}};
  std::visit(Writer{line}, noted.input.what);
  if (!noted.said.empty()) line["said"] = noted.said;
  return json::serialize(line);
}

Result<Noted> read_noted(std::string_view line) {
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  boost::system::error_code failed;
  const json::value said = json::parse(line, failed, {}, options);
  if (failed || !said.is_object()) return fail("this is no line of a journal");
  try {
    return noted_in(said.get_object());
  } catch (const std::exception&) {  // a member that is not there, or of another kind
    return fail("this is no line of a journal");
  }
}

}  // namespace shinsa::cli
