// Finalizing an order (RFC 8555 section 7.4).
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/office.hpp"
#include "fakes/acme/x509.hpp"

namespace shinsa::fakes::acme {

namespace {

/// The request in the payload, as far as the protocol can say.
OrProblem<ca::Csr> request_in(const boost::json::object& payload, const Office& office) {
  const boost::json::value* csr = payload.if_contains("csr");
  if (!csr || !csr->is_string()) return say_no(malformed("\"csr\" is a text in base64url"));
  const auto der = from_base64url(std::string_view(csr->get_string()));
  if (!der) return say_no({"badCSR", "\"csr\" is not base64url without padding"});
  auto request = read_request(*der);
  if (!request) return say_no({"badCSR", request.error()});
  if (office.accounts.by_spki(request->report().key_sha256))  // RFC 8555 section 11.1
    return say_no({"badCSR", "the key of the request is the key of an account"});
  return std::move(*request);
}

}  // namespace

Answer finalize(Office& office, const Asked& asked) {
  const std::string subject = "order/" + asked.route.id;
  const OrderView* view = office.desk.order(subject);
  if (!view) return to_response(malformed("there is no such order", 404));
  if (view->account != asked.account->subject)
    return to_response(unauthorized("this is the order of another account"));
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  const bool is_open = view->status == OrderStatus::pending || view->status == OrderStatus::ready;
  if (is_open && is_given_up(*view, office))
    return to_response(Problem{"orderNotReady", "an authorization of the order was deactivated"});
  // Whether it is ready comes first: who finalizes too early learns that, whatever the request is.
  const auto request = request_in(*payload, office);
  if (!request && view->status == OrderStatus::ready) return to_response(request.error());
  const Verdict verdict = office.desk.finalize(subject, request ? *request : ca::Csr::read({}));
  if (verdict.kind == Verdict::Kind::refused) return to_response(problem_of(verdict.refusal));
  const OrderView* now = office.desk.order(subject);
  wire::Headers headers = polling(now->status == OrderStatus::processing, office);
  headers.emplace_back("Location", asked.url(Place::order, asked.route.id));
  return json_response(200, to_object(subject, *now, office, asked), std::move(headers));
}

}  // namespace shinsa::fakes::acme
