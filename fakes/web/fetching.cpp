#include "fakes/web/fetching.hpp"

#include <algorithm>
#include <utility>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {
namespace {

template <class List, class Value>
bool has(const List& list, const Value& value) {
  return std::count(list.begin(), list.end(), value) != 0;
}

/// Whether a fetch may begin there.
bool may_begin(const Uri& uri, const Policy& policy) {
  return !(policy.first_is_http && uri.is_https) && has(policy.ports, uri.port);
}

/// Why a redirect is not followed, or where it leads.
std::optional<Outcome> refusal_of(const Redirect& redirect, const Result<Uri>& target,
                                  std::size_t steps, const Policy& policy) {
  if (!has(policy.redirect_statuses, redirect.status)) return Outcome::bad_redirect;
  if (steps >= policy.redirects_max) return Outcome::too_many_redirects;
  if (!target) return Outcome::bad_redirect;
  if (target->is_https && !policy.follow_to_https) return Outcome::redirect_to_https_refused;
  if (!has(policy.ports, target->port)) return Outcome::bad_redirect;
  return std::nullopt;
}

}  // namespace

std::string_view to_text(Outcome outcome) {
  switch (outcome) {
    case Outcome::answered:
      return "answered";
    case Outcome::dns_failure:
      return "dns-failure";
    case Outcome::no_connection:
      return "no-connection";
    case Outcome::tls_failure:
      return "tls-failure";
    case Outcome::timed_out:
      return "timed-out";
    case Outcome::empty_answer:
      return "empty-answer";
    case Outcome::too_many_redirects:
      return "too-many-redirects";
    case Outcome::redirect_to_https_refused:
      return "redirect-to-https-refused";
    case Outcome::bad_redirect:
      return "bad-redirect";
    case Outcome::bad_uri:
      return "bad-uri";
  }
  SHINSA_ASSERT(false, "no such outcome");
}

Fetching::Fetching(std::string_view uri, Policy policy) : policy_(std::move(policy)) {
  const auto first = parse_uri(uri);
  if (first && may_begin(*first, policy_)) next_ = *first;
}

void Fetching::hear(const Heard& heard) {
  SHINSA_ASSERT(next_, "nothing was asked any more");
  result_.visited.push_back(next_->text);
  write_down(heard);
  next_ = next_of(heard);
}

void Fetching::write_down(const Heard& heard) {
  result_.address = heard.address;
  result_.lookup = heard.lookup;
  result_.outcome = heard.failed.value_or(Outcome::answered);
  result_.status = 0;
  result_.location.clear();
  if (heard.failed) return;
  if (const auto* file = std::get_if<File>(&heard.answer)) {
    result_.status = 200;
    result_.body = file->body;
  } else if (const auto* error = std::get_if<ErrorStatus>(&heard.answer)) {
    result_.status = error->status;
    result_.body = error->body;
  } else if (const auto* redirect = std::get_if<Redirect>(&heard.answer)) {
    result_.status = redirect->status;
    result_.location = redirect->location;
  }
}

/// What is asked next, if a redirect was heard and is followed.
std::optional<Uri> Fetching::next_of(const Heard& heard) {
  const auto* redirect = std::get_if<Redirect>(&heard.answer);
  if (heard.failed || !redirect) return std::nullopt;
  const auto target = resolved(*next_, redirect->location);
  if (const auto refusal = refusal_of(*redirect, target, result_.steps, policy_)) {
    result_.outcome = *refusal;
    return std::nullopt;
  }
  ++result_.steps;
  return *target;
}

}  // namespace shinsa::fakes::web
