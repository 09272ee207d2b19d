#include "fakes/wire/tls_contexts.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::wire {
namespace {

constexpr std::size_t kMostContexts = 256;
constexpr unsigned char kHttp11[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// Without it OpenSSL would ask on the terminal for the password of an encrypted text.
int no_password(char*, int, int, void*) { return 0; }

struct FreeRead {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Text = std::unique_ptr<BIO, FreeRead>;
using Certificate = std::unique_ptr<X509, FreeRead>;
using Key = std::unique_ptr<EVP_PKEY, FreeRead>;

Text text_of(const std::string& pem) {
  return Text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

Certificate next_certificate(BIO* text) {
  return Certificate(PEM_read_bio_X509(text, nullptr, no_password, nullptr));
}

/// The first certificate is the site's, the others are sent behind it.
bool use(SSL_CTX* context, const TlsIdentity& identity) {
  const Text chain = text_of(identity.chain_pem);
  const Certificate leaf = next_certificate(chain.get());
  if (!leaf || SSL_CTX_use_certificate(context, leaf.get()) != 1) return false;
  while (const Certificate issuer = next_certificate(chain.get()))
    if (SSL_CTX_add1_chain_cert(context, issuer.get()) != 1) return false;
  ERR_clear_error();  // the end of the text is an error to the reader
  const Text key_text = text_of(identity.key_pem);
  const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, no_password, nullptr));
  return key && SSL_CTX_use_PrivateKey(context, key.get()) == 1 &&
         SSL_CTX_check_private_key(context) == 1;
}

/// RFC 7301: HTTP/1.1 where it is among what the client offers; otherwise as if nothing were said.
int agree_on_http(SSL*, const unsigned char** chosen, unsigned char* length,
                  const unsigned char* offered, unsigned int size, void*) {
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, length, kHttp11, sizeof kHttp11, offered, size) !=
      OPENSSL_NPN_NEGOTIATED)
    return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

/// The name that a ClientHello asks for (RFC 6066 section 3): a list of one entry, whose kind is
/// 0 for a host. Empty, if there is none or it is not well-formed; OpenSSL refuses that itself.
std::string_view name_in_hello(SSL* session) {
  constexpr std::size_t kBeforeName = 5;  // length of the list, kind, length of the name
  const unsigned char* bytes = nullptr;
  std::size_t size = 0;
  if (SSL_client_hello_get0_ext(session, TLSEXT_TYPE_server_name, &bytes, &size) != 1 ||
      size < kBeforeName || bytes[2] != TLSEXT_NAMETYPE_host_name)
    return {};
  const std::size_t length = bytes[3] * 256u + bytes[4];
  if (length > size - kBeforeName) return {};
  return {reinterpret_cast<const char*>(bytes) + kBeforeName, length};
}

SslContextOwner new_context(const SSL_METHOD* method) {
  SslContextOwner context(SSL_CTX_new(method));
  SHINSA_ASSERT(context, "OpenSSL can make a TLS context");
  SSL_CTX_set_options(context.get(), SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_read_ahead(context.get(), 1);  // a record in one read
  return context;
}

SslContextOwner server_context(bool resumes) {
  SslContextOwner context = new_context(TLS_server_method());
  SSL_CTX_set_security_level(context.get(), 2);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);  // tickets need none
  SSL_CTX_set_num_tickets(context.get(), resumes ? 1 : 0);
  if (!resumes) SSL_CTX_set_options(context.get(), SSL_OP_NO_TICKET);
  SSL_CTX_set_alpn_select_cb(context.get(), agree_on_http, nullptr);
  return context;
}

}  // namespace

Result<std::shared_ptr<TlsContexts>> TlsContexts::make(const TlsOptions& options) {
  std::shared_ptr<TlsContexts> made(new TlsContexts(options));
  ERR_clear_error();
  made->first_ = server_context(options.resumes);
  SSL_CTX* first = made->first_.get();
  if (options.greeting) SSL_CTX_set_client_hello_cb(first, &TlsContexts::greet, made.get());
  if (options.by_name) {
    SSL_CTX_set_tlsext_servername_callback(first, &TlsContexts::choose);
    SSL_CTX_set_tlsext_servername_arg(first, made.get());
  } else if (!use(first, options.identity)) {
    ERR_clear_error();
    return fail("the certificate and its key cannot be used by a server");
  }
  return made;
}

/// Called before anything is said. A handshake that is suspended sends no alert.
int TlsContexts::greet(SSL* session, int* alert, void* self) {
  static constexpr Greeting kReset = Greeting::reset;
  static constexpr Greeting kSilent = Greeting::silent;
  const auto& options = static_cast<TlsContexts*>(self)->options_;
  const Greeting greeting = options.greeting(name_in_hello(session));
  if (greeting == Greeting::welcome) return SSL_CLIENT_HELLO_SUCCESS;
  if (greeting == Greeting::alert) {
    *alert = SSL_AD_HANDSHAKE_FAILURE;
    return SSL_CLIENT_HELLO_ERROR;
  }
  SSL_set_app_data(session,
                   const_cast<Greeting*>(greeting == Greeting::reset ? &kReset : &kSilent));
  return SSL_CLIENT_HELLO_RETRY;
}

Greeting TlsContexts::greeting_of(SSL* session) {
  const auto* greeting = static_cast<const Greeting*>(SSL_get_app_data(session));
  return greeting ? *greeting : Greeting::welcome;
}

/// Called when the client has said which name it wants, or that it wants none.
int TlsContexts::choose(SSL* session, int*, void* self) {
  auto& contexts = *static_cast<TlsContexts*>(self);
  const char* name = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name);
  const auto identity = contexts.options_.by_name(name ? name : "");
  const auto context = identity ? contexts.context_of(*identity) : nullptr;
  // The session holds a reference of its own.
  return context && SSL_set_SSL_CTX(session, context.get()) ? SSL_TLSEXT_ERR_OK
                                                            : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::shared_ptr<SSL_CTX> TlsContexts::context_of(const TlsIdentity& identity) {
  std::string pem = identity.chain_pem + identity.key_pem;
  const std::lock_guard lock(guard_);
  if (const auto found = by_pem_.find(pem); found != by_pem_.end()) {
    known_.splice(known_.begin(), known_, found->second);
    return known_.front().context;
  }
  std::shared_ptr<SSL_CTX> context(server_context(options_.resumes).release(), FreeSsl());
  if (!use(context.get(), identity)) return nullptr;
  if (known_.size() == kMostContexts) {
    by_pem_.erase(known_.back().pem);
    known_.pop_back();
  }
  known_.push_front({std::move(pem), context});
  by_pem_.emplace(known_.front().pem, known_.begin());
  return context;
}

SslContextOwner client_context() {
  SslContextOwner context = new_context(TLS_client_method());
  SSL_CTX_set_security_level(context.get(), 0);  // looks at nothing
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  return context;
}

}  // namespace shinsa::fakes::wire
