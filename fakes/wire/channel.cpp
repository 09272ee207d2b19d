#include "fakes/wire/channel.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::wire {
namespace {

// ---- OpenSSL's way to the socket: its own would raise SIGPIPE when the other side has gone ----

int descriptor_of(BIO* bio) {
  return static_cast<int>(reinterpret_cast<intptr_t>(BIO_get_data(bio)));
}

int moved(BIO* bio, ssize_t count, int retry) {
  BIO_clear_retry_flags(bio);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
    BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
  return static_cast<int>(count);
}
int send_bytes(BIO* bio, const char* bytes, int size) {
  return moved(bio, ::send(descriptor_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL),
               BIO_FLAGS_WRITE);
}
int receive_bytes(BIO* bio, char* bytes, int size) {
  const ssize_t count = ::recv(descriptor_of(bio), bytes, static_cast<std::size_t>(size), 0);
  if (count == 0) BIO_set_flags(bio, BIO_FLAGS_IN_EOF);
  return moved(bio, count, BIO_FLAGS_READ);
}
long control(BIO* bio, int command, long, void*) {
  if (command == BIO_CTRL_EOF) return BIO_test_flags(bio, BIO_FLAGS_IN_EOF) != 0 ? 1 : 0;
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* make_method() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
  SHINSA_ASSERT(method, "OpenSSL can make a kind of BIO");
  BIO_meth_set_write(method, send_bytes);
  BIO_meth_set_read(method, receive_bytes);
  BIO_meth_set_ctrl(method, control);
  return method;
}

BIO* bio_of(int descriptor) {
  static BIO_METHOD* const method = make_method();
  BIO* bio = BIO_new(method);
  SHINSA_ASSERT(bio, "OpenSSL can make a BIO");
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<intptr_t>(descriptor)));
  BIO_set_init(bio, 1);
  return bio;
}

std::string reason_of_openssl() {
  const char* reason = ERR_reason_error_string(ERR_peek_error());
  ERR_clear_error();
  return reason ? reason : "TLS failed";
}

}  // namespace

Channel::Channel(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {
  if (socket_.is_open()) prepare();
}

void Channel::prepare() {
  ErrorCode ignored;
  socket_.non_blocking(true, ignored);
  socket_.native_non_blocking(true, ignored);
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
}

void Channel::become_tls(SSL_CTX* context) {
  session_.reset(SSL_new(context));
  SHINSA_ASSERT(session_, "OpenSSL can make a TLS session");
  BIO* bio = bio_of(socket_.native_handle());
  SSL_set_bio(session_.get(), bio, bio);
  SSL_set_mode(session_.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                   SSL_MODE_RELEASE_BUFFERS);
}

void Channel::become_server(SSL_CTX* context) {
  become_tls(context);
  SSL_set_accept_state(session_.get());
}

void Channel::become_client(SSL_CTX* context, const std::string& name) {
  become_tls(context);
  SSL_set_connect_state(session_.get());
  if (!name.empty()) SSL_set_tlsext_host_name(session_.get(), name.c_str());
}

Channel::Event Channel::event_of(int result) {
  const int error = errno;
  switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_NONE:
      return Event::done;
    case SSL_ERROR_WANT_READ:
      return Event::wants_read;
    case SSL_ERROR_WANT_WRITE:
      return Event::wants_write;
    case SSL_ERROR_WANT_CLIENT_HELLO_CB:
      return Event::suspended;
    case SSL_ERROR_ZERO_RETURN:
      return Event::closed;
    case SSL_ERROR_SYSCALL:
      reason_ = error == 0 ? "closed in the middle" : std::strerror(error);
      ERR_clear_error();
      return Event::failed;
    default:
      reason_ = reason_of_openssl();
      return Event::failed;
  }
}

Channel::Event Channel::shake_hands() {
  ERR_clear_error();
  errno = 0;
  const Event event = event_of(SSL_do_handshake(session_.get()));
  const bool was_closed = event == Event::failed && BIO_eof(SSL_get_rbio(session_.get())) == 1;
  return was_closed && !has_heard() ? Event::closed : event;
}

bool Channel::has_heard() const { return BIO_number_read(SSL_get_rbio(session_.get())) > 0; }

Channel::Moved Channel::read(std::span<char> into) {
  errno = 0;
  if (session_) {
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(session_.get(), into.data(), into.size(), &count);
    return {event_of(result), count};
  }
  const ssize_t count = ::recv(socket_.native_handle(), into.data(), into.size(), 0);
  if (count > 0) return {Event::done, static_cast<std::size_t>(count)};
  if (count == 0) return {Event::closed};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {Event::wants_read};
  reason_ = std::strerror(errno);
  return {Event::failed};
}

Channel::Moved Channel::write(std::string_view bytes) {
  errno = 0;
  if (session_) {
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count);
    return {event_of(result), count};
  }
  const ssize_t count = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (count >= 0) return {Event::done, static_cast<std::size_t>(count)};
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR) return {Event::wants_write};
  reason_ = std::strerror(errno);
  return {Event::failed};
}

void Channel::finish() {
  if (session_ && SSL_is_init_finished(session_.get())) {
    ERR_clear_error();
    SSL_shutdown(session_.get());
    ERR_clear_error();
  }
  ErrorCode ignored;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

void Channel::reset() {
  ErrorCode ignored;
  socket_.set_option(asio::socket_base::linger(true, 0), ignored);
  close();
}

void Channel::close() {
  ErrorCode ignored;
  socket_.close(ignored);
}

}  // namespace shinsa::fakes::wire
