#include "cli/serve/admin.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

namespace shinsa::cli {

namespace json = boost::json;
namespace wire = fakes::wire;

namespace {

wire::HttpResponse with_json(std::string body, int status = 200) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = std::move(body) + "\n"};
}

wire::HttpResponse with_text(const char* type, std::string body) {
  return {.status = 200, .headers = {{"Content-Type", type}}, .body = std::move(body)};
}

wire::HttpResponse refusal(int status, const std::string& what) {
  return with_json(json::serialize(json::object{{"error", what}}), status);
}

wire::HttpResponse clock_of(const Service& service) {
  return with_json(json::serialize(
      json::object{{"now", to_text(service.now())}, {"running", service.clock_runs()}}));
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& line : lines) all += line + "\n";
  return all;
}

/// One call of the API.
class Call {
 public:
  Call(Service& service, const wire::HttpRequest& request) : service_(service), request_(request) {
    const std::string& target = request.target;
    const std::size_t end = std::min(target.find('?'), target.size());
    path_ = target.substr(0, end);
    query_ = target.substr(std::min(end + 1, target.size()));
  }

  wire::HttpResponse answer() {
    struct Route {
      std::string_view method, path;
      wire::HttpResponse (Call::*answer)();
    };
    static constexpr Route kRoutes[] = {{"GET", "/clock", &Call::get_clock},
                                        {"POST", "/clock", &Call::set_clock},
                                        {"GET", "/trace", &Call::trace},
                                        {"POST", "/events", &Call::happen},
                                        {"GET", "/verdict", &Call::verdict},
                                        {"GET", "/eab", &Call::eab},
                                        {"POST", "/accounts", &Call::adopt},
                                        {"GET", "/faults", &Call::get_faults},
                                        {"POST", "/faults", &Call::add_fault},
                                        {"DELETE", "/faults", &Call::clear_faults},
                                        {"POST", "/reset", &Call::reset},
                                        {"POST", "/snapshot", &Call::snapshot},
                                        {"POST", "/restore", &Call::restore},
                                        {"GET", "/ca/root.pem", &Call::root},
                                        {"GET", "/ca/intermediate.pem", &Call::intermediate},
                                        {"GET", "/ca/crl.pem", &Call::crl},
                                        {"POST", "/txt/present", &Call::present},
                                        {"POST", "/txt/cleanup", &Call::clean_up}};
    std::string allowed;
    for (const Route& route : kRoutes) {
      if (route.path != path_) continue;
      if (route.method == request_.method) return (this->*route.answer)();
      allowed += (allowed.empty() ? "" : ", ") + std::string(route.method);
    }
    if (allowed.empty())
      return refusal(404, "there is nothing at " + path_ + "; see docs/serve/openapi.yaml");
    wire::HttpResponse response = refusal(405, request_.method + " is not for " + path_);
    response.headers.emplace_back("Allow", allowed);
    return response;
  }

 private:
  wire::HttpResponse get_clock() { return clock_of(service_); }

  /// `{"advance": "P25D"}`, `{"set": "2026-11-21T10:00:00+09:00"}`, `{"run": false}`.
  wire::HttpResponse set_clock() {
    boost::system::error_code failed;
    const json::value said = json::parse(request_.body, failed);
    if (failed || !said.is_object()) return refusal(400, "the clock wants a JSON object");
    for (const auto& [name, value] : said.get_object()) {
      if (name == "run" && value.is_bool()) {
        service_.run_clock(value.get_bool());
        continue;
      }
      if ((name != "advance" && name != "set") || !value.is_string())
        return refusal(400, "the clock wants advance (P25D), set (a time) or run (true, false)");
      const std::string_view text = value.get_string();
      const auto by = parse_duration(text);
      const auto to = parse_instant(text);
      if (name == "advance" ? !by || *by < Duration{} : !to)
        return refusal(400, "'" + std::string(text) + "' is no " +
                                (name == "advance" ? "duration such as P25D" : "time"));
      if (auto set = service_.set_clock(name == "advance" ? service_.now() + *by : *to); !set)
        return refusal(409, set.error().text());
    }
    return clock_of(service_);
  }

  wire::HttpResponse trace() {
    if (query_ != "follow") return with_text("application/jsonl", joined(service_.trace(0)));
    wire::HttpResponse response = with_text("text/event-stream", {});
    response.headers.emplace_back("Cache-Control", "no-store");
    response.stream = [&service = service_](std::shared_ptr<wire::Outlet> outlet) {
      service.follow(std::move(outlet));
    };
    return response;
  }

