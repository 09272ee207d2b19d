/// For tests: an ACME server on a simulation of jpdirect-acme, and a client that signs its
/// requests.
#pragma once

#include <boost/json.hpp>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/jose.hpp"
#include "fakes/acme/server.hpp"
#include "fakes/acme/signer.hpp"
#include "fakes/acme/simulation_desk.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/cast.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::acme {

inline constexpr std::string_view kTrialBase = "https://acme.amecert.jprs.jp";

/// What the world is before the first request.
struct TrialOptions {
  std::uint64_t seed = 1;
  std::map<std::string, std::string> readings = {};
  std::map<std::string, std::string> conduct = {};
  std::vector<std::string> faults = {};
  ServerOptions server = {};
  std::vector<std::string> fqdns = {"example.jp"};  ///< that customer/C1 has registered and paid
  bool applied = true;                              ///< for ACME: the EAB C1-1 is there
  bool account = false;                             ///< account/1 is there as a fact, without a key
};

/// Field and value: texts, lists and truths are told apart by the event table.
using Fields = std::vector<std::pair<std::string, std::string>>;

class Trial {
 public:
  explicit Trial(TrialOptions options = {})
      : options_(std::move(options)),
        simulation_(simulation_options(options_)),
        desk_((prepare(), simulation_), cast_),
        server_(desk_, options_.server) {}

  sim::Simulation& simulation() { return simulation_; }
  Cast& cast() { return cast_; }
  SimulationDesk& desk() { return desk_; }
  Server& server() { return server_; }
  Instant now() const { return simulation_.now(); }

  /// Something happens outside; lists are written with blanks between their items.
  const sim::Stepped& happen(std::string_view type, std::string_view subject,
                             const Fields& fields = {}) {
    const TypeIndex index = *find_type(type);
    RecordBuilder record(simulation_.facts(), index);
    for (const auto& [name, value] : fields) set(record, kEventTypes[index], name, value);
    return simulation_.happen(index, simulation_.facts().intern(subject), record.build());
  }
  /// Lets time pass.
  void pass(Duration time) {
    const auto done = simulation_.run_until(simulation_.now() + time);
    SHINSA_ASSERT(done, "the simulation goes on");
    server_.wake();
  }
  /// The answer to a request that is answered at once.
  wire::HttpResponse ask(const wire::HttpRequest& request) {
    std::optional<wire::HttpResponse> answer;
    const auto& keys = options_.server.keyring;
    const auto ahead = keys ? look_ahead(request, *keys, options_.server.body_max) : nullptr;
    server_.handle(
        request, [&](wire::HttpResponse one) { answer = std::move(one); }, ahead.get());
    SHINSA_ASSERT(answer, "the request is answered at once");
    return *answer;
  }
  wire::HttpResponse get(std::string_view target, std::string method = "GET") {
    return ask({std::move(method),
                "https",
                "acme.amecert.jprs.jp",
                std::string(target),
                {{"User-Agent", "trial"}},
                {},
                {}});
  }
  /// The events of a type that there are, and their subjects.
  std::vector<std::string> seen(std::string_view type) {
    std::vector<std::string> subjects;
    for (const sim::Stepped& one : simulation_.trace())
      if (one.event.row().name == type)
        subjects.emplace_back(simulation_.facts().text(one.event.subject));
    return subjects;
  }
  /// The text of a field of the last event of a type about a subject.
  std::string said(std::string_view type, std::string_view subject, std::string_view field) {
    std::string text;
    for (const sim::Stepped& one : simulation_.trace())
      if (one.event.row().name == type && simulation_.facts().text(one.event.subject) == subject)
        text = simulation_.facts().text(
            field_of(simulation_.facts().record(one.event.data), field).text());
    return text;
  }

