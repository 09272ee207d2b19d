#include "fakes/wire/http_client.hpp"

#include <array>
#include <mutex>
#include <set>
#include <utility>

#include "fakes/wire/channel.hpp"
#include "fakes/wire/http_reader.hpp"
#include "fakes/wire/http_writer.hpp"
#include "fakes/wire/listener.hpp"
#include "fakes/wire/tls_contexts.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::wire {

namespace {

constexpr std::size_t kPortion = 16 * 1024;

std::string bytes_of(const HttpQuestion& question) {
  std::string out = question.method + " " + question.target + " HTTP/1.1\r\n";
  write_header(out, "Host", question.host);
  for (const auto& [name, value] : question.headers) write_header(out, name, value);
  if (!question.body.empty())
    write_header(out, "Content-Length", std::to_string(question.body.size()));
  out.append("Connection: close\r\n\r\n").append(question.body);
  return out;
}

/// What SNI names: the host without its port, unless it is an address (RFC 6066 section 3).
std::string server_name_of(const std::string& host) {
  if (host.starts_with('[')) return {};
  const std::string name = host.substr(0, host.find(':'));
  return parse_address(name) ? std::string() : name;
}

}  // namespace

struct HttpClient::State {
  class Asking;
  explicit State(Loop::Contexts& all) : contexts(all), context(all.first()) {}

  Loop::Contexts& contexts;
  asio::io_context& context;
  SslContextOwner tls = client_context();
  std::set<std::shared_ptr<Asking>> under_way;  ///< on the first thread alone
  bool is_closed = false;
};

/// One question until its answer.
class HttpClient::State::Asking : public std::enable_shared_from_this<Asking> {
 public:
  Asking(std::shared_ptr<State> state, HttpQuestion question, std::function<void(HttpAnswer)> done)
      : state_(std::move(state)),
        question_(std::move(question)),
        done_(std::move(done)),
        timer_(state_->context),
        channel_(asio::ip::tcp::socket(state_->context)),
        out_(bytes_of(question_)) {
    renew_reader();
  }

  void start();
  void give_up() {
    done_ = nullptr;
    end({});
  }

 private:
  void renew_reader() {
    reader_.emplace(question_.header_bytes_max, question_.body_bytes_max,
                    question_.method == "HEAD");
  }
  void connected(ErrorCode error);
  void pump();
  bool step();
  bool step_writing();
  bool step_reading();
  void other_side_closed();
  void fail(HttpFailure failure, std::string detail);
  void end(HttpAnswer answer);
  void wait_for(Channel::Event event);
  [[nodiscard]] HttpAnswer what_came();

  std::shared_ptr<State> state_;
  HttpQuestion question_;
  std::function<void(HttpAnswer)> done_;
  asio::steady_timer timer_;
  Channel channel_;
  std::string out_;
  std::size_t out_at_ = 0;
  std::string in_;
  bool has_heard_ = false;
  bool has_shaken_hands_ = false;
  bool has_ended_ = false;
  std::optional<AnswerReader> reader_;
};

void HttpClient::State::Asking::start() {
  const auto address = parse_address(question_.address);
  if (!address) return fail(HttpFailure::bad_question, address.error().text());
  timer_.expires_after(question_.timeout);
  timer_.async_wait([self = shared_from_this()](ErrorCode error) {
    if (!error) self->fail(HttpFailure::timeout, "it took too long");
  });
  channel_.socket().async_connect(
      {*address, question_.port},
      [self = shared_from_this()](ErrorCode error) { self->connected(error); });
}

void HttpClient::State::Asking::connected(ErrorCode error) {
  if (has_ended_) return;
  if (error) return fail(HttpFailure::refused, error.message());
  channel_.prepare();
  has_shaken_hands_ = question_.scheme != "https";
  if (!has_shaken_hands_) channel_.become_client(state_->tls.get(), server_name_of(question_.host));
  pump();
}

void HttpClient::State::Asking::pump() {
  while (!has_ended_ && step()) {
  }
}

void HttpClient::State::Asking::wait_for(Channel::Event event) {
  const auto goes_on = [self = shared_from_this()](ErrorCode error) {
    if (!error) self->pump();
  };
  if (event == Channel::Event::wants_write)
    channel_.wait_write(goes_on);
  else
    channel_.wait_read(goes_on);
}

