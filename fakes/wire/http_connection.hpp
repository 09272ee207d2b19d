/// One connection of an HTTP server, from greeting to farewell. Private to this folder.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/wire/channel.hpp"
#include "fakes/wire/crowd.hpp"
#include "fakes/wire/http_exchange.hpp"
#include "fakes/wire/http_reader.hpp"
#include "fakes/wire/http_server.hpp"
#include "fakes/wire/listener.hpp"
#include "fakes/wire/tls_contexts.hpp"

namespace shinsa::fakes::wire {

/// What all connections of a server share; none changes it.
struct HttpServer::State {
  HttpOptions options;
  HttpHandler handler;
  std::shared_ptr<TlsContexts> tls;  ///< null: plain
  std::weak_ptr<Loop::Contexts> contexts;
  std::shared_ptr<Listener> listener;
};

class HttpConnection final : public Crowd::Member {
 public:
  HttpConnection(asio::ip::tcp::socket socket, asio::io_context& context,
                 std::shared_ptr<Crowd> crowd, std::shared_ptr<const HttpServer::State> server);

  void start();
  void close() override;
  void give_way() override;
  void time_is_up() override;
  /// Answers the request that was handed to the handler. Once for each.
  void answer(HttpResponse response);
  void stream_piece(std::string_view piece);
  /// @param is_whole  whether the client is told that nothing is missing.
  void stream_end(bool is_whole);
  [[nodiscard]] asio::io_context& context() { return context_; }

 private:
  enum class Stage {
    untouched,  ///< within TLS, and nothing has come yet
    handshake,
    request,    ///< reads one, or waits for its first byte
    handling,   ///< the handler has it
    answering,  ///< writes
    streaming,
    farewell,  ///< everything is said; waits for the other side to close
    silent,    ///< nothing is said, on purpose
    gone
  };

  std::shared_ptr<HttpConnection> self() {
    return std::static_pointer_cast<HttpConnection>(shared_from_this());
  }
  void trouble(const std::string& what) const;

  /// Goes on as far as it can without waiting.
  void pump();
  /// One step. @return  false when it waits for something, or is gone.
  bool step();
  bool step_handshake();
  bool step_request();
  bool step_answering();
  bool step_streaming();
  bool step_discarding();
  bool wait_for(Channel::Event event);
  void wait_read();
  void wait_write();

  bool read_request();
  bool tell_to_continue();
  void hand_over();
  void refuse(int status, std::string reason);
  [[nodiscard]] bool has_begun() const { return reader_.has_value() || !in_.empty(); }

  void answer_later(HttpResponse response);
  void write_answer(const HttpResponse& response);
  void begin_stream(const HttpResponse& response);
  void begin_silence();
  void after_answer();
  void say_farewell();
  [[nodiscard]] std::string_view date() const;

  Channel channel_;
  asio::io_context& context_;
  std::shared_ptr<Crowd> crowd_;
  std::shared_ptr<const HttpServer::State> server_;
  std::string peer_;
  Stage stage_ = Stage::request;
  bool is_pumping_ = false;
  bool waits_to_read_ = false;
  bool waits_to_write_ = false;

  std::string in_;  ///< what has been read and belongs to no request yet
  std::optional<RequestReader> reader_;
  bool is_head_ = false;
  bool is_1_1_ = true;
  bool keeps_alive_ = true;

  std::string out_;
  std::size_t out_at_ = 0;  ///< so much of it is written
  std::size_t discarded_ = 0;
  std::shared_ptr<StreamState> stream_;
  bool stream_has_chunks_ = false;
  bool stream_has_ended_ = false;
  std::unique_ptr<asio::steady_timer> delay_;
};

}  // namespace shinsa::fakes::wire