 private:
  static sim::SimulationOptions simulation_options(const TrialOptions& options) {
    const auto profile = model::make_profile({"jpdirect-acme", options.readings, {}});
    SHINSA_ASSERT(profile, "the readings of the trial exist");
    auto conduct = sim::Conduct::make(kAcm, options.conduct);
    SHINSA_ASSERT(conduct, "the conduct of the trial exists");
    sim::SimulationOptions made{*profile,
                                *profile,
                                options.seed,
                                *parse_instant("2026-11-24T10:00:00+09:00"),
                                std::move(*conduct),
                                {}};
    for (const std::string& text : options.faults) made.faults.push_back(*sim::parse_fault(text));
    return made;
  }

  void prepare() {
    cast_.join(simulation_);
    std::vector<std::string> readings;
    for (const auto& [id, name] : options_.readings) readings.push_back(id + "=" + name);
    simulation_.open(readings);
    happen("fact.customer", "customer/C1",
           {{"mail", "taro@example.jp"}, {"billing_mail", "billing@example.jp"}});
    happen("fact.price", "product/DV", {{"amount", "10900"}});
    happen("fact.price", "product/DV-wildcard", {{"amount", "43600"}});
    if (options_.account)
      happen("fact.account", "account/1",
             {{"customer", "customer/C1"}, {"contacts", "mailto:taro@example.jp"}});
    std::size_t number = 0;
    for (const std::string& fqdn : options_.fqdns)
      happen("fact.fqdn", "fqdn/" + std::to_string(++number),
             {{"customer", "customer/C1"},
              {"fqdn", fqdn},
              {"completed", "2026-11-01T10:00:00+09:00"}});
    if (options_.applied)
      happen("acme.applied", "customer/C1", {{"consent", "true"}, {"button", "同意して確定"}});
  }

  void set(RecordBuilder& record, const EventType& type, const std::string& name,
           const std::string& value) {
    switch (type.fields[*type.field(name)].kind) {
      case FieldKind::text:
      case FieldKind::choice:
        record.set(name, std::string_view(value));
        return;
      case FieldKind::truth:
        record.set(name, value == "true");
        return;
      case FieldKind::number:
        record.set(name, static_cast<std::int64_t>(std::stoll(value)));
        return;
      case FieldKind::instant:
        record.set(name, *parse_instant(value));
        return;
      case FieldKind::list:
        record.set(name, list_of(value));
        return;
    }
  }
  ListId list_of(std::string_view words) {
    std::vector<TextId> items;
    while (!words.empty()) {
      const std::string_view one = words.substr(0, words.find(' '));
      items.push_back(simulation_.facts().intern(one));
      words.remove_prefix(std::min(one.size() + 1, words.size()));
    }
    return simulation_.facts().intern_list(items);
  }

  TrialOptions options_;
  sim::Simulation simulation_;
  Cast cast_;
  SimulationDesk desk_;
  Server server_;
};

/// How a request departs from what a good client sends; nothing unless said.
struct Departure {
  std::optional<std::string> url = {};     ///< in the protected header
  std::optional<std::string> nonce = {};   ///< likewise
  std::optional<std::string> kid = {};     ///< likewise; empty: none
  std::optional<std::string> header = {};  ///< the whole protected header
  std::optional<std::string> more = {};    ///< of the protected header: `,"crit":[]`
  bool with_jwk = false;                   ///< signs with `jwk` although it has an account
};

/// An ACME client with one key.
class Client {
 public:
  /// @param key_name  of the key pool.
  Client(Trial& trial, std::string_view key_name)
      : trial_(&trial), signer_(*Signer::from_pem(ca::KeyPool::find(key_name)->pem())) {}

  [[nodiscard]] const Signer& signer() const { return signer_; }
  void use(const Signer& other) { signer_ = other; }
  void use_account(std::string url) { account_ = std::move(url); }
  [[nodiscard]] const std::string& account() const { return account_; }

