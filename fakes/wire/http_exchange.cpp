#include "fakes/wire/http_exchange.hpp"

#include <string>
#include <utility>

#include "fakes/wire/http_connection.hpp"

namespace shinsa::fakes::wire {

template <class Task>
void WayBack::go(Task task) const {
  const auto contexts = contexts_.lock();
  auto connection = connection_.lock();
  if (!contexts || !connection) return;
  asio::io_context& context = connection->context();
  asio::dispatch(context, [connection = std::move(connection), task = std::move(task)]() mutable {
    task(*connection);
  });
}

Exchange::~Exchange() {
  if (!is_answered_.exchange(true)) give({.status = 500});
}

void Exchange::answer(HttpResponse response) {
  if (!is_answered_.exchange(true)) give(std::move(response));
}

void Exchange::give(HttpResponse response) {
  way_.go([response = std::move(response)](HttpConnection& connection) mutable {
    connection.answer(std::move(response));
  });
}

StreamOutlet::~StreamOutlet() {
  if (state_->is_open && !has_ended_.exchange(true))
    way_.go([](HttpConnection& connection) { connection.stream_end(false); });
}

bool StreamOutlet::send(std::string_view piece) {
  if (has_ended_ || !state_->is_open) return false;
  if (piece.empty()) return true;
  if (state_->on_the_way.fetch_add(piece.size()) > unsent_max_) {
    state_->is_open = false;
    way_.go([](HttpConnection& connection) { connection.close(); });
    return false;
  }
  way_.go([state = state_, piece = std::string(piece)](HttpConnection& connection) {
    state->on_the_way -= piece.size();
    connection.stream_piece(piece);
  });
  return state_->is_open;
}

void StreamOutlet::end() {
  if (!has_ended_.exchange(true))
    way_.go([](HttpConnection& connection) { connection.stream_end(true); });
}

}  // namespace shinsa::fakes::wire