/// @return  false when it waits for something.
bool HttpClient::State::Asking::step() {
  if (has_shaken_hands_) return out_at_ < out_.size() ? step_writing() : step_reading();
  const Channel::Event event = channel_.shake_hands();
  if (event == Channel::Event::done) return has_shaken_hands_ = true;
  if (event == Channel::Event::wants_read || event == Channel::Event::wants_write) {
    wait_for(event);
    return false;
  }
  if (event == Channel::Event::closed)
    other_side_closed();
  else
    fail(channel_.has_heard() ? HttpFailure::bad_tls : HttpFailure::reset, channel_.reason());
  return false;
}

bool HttpClient::State::Asking::step_writing() {
  const Channel::Moved moved = channel_.write(std::string_view(out_).substr(out_at_));
  out_at_ += moved.bytes;
  if (moved.event == Channel::Event::done) return true;
  if (moved.event == Channel::Event::closed || moved.event == Channel::Event::failed) {
    out_at_ = out_.size();  // an answer may have come all the same
    return true;
  }
  wait_for(moved.event);
  return false;
}

bool HttpClient::State::Asking::step_reading() {
  std::array<char, kPortion> portion;
  const Channel::Moved moved = channel_.read(portion);
  switch (moved.event) {
    case Channel::Event::suspended:  // no client is
    case Channel::Event::closed:
      other_side_closed();
      return false;
    case Channel::Event::failed:
      fail(HttpFailure::reset, channel_.reason());
      return false;
    case Channel::Event::wants_read:
    case Channel::Event::wants_write:
      wait_for(moved.event);
      return false;
    case Channel::Event::done:
      break;
  }
  has_heard_ = true;
  in_.append(portion.data(), moved.bytes);
  for (;;) {
    in_.erase(0, reader_->read(in_));
    if (reader_->is_malformed()) {
      fail(HttpFailure::malformed, "what came is not HTTP");
      return false;
    }
    if (!reader_->is_done() || !reader_->is_interim()) break;
    renew_reader();
  }
  if (!reader_->is_done() && !reader_->is_cut()) return true;
  end(what_came());
  return false;
}

void HttpClient::State::Asking::other_side_closed() {
  if (!has_heard_) return fail(HttpFailure::empty_answer, "the connection was closed");
  reader_->end();
  if (reader_->is_done()) return end(what_came());
  fail(HttpFailure::cut_short, "the connection was closed within the answer");
}

HttpAnswer HttpClient::State::Asking::what_came() {
  HttpAnswer answer;
  answer.status = reader_->status;
  answer.headers = std::move(reader_->headers);
  answer.body = std::move(reader_->body);
  answer.is_cut = reader_->is_cut();
  return answer;
}

void HttpClient::State::Asking::fail(HttpFailure failure, std::string detail) {
  HttpAnswer answer = what_came();
  answer.failed = failure;
  answer.detail = std::move(detail);
  end(std::move(answer));
}

void HttpClient::State::Asking::end(HttpAnswer answer) {
  if (std::exchange(has_ended_, true)) return;
  const auto alive = shared_from_this();
  timer_.cancel();
  channel_.close();
  state_->under_way.erase(alive);
  if (const auto done = std::exchange(done_, nullptr)) done(std::move(answer));
}

HttpClient::HttpClient(Loop& loop) : state_(std::make_shared<State>(loop.contexts())) {}

HttpClient::~HttpClient() {
  state_->contexts.everywhere([this](std::size_t thread) {
    if (thread != 0) return;
    state_->is_closed = true;
    while (!state_->under_way.empty()) (*state_->under_way.begin())->give_up();
  });
}

void HttpClient::ask(HttpQuestion question, std::function<void(HttpAnswer)> done) {
  asio::post(state_->context, [weak = std::weak_ptr(state_), question = std::move(question),
                               done = std::move(done)]() mutable {
    const auto state = weak.lock();
    if (!state || state->is_closed) return;
    const auto asking =
        std::make_shared<State::Asking>(state, std::move(question), std::move(done));
    state->under_way.insert(asking);
    asking->start();
  });
}

std::string_view to_text(HttpFailure failure) {
  switch (failure) {
    case HttpFailure::bad_question:
      return "bad-question";
    case HttpFailure::refused:
      return "refused";
    case HttpFailure::timeout:
      return "timeout";
    case HttpFailure::reset:
      return "reset";
    case HttpFailure::empty_answer:
      return "empty-answer";
    case HttpFailure::cut_short:
      return "cut-short";
    case HttpFailure::malformed:
      return "malformed";
    case HttpFailure::bad_tls:
      return "bad-tls";
  }
  SHINSA_ASSERT(false, "no such failure");
}

}  // namespace shinsa::fakes::wire