  std::string nonce() {
    return *wire::find(trial_->get("/acme/new-nonce", "HEAD").headers, "Replay-Nonce");
  }
  /// The protected header of a request to that target.
  std::string header(std::string_view target, const Departure& departure = {}) {
    if (departure.header) return *departure.header;
    const std::string kid = departure.kid.value_or(account_);
    std::string text = R"({"alg":")" + signer_.algorithm() + R"(","nonce":")" +
                       departure.nonce.value_or(nonce_to_use()) + R"(","url":")" +
                       departure.url.value_or(std::string(kTrialBase) + std::string(target)) + "\"";
    text += kid.empty() || departure.with_jwk ? R"(,"jwk":)" + signer_.jwk()
                                              : R"(,"kid":")" + kid + "\"";
    return text + departure.more.value_or("") + "}";
  }
  wire::HttpRequest request(std::string_view target, std::string body) const {
    return {"POST",
            "https",
            "acme.amecert.jprs.jp",
            std::string(target),
            {{"User-Agent", "trial"}, {"Content-Type", "application/jose+json"}},
            std::move(body),
            {}};
  }
  wire::HttpRequest signed_request(std::string_view target, std::string_view payload,
                                   const Departure& departure = {}) {
    return request(target, signer_.jws(header(target, departure), payload));
  }
  wire::HttpResponse post(std::string_view target, std::string_view payload,
                          const Departure& departure = {}) {
    return send(signed_request(target, payload, departure));
  }
  /// Sends, and keeps the nonce of the answer for the next request.
  wire::HttpResponse send(const wire::HttpRequest& request) {
    wire::HttpResponse answer = trial_->ask(request);
    if (const std::string* fresh = wire::find(answer.headers, "Replay-Nonce")) next_ = *fresh;
    return answer;
  }

  /// The payload of newAccount with the EAB of the trial.
  std::string account_wish(std::string_view eab = "C1-1", std::string_view more = {}) {
    std::string secret;
    for (const EabCredentials& one : trial_->desk().eab_credentials())
      if (one.key_id == eab) secret = *from_base64url(one.key);
    const std::string header = R"({"alg":"HS256","kid":")" + std::string(eab) + R"(","url":")" +
                               std::string(kTrialBase) + R"(/acme/new-account"})";
    return R"({"termsOfServiceAgreed":true,"contact":["mailto:taro@example.jp"],)"
           R"("externalAccountBinding":)" +
           mac_jws("HS256", secret, header, signer_.jwk()) + std::string(more) + "}";
  }
  /// Registers, and uses the account from then on.
  wire::HttpResponse register_account() {
    wire::HttpResponse answer = post("/acme/new-account", account_wish());
    if (const std::string* at = wire::find(answer.headers, "Location")) account_ = *at;
    return answer;
  }

 private:
  std::string nonce_to_use() { return next_.empty() ? nonce() : std::exchange(next_, {}); }

  Trial* trial_;
  Signer signer_;
  std::string account_;
  std::string next_;  // nonce
};

// -- reading answers
// -----------------------------------------------------------------------------------------------------

inline boost::json::object body_of(const wire::HttpResponse& answer) {
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse(answer.body, failed);
  return failed || !value.is_object() ? boost::json::object{} : value.get_object();
}
inline std::string text_in(const boost::json::object& object, std::string_view name) {
  const boost::json::value* value = object.if_contains({name.data(), name.size()});
  return value && value->is_string() ? std::string(value->get_string().c_str()) : std::string();
}
inline std::string text_in(const wire::HttpResponse& answer, std::string_view name) {
  return text_in(body_of(answer), name);
}
/// `400 malformed`, with the clause behind it where there is one; `200` where it is no problem.
inline std::string outcome(const wire::HttpResponse& answer) {
  constexpr std::string_view kPrefix = "urn:ietf:params:acme:error:";
  const std::string type = text_in(answer, "type");
  std::string text = std::to_string(answer.status);
  if (!type.starts_with(kPrefix)) return text;
  text += " " + type.substr(kPrefix.size());
  const std::string clause = text_in(answer, "shinsa:clause");
  return clause.empty() ? text : text + " " + clause;
}
inline std::string header_in(const wire::HttpResponse& answer, std::string_view name) {
  const std::string* value = wire::find(answer.headers, name);
  return value ? *value : std::string();
}
/// The target of the address that a Link header of that relation gives; empty without one.
inline std::string linked(const wire::HttpResponse& answer, std::string_view relation) {
  for (const auto& [name, value] : answer.headers)
    if (name == "Link" && value.ends_with("rel=\"" + std::string(relation) + "\""))
      return value.substr(1, value.find('>') - 1);
  return {};
}
/// The path of an address of the server.
inline std::string target_of(std::string_view url) {
  return std::string(url.starts_with(kTrialBase) ? url.substr(kTrialBase.size()) : url);
}
inline std::vector<std::string> texts_in(const boost::json::object& object, std::string_view name) {
  std::vector<std::string> all;
  if (const auto* value = object.if_contains({name.data(), name.size()});
      value && value->is_array())
    for (const auto& one : value->get_array())
      if (one.is_string()) all.emplace_back(one.get_string().c_str());
  return all;
}