  wire::HttpResponse happen() {
    const auto came = service_.happen(request_.body);
    if (!came) return refusal(400, came.error().text());
    return with_text("application/jsonl", joined(*came));
  }

  wire::HttpResponse verdict() { return with_json(service_.verdict()); }
  wire::HttpResponse eab() { return with_json(service_.eabs()); }

  /// `{"subject": "account/1", "jwk": {...}}`.
  wire::HttpResponse adopt() {
    boost::system::error_code failed;
    const json::value said = json::parse(request_.body, failed);
    const json::object* object = failed ? nullptr : said.if_object();
    const json::value* subject = object ? object->if_contains("subject") : nullptr;
    const json::value* jwk = object ? object->if_contains("jwk") : nullptr;
    if (!subject || !subject->is_string() || !jwk || !jwk->is_object())
      return refusal(400, "an account has subject and jwk");
    const auto at = service_.adopt(std::string(subject->get_string()), json::serialize(*jwk));
    if (!at) return refusal(400, at.error().text());
    return with_json(json::serialize(json::object{{"url", *at}}));
  }

  wire::HttpResponse get_faults() {
    std::string all;
    for (const auto& one : service_.faults().all()) all += (all.empty() ? "" : ",") + to_json(one);
    return with_json("[" + all + "]");
  }
  wire::HttpResponse add_fault() {
    const auto added = service_.add_fault(request_.body);
    return added ? get_faults() : refusal(400, added.error().text());
  }
  wire::HttpResponse clear_faults() {
    const auto cleared = service_.clear_faults();
    return cleared ? get_faults() : refusal(500, cleared.error().text());
  }

  wire::HttpResponse reset() {
    const auto done = service_.reset();
    return done ? clock_of(service_) : refusal(500, done.error().text());
  }
  wire::HttpResponse snapshot() {
    const auto id = service_.snapshot();
    if (!id) return refusal(409, id.error().text());
    return with_json(json::serialize(json::object{{"id", *id}}));
  }
  /// `{"id": "1"}`.
  wire::HttpResponse restore() {
    boost::system::error_code failed;
    const json::value said = json::parse(request_.body, failed);
    const json::object* object = failed ? nullptr : said.if_object();
    const json::value* id = object ? object->if_contains("id") : nullptr;
    if (!id || !id->is_string()) return refusal(400, "a snapshot is named by its id");
    const auto done = service_.restore(std::string(id->get_string()));
    return done ? clock_of(service_) : refusal(409, done.error().text());
  }

  wire::HttpResponse root() {
    return with_text("application/pem-certificate-chain", service_.root_pem());
  }
  wire::HttpResponse intermediate() {
    return with_text("application/pem-certificate-chain", service_.chain_pem());
  }
  wire::HttpResponse crl() { return with_text("application/x-pem-file", service_.crl_pem()); }

  /// What lego's provider `httpreq` sends: `{"fqdn": "_acme-challenge.example.jp.", "value": ...}`.
  wire::HttpResponse present() { return change_txt(true); }
  wire::HttpResponse clean_up() { return change_txt(false); }
  wire::HttpResponse change_txt(bool adds) {
    boost::system::error_code failed;
    const json::value said = json::parse(request_.body, failed);
    const json::object* object = failed ? nullptr : said.if_object();
    const json::value* fqdn = object ? object->if_contains("fqdn") : nullptr;
    const json::value* value = object ? object->if_contains("value") : nullptr;
    if (!fqdn || !fqdn->is_string() || !value || !value->is_string())
      return refusal(400, "a TXT record has fqdn and value");
    auto changed = service_.change_txt(std::string(fqdn->get_string()),
                                       std::string(value->get_string()), adds);
    return changed ? with_json("{}") : refusal(400, changed.error().text());
  }

  Service& service_;
  const wire::HttpRequest& request_;
  std::string path_, query_;
};

bool bears(const wire::HttpRequest& request, const std::string& token) {
  const std::string* said = wire::find(request.headers, "Authorization");
  return said && *said == "Bearer " + token;
}

}  // namespace

void answer_admin(Service& service, const wire::HttpRequest& request,
                  const wire::Respond& respond) {
  if (!service.token().empty() && !bears(request, service.token())) {
    wire::HttpResponse response = refusal(401, "an admin call bears the token");
    response.headers.emplace_back("WWW-Authenticate", "Bearer");
    return respond(std::move(response));
  }
  respond(Call(service, request).answer());
}

}  // namespace shinsa::cli
