#include "fakes/acme/server.hpp"

#include <utility>
#include <vector>

#include "fakes/acme/envelope.hpp"
#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr std::string_view kTerms =
    "Terms of service of the fake CA of Shinsa: its certificates are for tests alone.\n";

wire::HttpResponse new_nonce(const wire::HttpRequest& request) {
  wire::HttpResponse response;
  response.status = request.method == "HEAD" ? 200 : 204;
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

/// What is read by GET, without a signature.
wire::HttpResponse read_openly(const wire::HttpRequest& request, const Asked& asked,
                               Office& office) {
  switch (asked.route.place) {
    case Place::directory:
      return json_response(200, directory_of(asked.base, office));
    case Place::terms:
      return {200, {{"Content-Type", "text/plain; charset=utf-8"}}, std::string(kTerms)};
    case Place::renewal_information:
      return renewal_information(office, asked.route.id);
    default:
      return new_nonce(request);
  }
}

Answer act(Office& office, const Asked& asked) {
  switch (asked.route.place) {
    case Place::new_account:
      return new_account(office, asked);
    case Place::new_order:
      return new_order(office, asked);
    case Place::new_authorization:
      return new_authorization(office, asked);
    case Place::revoke_certificate:
      return revoke_certificate(office, asked);
    case Place::key_change:
      return key_change(office, asked);
    case Place::account:
      return account(office, asked);
    case Place::orders:
      return orders(office, asked);
    case Place::order:
      return order(office, asked);
    case Place::finalize:
      return finalize(office, asked);
    case Place::authorization:
      return authorization(office, asked);
    case Place::challenge:
      return challenge(office, asked);
    case Place::certificate:
    case Place::other_chain:
      return certificate(office, asked);
    default:
      return to_response(malformed("there is nothing at this address", 404));
  }
}

/// Too many wait already.
wire::HttpResponse too_busy(const Office& office) {
  Problem problem{"rateLimited", "too many requests wait for a decision", 503};
  problem.headers = polling(true, office);
  return to_response(problem);
}

}  // namespace

struct Server::Parts {
  Parts(Desk& desk, ServerOptions options) : office(desk, options) {}

  /// A request that waits for the desk.
  struct Held {
    Waiting waiting;
    std::string base;
    Respond respond;
  };

  Answer answer(const wire::HttpRequest& request, Asked asked, const Ahead* ahead) {
    if (auto checked = check_request(request, asked.route); !checked)
      return to_response(checked.error());
    office.desk.catch_up();
    if (request.method != "POST") return read_openly(request, asked, office);
    auto opened = open_envelope(request, std::move(asked), office, ahead);
    return opened ? act(office, *opened) : Answer(to_response(opened.error()));
  }

  /// What every answer has (RFC 8555 sections 6.1, 6.5 and 7.1).
  void complete(wire::HttpResponse& response, const std::string& base, Place place, bool nonce) {
    if (nonce) response.headers.emplace_back("Replay-Nonce", office.nonces.draw());
    response.headers.emplace_back("Access-Control-Allow-Origin", "*");  // for browsers
    if (place != Place::directory)
      response.headers.emplace_back("Link", link(base + path_of(Place::directory), "index"));
  }

  Office office;
  std::vector<Held> held;
};

Server::Server(Desk& desk, ServerOptions options)
    : parts_(std::make_unique<Parts>(desk, options)) {}
Server::~Server() = default;

void Server::handle(const wire::HttpRequest& request, Respond respond, const Ahead* ahead) {
  const std::string_view target = request.target;
  const std::size_t mark = target.find('?');
  // What cannot be a host is refused, and stands in no address.
  Asked asked{request.scheme + "://" + (is_a_host(request.host) ? request.host : "localhost"),
              route_of(target.substr(0, mark))};
  if (mark != std::string_view::npos) asked.query = target.substr(mark + 1);
  const std::string base = asked.base;
  const Place place = asked.route.place;
  Answer answer = parts_->answer(request, std::move(asked), ahead);
  if (auto* waiting = std::get_if<Waiting>(&answer)) {
    if (parts_->held.size() < parts_->office.options.waiting_max) {
      parts_->held.push_back({std::move(*waiting), base, std::move(respond)});
      return;
    }
    answer = too_busy(parts_->office);
  }
  auto& response = std::get<wire::HttpResponse>(answer);
  parts_->complete(response, base, place, request.method == "POST" || place == Place::new_nonce);
  if (request.method == "HEAD") response.body.clear();
  respond(std::move(response));
}

void Server::wake() {
  std::vector<Parts::Held> held = std::exchange(parts_->held, {});
  for (auto& one : held) {
    const Verdict verdict = parts_->office.desk.verdict_on(one.waiting.subject);
    if (verdict.kind == Verdict::Kind::waiting) {
      parts_->held.push_back(std::move(one));
      continue;
    }
    wire::HttpResponse response = one.waiting.finish(verdict);
    parts_->complete(response, one.base, Place::nowhere, true);
    one.respond(std::move(response));
  }
}

std::size_t Server::waiting() const { return parts_->held.size(); }

void Server::forget(std::string_view order) {
  Office& office = parts_->office;
  const OrderView* view = office.desk.order(order);
  if (!view) return;
  if (Account* account = office.accounts.by_subject(view->account))
    std::erase(account->orders, order);
  for (const std::string_view one : view->authorizations)
    office.deactivated.erase(std::string(one));
  office.replaced_by.erase(std::string(view->certificate));
  if (const auto at = office.replaces.find(order); at != office.replaces.end())
    office.replaces.erase(at);
}

Result<void> Server::adopt(std::string_view subject, std::string_view jwk) {
  auto key = PublicKey::read(jwk);
  if (!key) return fail(key.error().says, std::string(subject));
  Accounts& accounts = parts_->office.accounts;
  if (accounts.by_key(*key) || accounts.by_subject(subject))
    return fail("the key has an account, or the account a key, already", std::string(subject));
  parts_->office.desk.know_key(subject, key->thumbprint());
  Account account{std::string(subject), std::move(*key)};
  account.terms = true;
  accounts.add(std::move(account));
  return {};
}

}  // namespace shinsa::fakes::acme