// -- a whole issuance
// ----------------------------------------------------------------------------------------------------

/// The payload of newOrder.
inline std::string order_for(const std::vector<std::string>& names, std::string_view more = {}) {
  std::string list;
  for (const std::string& name : names)
    list += (list.empty() ? "" : ",") + (R"({"type":"dns","value":")" + name + "\"}");
  return R"({"identifiers":[)" + list + "]" + std::string(more) + "}";
}

/// The challenge of a type in an authorization; empty if it is not offered.
inline boost::json::object challenge_in(const boost::json::object& authorization,
                                        std::string_view type) {
  if (const auto* all = authorization.if_contains("challenges"))
    for (const auto& one : all->as_array())
      if (text_in(one.as_object(), "type") == type) return one.as_object();
  return {};
}

/// The payload of finalize: a request for the names, the first of which is the common name too.
inline std::string csr_for(const std::vector<std::string>& names, std::string key = "rsa-2048-a") {
  ca::CsrRequest wanted{std::move(key), names.front()};
  wanted.sans = names;
  std::string pem = *ca::make_csr(wanted);
  std::string base64;
  for (std::size_t at = pem.find('\n') + 1; pem[at] != '-'; ++at)
    if (pem[at] != '\n' && pem[at] != '=')
      base64 += pem[at] == '+' ? '-' : pem[at] == '/' ? '_' : pem[at];
  return R"({"csr":")" + base64 + "\"}";
}

/// Publishes what proves control of the name in the fake world: a file or a TXT record.
inline void publish(Trial& trial, const Signer& signer, const boost::json::object& authorization,
                    std::string_view type) {
  const std::string name = text_in(authorization.at("identifier").as_object(), "value");
  const std::string token = text_in(challenge_in(authorization, type), "token");
  const std::string proof = token + "." + signer.thumbprint();
  if (type == "http-01")
    trial.happen("site.changed", "site/" + name,
                 {{"path", "/.well-known/acme-challenge/" + token}, {"body", proof}});
  else
    trial.happen("dns.changed", "zone/" + name,
                 {{"name", "_acme-challenge." + name},
                  {"type", "TXT"},
                  {"values", digest_base64url(proof)}});
}

/// What an issuance left behind.
struct Issued {
  std::string order;  ///< targets
  std::string certificate;
  std::string pem;  ///< the chain as it was downloaded
};

/// Orders, proves each name, finalizes and downloads; what goes wrong shows as an empty `pem`.
inline Issued issue(Trial& trial, Client& client, const std::vector<std::string>& names,
                    std::string_view type, std::string key = "rsa-2048-a") {
  Issued issued;
  const auto ordered = client.post("/acme/new-order", order_for(names));
  issued.order = target_of(header_in(ordered, "Location"));
  for (const std::string& url : texts_in(body_of(ordered), "authorizations")) {
    const auto authorization = body_of(client.post(target_of(url), ""));
    publish(trial, client.signer(), authorization, type);
    client.post(target_of(text_in(challenge_in(authorization, type), "url")), "{}");
  }
  const auto finalized =
      client.post(target_of(text_in(ordered, "finalize")), csr_for(names, std::move(key)));
  issued.certificate = target_of(text_in(finalized, "certificate"));
  if (!issued.certificate.empty()) issued.pem = client.post(issued.certificate, "").body;
  return issued;
}

}  // namespace shinsa::fakes::acme
