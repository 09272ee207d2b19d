#include "cli/serve/validator.hpp"

#include <utility>
#include <vector>

namespace shinsa::cli {

namespace web = fakes::web;
namespace wire = fakes::wire;

/// One fetch under way, and the addresses of the present host that were not tried yet.
struct Validator::Fetch {
  web::Fetching fetching;
  std::function<void(const web::Fetched&)> done;
  std::vector<std::string> addresses = {};
  std::size_t tried = 0;
  web::Heard last = {};
};

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address == "::1";
}

namespace {

web::Outcome outcome_of(wire::HttpFailure failure) {
  switch (failure) {
    case wire::HttpFailure::timeout:
      return web::Outcome::timed_out;
    case wire::HttpFailure::empty_answer:
    case wire::HttpFailure::cut_short:
    case wire::HttpFailure::malformed:
      return web::Outcome::empty_answer;
    case wire::HttpFailure::bad_tls:
      return web::Outcome::tls_failure;
    case wire::HttpFailure::bad_question:
    case wire::HttpFailure::refused:
    case wire::HttpFailure::reset:
      return web::Outcome::no_connection;
  }
  return web::Outcome::no_connection;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

web::Answer answer_of(const wire::HttpAnswer& heard) {
  const std::string* location = wire::find(heard.headers, "Location");
  if (is_redirect(heard.status) && location) return web::Redirect{*location, heard.status};
  if (heard.status == 200) return web::File{heard.body};
  return web::ErrorStatus{heard.status, heard.body};
}

}  // namespace

void Validator::fetch(web::Fetching fetching, std::function<void(const web::Fetched&)> done) {
  const auto fetch = std::make_shared<Fetch>(Fetch{std::move(fetching), std::move(done)});
  loop_->post([this, fetch] { ask(fetch); });
}

void Validator::ask(const std::shared_ptr<Fetch>& fetch) {
  if (!fetch->fetching.next()) return fetch->done(fetch->fetching.result());
  const web::Addresses found = web_->addresses_of(*fetch->fetching.next(), now_());
  fetch->addresses = found.found;
  fetch->tried = 0;
  fetch->last = {web::Outcome::dns_failure, {}, {}, found.lookup};
  try_next(fetch);
}

/// The next address of the host; where none is left, what was heard of the last one counts.
void Validator::try_next(const std::shared_ptr<Fetch>& fetch) {
  if (fetch->tried == fetch->addresses.size()) return hear(fetch, fetch->last);
  const std::string address = fetch->addresses[fetch->tried++];
  const bool ours = web_->has_server(address);
  fetch->last = {web::Outcome::no_connection, {}, address};
  const web::Uri& uri = *fetch->fetching.next();
  if (!ours && !is_loopback(address)) return try_next(fetch);
  const Ports ports = ours ? options_.front : options_.customer;
  wire::HttpQuestion question;
  question.address = ours ? options_.address : address;
  question.port = uri.is_https ? ports.https : ports.http;
  question.scheme = uri.is_https ? "https" : "http";
  question.host = uri.host;
  question.target = uri.path + uri.query;
  question.headers = {{"User-Agent", "shinsa"}, {"Accept", "*/*"}};
  question.timeout = options_.patience;
  client_.ask(std::move(question), [this, fetch](const wire::HttpAnswer& answer) {
    web::Heard heard{std::nullopt, {}, fetch->last.address};
    if (answer.failed)
      heard.failed = outcome_of(*answer.failed);
    else
      heard.answer = answer_of(answer);
    if (heard.failed == web::Outcome::no_connection) return try_next(fetch);
    hear(fetch, std::move(heard));
  });
}

void Validator::hear(const std::shared_ptr<Fetch>& fetch, web::Heard heard) {
  fetch->fetching.hear(heard);
  ask(fetch);
}

}  // namespace shinsa::cli
