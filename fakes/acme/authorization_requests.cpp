// Authorizations and challenges (RFC 8555 sections 7.1.4, 7.1.5, 7.5).
#include <utility>

#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

namespace {

/// Whose it is.
bool belongs_to(const Account& account, std::string_view authorization, Office& office) {
  const AuthorizationView* view = office.desk.authorization(authorization);
  const OrderView* order = view ? office.desk.order(view->order) : nullptr;
  return order && order->account == account.subject;
}

bool is_being_looked_at(const AuthorizationView& authorization, Office& office) {
  for (const std::string_view one : authorization.challenges)
    if (const ChallengeView* challenge = office.desk.challenge(one);
        challenge && challenge->status == ChallengeStatus::processing)
      return true;
  return false;
}

/// The one thing that a client may change.
OrProblem<void> deactivate(const std::string& subject, const AuthorizationView& view,
                           const Asked& asked, Office& office) {
  const auto payload = payload_of(asked);
  if (!payload) return say_no(payload.error());
  const boost::json::value* status = payload->if_contains("status");
  if (!status || *status != "deactivated")
    return say_no(
        malformed("a client may set the status of an authorization to deactivated alone"));
  if (view.status == AuthorizationStatus::invalid)
    return say_no(malformed("the authorization is invalid already"));
  office.deactivated.insert(subject);
  return {};
}

wire::HttpResponse challenge_response(const std::string& subject, const Asked& asked,
                                      Office& office) {
  const ChallengeView* view = office.desk.challenge(subject);
  wire::Headers headers = polling(view->status == ChallengeStatus::processing, office);
  headers.emplace_back("Link",
                       link(asked.url(Place::authorization, id_of(view->authorization)), "up"));
  return json_response(200, to_object(subject, *view, asked), std::move(headers));
}

}  // namespace

Answer authorization(Office& office, const Asked& asked) {
  const std::string subject = "authorization/" + asked.route.id;
  const AuthorizationView* view = office.desk.authorization(subject);
  if (!view) return to_response(malformed("there is no such authorization", 404));
  if (!belongs_to(*asked.account, subject, office))
    return to_response(unauthorized("this is the authorization of another account"));
  if (!asked.is_a_get())
    if (auto done = deactivate(subject, *view, asked, office); !done)
      return to_response(done.error());
  return json_response(200, to_object(subject, *view, office, asked),
                       polling(is_being_looked_at(*view, office), office));
}

Answer challenge(Office& office, const Asked& asked) {
  const std::string subject = "challenge/" + asked.route.id;
  const ChallengeView* view = office.desk.challenge(subject);
  if (!view) return to_response(malformed("there is no such challenge", 404));
  if (!belongs_to(*asked.account, view->authorization, office))
    return to_response(unauthorized("this is the challenge of another account"));
  if (asked.is_a_get()) return challenge_response(subject, asked, office);
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  if (!payload->empty())
    return to_response(malformed("a challenge is answered with an empty object"));
  if (office.deactivated.contains(view->authorization))
    return to_response(malformed("the authorization was deactivated"));
  const Verdict verdict = office.desk.respond(view->authorization, view->type);
  if (verdict.kind == Verdict::Kind::refused) return to_response(problem_of(verdict.refusal));
  return challenge_response(subject, asked, office);
}

}  // namespace shinsa::fakes::acme
