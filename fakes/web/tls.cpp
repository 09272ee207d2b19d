#include "fakes/web/tls.hpp"

#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <algorithm>

#include "fakes/ca/openssl.hpp"
#include "fakes/ca/verify.hpp"
#include "fakes/web/seen_certificate.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {
namespace {

using ContextOwner = ca::Owned<SSL_CTX, SSL_CTX_free>;
using SessionOwner = ca::Owned<SSL, SSL_free>;

constexpr int kSecurityLevel = 2;  // of OpenSSL: 112 bits; said here because builds differ in it
constexpr int kMostTurns = 64;     // each lets both ends go on once; a handshake takes a few

// ---- the server ----

/// Both ends are set alike, whatever the machine's openssl.cnf says.
ContextOwner new_context() {
  ContextOwner context(SSL_CTX_new(TLS_method()));
  SHINSA_ASSERT(context, "OpenSSL can make a TLS context");
  SSL_CTX_set_security_level(context.get(), kSecurityLevel);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
  SSL_CTX_set_num_tickets(context.get(), 0);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  return context;
}

/// The first certificate of the text is the site's, the others are sent behind it.
bool use_chain(SSL_CTX* context, const std::string& pem) {
  const ca::BioOwner text = ca::reader_of(pem);
  const auto next = [&] {
    return ca::CertificateOwner(PEM_read_bio_X509(text.get(), nullptr, ca::no_password, nullptr));
  };
  const ca::CertificateOwner leaf = next();
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) return false;
  while (const ca::CertificateOwner issuer = next())
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1) return false;
  ERR_clear_error();  // the end of the text is an error to the reader
  return true;
}

Result<ContextOwner> server_of(const KeyPair& pair) {
  ContextOwner context = new_context();
  if (!use_chain(context.get(), pair.chain_pem))
    return ca::openssl_failure("the certificate cannot be used by a web server");
  const auto key = ca::read_pem<PEM_read_bio_PrivateKey, ca::KeyOwner>(pair.key_pem);
  if (!key) return ca::openssl_failure("the key cannot be read");
  if (SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1)
    return ca::openssl_failure("the key does not belong to the certificate");
  return context;
}

const KeyPair& pair_for(const Served& served, std::string_view name) {
  const auto found = std::find_if(served.begin(), served.end(),
                                  [&](const auto& entry) { return entry.first == name; });
  return found == served.end() ? served.front().second : found->second;
}

