#include "fakes/wire/http_connection.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "fakes/wire/http_writer.hpp"

namespace shinsa::fakes::wire {
namespace {

constexpr std::size_t kPortion = 16 * 1024;      // read at once
constexpr std::size_t kKept = 4 * 1024;          // of a buffer, while a connection rests
constexpr std::size_t kMostDiscarded = 4 << 20;  // of what a client goes on sending to nobody

/// Each thread reads into one place, and keeps only what belongs to a request.
std::span<char> scratch() {
  thread_local std::array<char, kPortion> bytes;
  return bytes;
}

void shrink(std::string& buffer) {
  buffer.clear();
  if (buffer.capacity() > kKept) buffer = std::string();
}

bool has_no_body(int status) { return status / 100 == 1 || status == 204 || status == 304; }

}  // namespace

HttpConnection::HttpConnection(asio::ip::tcp::socket socket, asio::io_context& context,
                               std::shared_ptr<Crowd> crowd,
                               std::shared_ptr<const HttpServer::State> server)
    : channel_(std::move(socket)),
      context_(context),
      crowd_(std::move(crowd)),
      server_(std::move(server)) {
  ErrorCode error;
  const auto peer = channel_.socket().remote_endpoint(error);
  if (!error) peer_ = text_of(peer.address(), peer.port());
}

void HttpConnection::start() {
  const Greeting greeting =
      server_->options.greeting ? server_->options.greeting() : Greeting::welcome;
  if (greeting == Greeting::reset) return channel_.reset();
  if (!crowd_->admit(self())) {
    trouble("not let in, for there are too many connections, and all of them are at work");
    return channel_.close();
  }
  if (greeting == Greeting::silent) {
    begin_silence();
    return pump();
  }
  const HttpLimits& limits = server_->options.limits;
  stage_ = server_->tls ? Stage::untouched : Stage::request;
  Crowd::set_deadline(*this, server_->tls ? limits.handshake : limits.idle);
  wait_read();
}

void HttpConnection::trouble(const std::string& what) const {
  if (server_->options.on_trouble) server_->options.on_trouble(peer_, what);
}

void HttpConnection::close() {
  if (stage_ == Stage::gone) return;
  const auto alive = self();
  stage_ = Stage::gone;
  if (stream_) stream_->is_open = false;
  if (delay_) delay_->cancel();
  channel_.close();
  reader_.reset();
  crowd_->leave(*this);
}

void HttpConnection::give_way() {
  if (stage_ != Stage::farewell) trouble("closed, for there are too many connections");
  close();
}

void HttpConnection::time_is_up() {
  switch (stage_) {
    case Stage::untouched:
    case Stage::handshake:
      trouble("the TLS handshake took too long");
      return close();
    case Stage::request:
      if (!has_begun()) return close();
      refuse(408, "the request took too long");
      return pump();
    case Stage::answering:
    case Stage::streaming:
      trouble("the client takes nothing of its answer");
      return close();
    default:
      return close();
  }
}

// ---- steps ----

void HttpConnection::pump() {
  if (is_pumping_) return;
  is_pumping_ = true;
  while (step()) {
  }
  is_pumping_ = false;
}

bool HttpConnection::step() {
  switch (stage_) {
    case Stage::untouched:
      channel_.become_server(server_->tls->first());
      stage_ = Stage::handshake;
      return true;
    case Stage::handshake:
      return step_handshake();
    case Stage::request:
      return step_request();
    case Stage::answering:
      return step_answering();
    case Stage::streaming:
      return step_streaming();
    case Stage::farewell:
    case Stage::silent:
      return step_discarding();
    case Stage::handling:
    case Stage::gone:
      return false;
  }
  return false;
}

bool HttpConnection::wait_for(Channel::Event event) {
  if (event == Channel::Event::wants_read) wait_read();
  if (event == Channel::Event::wants_write) wait_write();
  return false;
}

void HttpConnection::wait_read() {
  if (std::exchange(waits_to_read_, true)) return;
  channel_.wait_read([self = self()](ErrorCode error) {
    self->waits_to_read_ = false;
    if (!error) self->pump();
  });
}

void HttpConnection::wait_write() {
  if (std::exchange(waits_to_write_, true)) return;
  channel_.wait_write([self = self()](ErrorCode error) {
    self->waits_to_write_ = false;
    if (!error) self->pump();
  });
}

bool HttpConnection::step_handshake() {
  const Channel::Event event = channel_.shake_hands();
  if (event == Channel::Event::wants_read || event == Channel::Event::wants_write)
    return wait_for(event);
  if (event == Channel::Event::done) {
    stage_ = Stage::request;
    Crowd::set_deadline(*this, server_->options.limits.idle);
    return true;
  }
  if (event == Channel::Event::suspended) {
    const bool is_silent = TlsContexts::greeting_of(channel_.session()) == Greeting::silent;
    channel_.become_plain();
    if (is_silent) begin_silence();
    if (!is_silent) channel_.reset();
    if (!is_silent) close();
    return is_silent;
  }
  trouble(fmt::format("the TLS handshake failed: {}", channel_.reason().empty()
                                                          ? "the client closed the connection"
                                                          : channel_.reason()));
  close();
  return false;
}

bool HttpConnection::step_request() {
  if (!in_.empty() && read_request()) return true;
  const bool was_begun = has_begun();
  const Channel::Moved moved = channel_.read(scratch());
  switch (moved.event) {
    case Channel::Event::done:
      in_.append(scratch().data(), moved.bytes);
      if (!was_begun) Crowd::set_deadline(*this, server_->options.limits.request);
      return true;
    case Channel::Event::closed:
    case Channel::Event::failed:
      if (was_begun) trouble("the client closed the connection within its request");
      close();
      return false;
    default:
      return wait_for(moved.event);
  }
}

bool HttpConnection::step_answering() {
  while (out_at_ < out_.size()) {
    const Channel::Moved moved = channel_.write(std::string_view(out_).substr(out_at_));
    if (moved.event == Channel::Event::closed || moved.event == Channel::Event::failed) {
      close();
      return false;
    }
    if (moved.event != Channel::Event::done) return wait_for(moved.event);
    out_at_ += moved.bytes;
    if (out_at_ < out_.size()) Crowd::set_deadline(*this, server_->options.limits.write);
  }
  after_answer();
  // Most clients say nothing before they have read the answer.
  if (stage_ != Stage::request || !in_.empty() || channel_.has_more()) return true;
  wait_read();
  return false;
}

/// What the client says is not looked at, but that it closes is.
bool HttpConnection::step_streaming() {
  Channel::Moved heard = channel_.read(scratch());
  while (heard.event == Channel::Event::done) heard = channel_.read(scratch());
  if (heard.event == Channel::Event::closed || heard.event == Channel::Event::failed) {
    close();
    return false;
  }
  wait_for(heard.event);
  while (out_at_ < out_.size()) {
    const Channel::Moved moved = channel_.write(std::string_view(out_).substr(out_at_));
    if (moved.event == Channel::Event::closed || moved.event == Channel::Event::failed) {
      close();
      return false;
    }
    if (moved.event != Channel::Event::done) return wait_for(moved.event);
    out_at_ += moved.bytes;
    Crowd::set_deadline(*this, server_->options.limits.write);
  }
  out_.clear();
  out_at_ = 0;
  Crowd::set_no_deadline(*this);
  if (!stream_has_ended_) return false;
  say_farewell();
  return true;
}

bool HttpConnection::step_discarding() {
  const Channel::Moved moved = channel_.read(scratch());
  discarded_ += moved.bytes;
  const bool goes_on = moved.event == Channel::Event::done && discarded_ < kMostDiscarded;
  if (goes_on) return true;
  if (moved.event == Channel::Event::wants_read || moved.event == Channel::Event::wants_write)
    return wait_for(moved.event);
  close();
  return false;
}

// ---- the request ----

/// Takes what it can from `in_`. @return  whether that ended the request, one way or the other.
bool HttpConnection::read_request() {
  const HttpLimits& limits = server_->options.limits;
  if (!reader_) {
    // Line ends before a request are no part of it (RFC 9112 section 2.2).
    in_.erase(0, std::min(in_.find_first_not_of("\r\n"), in_.size()));
    if (in_.empty()) return false;
    reader_.emplace(limits.header_bytes, limits.body_bytes);
  }
  const std::size_t used = reader_->read(in_);
  if (used == in_.size())
    shrink(in_);
  else
    in_.erase(0, used);
  if (reader_->refusal() == 0 && !reader_->is_done() && in_.size() > limits.header_bytes) {
    refuse(400, "a line of a chunk is too long");
    return true;
  }
  if (reader_->refusal() != 0) {
    refuse(reader_->refusal(), reader_->reason());
    return true;
  }
  if (reader_->is_done()) {
    hand_over();
    return true;
  }
  return reader_->waits_to_be_told_to_continue() && !tell_to_continue();
}

bool HttpConnection::tell_to_continue() {
  constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
  reader_->was_told_to_continue();
  if (channel_.write(kContinue).bytes == kContinue.size()) return true;
  close();  // nothing was sent before on this turn: a client that has no room for it reads nothing
  return false;
}

void HttpConnection::hand_over() {
  HttpRequest request = std::move(reader_->request());
  request.scheme = channel_.is_tls() ? "https" : "http";
  request.peer = peer_;
  is_head_ = request.method == "HEAD";
  is_1_1_ = reader_->is_version_1_1();
  keeps_alive_ = reader_->keep_alive();
  reader_.reset();
  stage_ = Stage::handling;
  crowd_->work(*this);
  Crowd::set_no_deadline(*this);
  const auto exchange = std::make_shared<Exchange>(WayBack(self(), server_->contexts));
  server_->handler(std::move(request),
                   [exchange](HttpResponse response) { exchange->answer(std::move(response)); });
}

void HttpConnection::refuse(int status, std::string reason) {
  trouble(fmt::format("answered {}: {}", status, reason));
  is_head_ = false;
  keeps_alive_ = false;
  reader_.reset();
  stage_ = Stage::handling;
  answer({.status = status,
          .headers = {{"Content-Type", "text/plain; charset=utf-8"}},
          .body = std::move(reason) + "\n"});
}

// ---- the answer ----

void HttpConnection::answer(HttpResponse response) {
  if (stage_ != Stage::handling) return;
  const Spoiling& spoiling = response.spoiling;
  if (spoiling.delay.count() > 0) return answer_later(std::move(response));
  if (spoiling.reset) {
    channel_.reset();
    return close();
  }
  if (spoiling.silent) {
    begin_silence();
  } else if (spoiling.empty) {
    say_farewell();
  } else if (response.stream && !is_head_) {
    begin_stream(response);
  } else {
    write_answer(response);
  }
  pump();
}

void HttpConnection::answer_later(HttpResponse response) {
  delay_ = std::make_unique<asio::steady_timer>(
      context_, std::exchange(response.spoiling.delay, std::chrono::milliseconds(0)));
  delay_->async_wait([self = self(), response = std::move(response)](ErrorCode error) mutable {
    if (error) return;
    self->delay_.reset();
    self->answer(std::move(response));
  });
}

void HttpConnection::write_answer(const HttpResponse& response) {
  const bool has_body = !is_head_ && !has_no_body(response.status);
  std::string_view body = has_body ? std::string_view(response.body) : std::string_view();
  const bool is_cut = response.spoiling.cut_after && *response.spoiling.cut_after < body.size();
  if (is_cut) body = body.substr(0, *response.spoiling.cut_after);
  out_.reserve(512 + body.size());
  write_head(out_, response,
             {.date = date(),
              .framing = response.stream ? Framing::close : Framing::length,
              .content_length = response.body.size(),
              .keeps_alive = keeps_alive_,
              .says_keep_alive = !is_1_1_});
  out_.append(body);
  if (is_cut || response.spoiling.cut_after) keeps_alive_ = false;
  stage_ = Stage::answering;
  Crowd::set_deadline(*this, server_->options.limits.write);
}

void HttpConnection::begin_stream(const HttpResponse& response) {
  keeps_alive_ = false;
  stream_has_chunks_ = is_1_1_;
  write_head(out_, response,
             {.date = date(),
              .framing = stream_has_chunks_ ? Framing::chunks : Framing::close,
              .keeps_alive = false});
  stage_ = Stage::streaming;
  stream_ = std::make_shared<StreamState>();
  Crowd::set_deadline(*this, server_->options.limits.write);
  response.stream(std::make_shared<StreamOutlet>(WayBack(self(), server_->contexts), stream_,
                                                 server_->options.limits.unsent_bytes));
}

void HttpConnection::stream_piece(std::string_view piece) {
  if (stage_ != Stage::streaming || stream_has_ended_) return;
  if (out_.size() - out_at_ + piece.size() > server_->options.limits.unsent_bytes) {
    trouble("the client reads too slowly what it is sent");
    return close();
  }
  if (out_at_ == out_.size()) Crowd::set_deadline(*this, server_->options.limits.write);
  if (stream_has_chunks_)
    write_chunk(out_, piece);
  else
    out_.append(piece);
  pump();
}

void HttpConnection::stream_end(bool is_whole) {
  if (stage_ != Stage::streaming || stream_has_ended_) return;
  stream_has_ended_ = true;
  if (stream_has_chunks_ && is_whole) out_.append(kLastChunk);
  pump();
}

void HttpConnection::begin_silence() {
  stage_ = Stage::silent;
  crowd_->rest(*this);
  Crowd::set_no_deadline(*this);
}

void HttpConnection::after_answer() {
  shrink(out_);
  out_at_ = 0;
  if (!keeps_alive_) return say_farewell();
  const HttpLimits& limits = server_->options.limits;
  stage_ = Stage::request;
  crowd_->rest(*this);
  Crowd::set_deadline(*this, in_.empty() ? limits.idle : limits.request);
}

/// To close at once, with something unread, would reset the connection and take the answer along
/// (RFC 9112 section 9.6).
void HttpConnection::say_farewell() {
  if (stream_) stream_->is_open = false;
  channel_.finish();
  in_ = std::string();
  stage_ = Stage::farewell;
  crowd_->rest(*this);
  Crowd::set_deadline(*this, server_->options.limits.farewell);
}

std::string_view HttpConnection::date() const {
  struct Written {
    std::int64_t second = -1;
    std::string text;
  };
  thread_local Written last;
  const std::int64_t now = server_->options.now
                               ? server_->options.now()
                               : std::chrono::duration_cast<std::chrono::seconds>(
                                     std::chrono::system_clock::now().time_since_epoch())
                                     .count();
  if (now != last.second || last.text.empty()) last = {now, http_date(now)};
  return last.text;
}

}  // namespace shinsa::fakes::wire