/// Called when the client has said which name it wants.
int choose_site(SSL* session, int*, void* argument) {
  const char* name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
  const auto context = server_of(pair_for(*static_cast<const Served*>(argument), name ? name : ""));
  // The session holds a reference of its own.
  return context && SSL_set_SSL_CTX(session, context->get()) ? SSL_TLSEXT_ERR_OK
                                                             : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// ---- the client ----

using Problems = std::vector<int>;

/// Writes down what is wrong and goes on, so that all of it is found and the handshake ends.
int note_problem(int sound, X509_STORE_CTX* context) {
  if (sound || ca::is_the_last_second(context)) return 1;
  auto* session =
      static_cast<SSL*>(X509_STORE_CTX_get_ex_data(context, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* problems = static_cast<Problems*>(SSL_get_app_data(session));
  const int problem = X509_STORE_CTX_get_error(context);
  if (std::count(problems->begin(), problems->end(), problem) == 0) problems->push_back(problem);
  return 1;
}

Result<ContextOwner> client_of(const Trust& trust) {
  ContextOwner context = new_context();
  X509_STORE* store = SSL_CTX_get_cert_store(context.get());
  const auto root = ca::read_pem<PEM_read_bio_X509, ca::CertificateOwner>(trust.root_pem);
  if (!root || X509_STORE_add_cert(store, root.get()) != 1)
    return ca::openssl_failure("the trusted root cannot be read");
  if (!trust.crl_pem) return context;
  const auto crl = ca::read_pem<PEM_read_bio_X509_CRL, ca::CrlOwner>(*trust.crl_pem);
  if (!crl || X509_STORE_add_crl(store, crl.get()) != 1)
    return ca::openssl_failure("the revocation list cannot be read");
  return context;
}

void set_rules(SSL* client, const std::string& name, const Trust& trust, Instant at) {
  X509_VERIFY_PARAM* rules = SSL_get0_param(client);
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(at.seconds));
  X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
  if (trust.crl_pem) X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_CRL_CHECK);
  X509_VERIFY_PARAM_set_hostflags(
      rules, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  const bool named = X509_VERIFY_PARAM_set1_host(rules, name.data(), name.size()) == 1 &&
                     SSL_set_tlsext_host_name(client, name.c_str()) == 1;
  SHINSA_ASSERT(named, "a client can ask for the name of a host");
}

Verification meaning_of(int problem) {
  switch (problem) {
    case X509_V_ERR_CERT_REVOKED:
      return Verification::revoked;
    case X509_V_ERR_HOSTNAME_MISMATCH:
      return Verification::name_mismatch;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Verification::not_yet_valid;
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Verification::expired;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
      return Verification::revocation_unknown;
    default:
      return Verification::untrusted;
  }
}

Handshake handshake_seen_by(SSL* client, const Problems& problems) {
  Handshake result;
  STACK_OF(X509)* chain = SSL_get_peer_cert_chain(client);
  if (!chain || sk_X509_num(chain) == 0) return result;
  result.leaf = seen(sk_X509_value(chain, 0));
  for (int i = 1; i < sk_X509_num(chain); ++i)
    result.chain.push_back(seen(sk_X509_value(chain, i)));
  result.verification = Verification::trusted;
  for (const int problem : problems) {
    result.problems.emplace_back(X509_verify_cert_error_string(problem));
    result.verification = std::min(result.verification, meaning_of(problem));
  }
  return result;
}

// ---- both ----

SessionOwner new_session(SSL_CTX* context) {
  SessionOwner session(SSL_new(context));
  SHINSA_ASSERT(session, "OpenSSL can make a TLS session");
  return session;
}

void connect(SSL* client, SSL* server) {
  BIO* of_client = nullptr;
  BIO* of_server = nullptr;
  const bool made = BIO_new_bio_pair(&of_client, 0, &of_server, 0) == 1;
  SHINSA_ASSERT(made, "OpenSSL can make a pair of BIOs");
  SSL_set_bio(client, of_client, of_client);
  SSL_set_bio(server, of_server, of_server);
  SSL_set_connect_state(client);
  SSL_set_accept_state(server);
}

enum class Turn { done, waits, failed };

Turn take_turn(SSL* session) {
  ERR_clear_error();
  const int result = SSL_do_handshake(session);
  if (result == 1) return Turn::done;
  const int reason = SSL_get_error(session, result);
  const bool waits = reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
  return waits ? Turn::waits : Turn::failed;
}

/// Lets the two talk in turns until both are done or one gives up.
bool talk(SSL* client, SSL* server) {
  for (int i = 0; i < kMostTurns; ++i) {
    const Turn of_client = take_turn(client);
    const Turn of_server = take_turn(server);
    if (of_client == Turn::done && of_server == Turn::done) return true;
    if (of_client == Turn::failed || of_server == Turn::failed) return false;
  }
  return false;
}

}  // namespace

std::string_view to_text(Verification verification) {
  switch (verification) {
    case Verification::no_certificate:
      return "no-certificate";
    case Verification::revoked:
      return "revoked";
    case Verification::untrusted:
      return "untrusted";
    case Verification::name_mismatch:
      return "name-mismatch";
    case Verification::not_yet_valid:
      return "not-yet-valid";
    case Verification::expired:
      return "expired";
    case Verification::revocation_unknown:
      return "revocation-unknown";
    case Verification::trusted:
      return "trusted";
  }
  SHINSA_ASSERT(false, "no such verification");
}

Result<void> check(const KeyPair& pair) {
  const ca::ErrorQueueGuard guard;
  const auto context = server_of(pair);
  return context ? Result<void>() : Failure(context.error());
}

Result<Handshake> shake_hands(const Served& served, const std::string& name, const Trust& trust,
                              Instant at) {
  const ca::ErrorQueueGuard guard;
  const auto client_context = client_of(trust);
  if (!client_context) return Failure(client_context.error());
  if (served.empty()) return Handshake{};
  const ContextOwner server_context = new_context();
  SSL_CTX_set_tlsext_servername_callback(server_context.get(), choose_site);
  SSL_CTX_set_tlsext_servername_arg(server_context.get(), const_cast<Served*>(&served));

  Problems problems;
  const SessionOwner client = new_session(client_context->get());
  const SessionOwner server = new_session(server_context.get());
  SSL_set_verify(client.get(), SSL_VERIFY_PEER, note_problem);
  SSL_set_app_data(client.get(), &problems);
  set_rules(client.get(), name, trust, at);
  connect(client.get(), server.get());
  return talk(client.get(), server.get()) ? handshake_seen_by(client.get(), problems) : Handshake{};
}

}  // namespace shinsa::fakes::web
