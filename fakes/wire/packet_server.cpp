#include "fakes/wire/packet_server.hpp"

#include <fmt/format.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "fakes/wire/channel.hpp"
#include "fakes/wire/listener.hpp"

namespace shinsa::fakes::wire {

namespace {

constexpr std::size_t kBatch = 32;       // datagrams of one system call
constexpr std::size_t kMostBatches = 8;  // in one turn; then others have theirs
constexpr std::size_t kLengthBytes = 2;
constexpr int kReceiveBuffer = 4 << 20;
constexpr int kTriesForAPort = 16;

std::string peer_text(const sockaddr_storage& from) {
  asio::ip::udp::endpoint peer;
  const std::size_t size = from.ss_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  std::copy_n(reinterpret_cast<const char*>(&from), size, reinterpret_cast<char*>(peer.data()));
  return text_of(peer.address(), peer.port());
}

class DatagramSource final : public PacketSource {
 public:
  explicit DatagramSource(const sockaddr_storage& from) : from_(from) {}
  [[nodiscard]] bool is_tcp() const override { return false; }
  [[nodiscard]] std::string peer() const override { return peer_text(from_); }

 private:
  const sockaddr_storage& from_;
};

}  // namespace

struct PacketServer::State : std::enable_shared_from_this<State> {
  State(Loop& loop, PacketOptions options, PacketHandler handler);

  void serve_datagrams();
  /// One batch in, its answers out. @return  whether there may be more.
  bool serve_batch();
  void keep_back(PacketAnswer answer, const sockaddr_storage& peer, socklen_t size);

  PacketOptions options;
  const PacketLimits& limits;
  PacketHandler handler;
  std::shared_ptr<Listener> listener;
  Loop::Contexts& contexts;
  asio::ip::udp::socket datagrams;

  std::size_t kept_back = 0;  // answers
  // Where batches are read into and answered from.
  std::vector<char> bytes;
  std::array<sockaddr_storage, kBatch> peers{};
  std::array<iovec, kBatch> places{};
  std::array<mmsghdr, kBatch> heads{};
  std::array<std::string, kBatch> answers;
};

namespace {

/// A connection on which packets follow each other, each behind its length.
class PacketConnection final : public Crowd::Member, public PacketSource {
 public:
  PacketConnection(asio::ip::tcp::socket socket, std::shared_ptr<Crowd> crowd,
                   std::shared_ptr<const PacketServer::State> server)
      : channel_(std::move(socket)), crowd_(std::move(crowd)), server_(std::move(server)) {}

  void start() {
    if (!crowd_->admit(self())) return channel_.close();
    Crowd::set_deadline(*this, server_->limits.idle);
    wait(false);
  }
  void close() override {
    if (std::exchange(is_closed_, true)) return;
    const auto alive = self();
    channel_.close();
    crowd_->leave(*this);
  }
  void give_way() override {
    trouble("closed, for there are too many connections");
    close();
  }
  void time_is_up() override {
    if (!in_.empty() || !out_.empty()) trouble("the client took too long");
    close();
  }
  [[nodiscard]] bool is_tcp() const override { return true; }
  [[nodiscard]] std::string peer() const override {
    ErrorCode error;
    const auto peer = const_cast<Channel&>(channel_).socket().remote_endpoint(error);
    return error ? "gone" : text_of(peer.address(), peer.port());
  }

 private:
  std::shared_ptr<PacketConnection> self() {
    return std::static_pointer_cast<PacketConnection>(Crowd::Member::shared_from_this());
  }
  void trouble(const std::string& what) const {
    if (server_->options.on_trouble) server_->options.on_trouble(peer(), what);
  }
  void wait(bool to_write) {
    const auto goes_on = [self = self()](ErrorCode error) {
      if (!error) self->pump();
    };
    to_write ? channel_.wait_write(goes_on) : channel_.wait_read(goes_on);
  }

  void pump() {
    while (!is_closed_) {
      answer_what_is_whole();
      if (is_closed_ || !write()) return;
      if (has_more_to_answer()) continue;
      if (has_heard_all_) {
        if (kept_back_ == 0) close();
        return;
      }
      if (!read()) return;
    }
  }
  [[nodiscard]] bool is_whole() const {
    return in_.size() >= kLengthBytes && in_.size() - kLengthBytes >= announced();
  }
  [[nodiscard]] std::size_t announced() const {
    return static_cast<unsigned char>(in_[0]) * 256u + static_cast<unsigned char>(in_[1]);
  }
  [[nodiscard]] bool has_more_to_answer() const { return is_whole(); }

  void answer_what_is_whole() {
    while (is_whole() && out_.size() <= server_->limits.unsent_bytes) {
      const std::size_t size = announced();
      auto answer = server_->handler(std::string_view(in_).substr(kLengthBytes, size), *this);
      in_.erase(0, kLengthBytes + size);
      Crowd::set_deadline(*this, server_->limits.idle + answer.delay);
      crowd_->rest(*this);
      if (!answer.bytes || answer.bytes->size() > 0xffff) continue;
      if (answer.delay.count() > 0)
        keep_back(std::move(answer));
      else
        put(*answer.bytes);
    }
    if (in_.size() < kLengthBytes || announced() <= server_->limits.packet_bytes) return;
    trouble(fmt::format("the client announces a packet of {} bytes", announced()));
    close();
  }

  void put(const std::string& answer) {
    out_.push_back(static_cast<char>(answer.size() >> 8));
    out_.push_back(static_cast<char>(answer.size() & 0xff));
    out_.append(answer);
  }

  /// Others may overtake it (RFC 7766 section 6.2.1.1).
  void keep_back(PacketAnswer answer) {
    ++kept_back_;
    const auto timer =
        std::make_shared<asio::steady_timer>(channel_.socket().get_executor(), answer.delay);
    timer->async_wait([self = self(), timer, bytes = std::move(*answer.bytes)](ErrorCode) {
      --self->kept_back_;
      if (self->is_closed_) return;
      self->put(bytes);
      ErrorCode ignored;
      self->channel_.socket().cancel(ignored);  // `pump` waits for what it wants anew
      self->pump();
    });
  }

  bool write() {
    while (!out_.empty()) {
      const Channel::Moved moved = channel_.write(out_);
      if (moved.event == Channel::Event::wants_write) {
        wait(true);
        return false;
      }
      if (moved.event != Channel::Event::done) {
        close();
        return false;
      }
      out_.erase(0, moved.bytes);
    }
    return true;
  }

  bool read() {
    std::array<char, 4096> portion;
    const Channel::Moved moved = channel_.read(portion);
    if (moved.event == Channel::Event::done) {
      in_.append(portion.data(), moved.bytes);
      return true;
    }
    if (moved.event == Channel::Event::wants_read) {
      wait(false);
      return false;
    }
    if (moved.event == Channel::Event::failed) close();
    return has_heard_all_ = moved.event == Channel::Event::closed;
  }

  Channel channel_;
  std::shared_ptr<Crowd> crowd_;
  std::shared_ptr<const PacketServer::State> server_;
  std::string in_;
  std::string out_;
  std::size_t kept_back_ = 0;  // answers
  bool has_heard_all_ = false;
  bool is_closed_ = false;
};

/// A TCP and a UDP socket with one port between them.
Result<void> listen(PacketServer::State& state) {
  const std::string& address = state.options.address;
  const std::uint16_t port = state.options.port;
  for (int i = 0;; ++i) {
    if (auto listens = state.listener->listen(address, port); !listens) return listens;
    const auto place = parse_address(address);
    const asio::ip::udp::endpoint endpoint(*place, state.listener->port());
    ErrorCode error;
    state.datagrams.open(endpoint.protocol(), error);
    if (!error) state.datagrams.bind(endpoint, error);
    if (!error) return {};
    state.listener->close_socket();
    state.datagrams.close(error);
    // A free port of TCP need not be one of UDP.
    if (port != 0 || i == kTriesForAPort)
      return fail("nothing can listen there for UDP", text_of(*place, endpoint.port()),
                  "choose another port, or 0 for a free one");
  }
}

}  // namespace

PacketServer::State::State(Loop& loop, PacketOptions with_options, PacketHandler with_handler)
    : options(std::move(with_options)),
      limits(options.limits),
      handler(std::move(with_handler)),
      listener(std::make_shared<Listener>(loop, limits.connections,
                                          std::clamp(limits.idle / 4, std::chrono::milliseconds(5),
                                                     std::chrono::milliseconds(250)))),
      contexts(loop.contexts()),
      datagrams(contexts.first()),
      bytes(kBatch * (limits.packet_bytes + 1)) {}

void PacketServer::State::serve_datagrams() {
  for (std::size_t i = 0; i < kMostBatches && datagrams.is_open() && serve_batch(); ++i) {
  }
  if (!datagrams.is_open()) return;
  datagrams.async_wait(asio::ip::udp::socket::wait_read,
                       [weak = weak_from_this()](ErrorCode error) {
                         const auto self = weak.lock();
                         if (self && !error) self->serve_datagrams();
                       });
}

bool PacketServer::State::serve_batch() {
  const std::size_t room = limits.packet_bytes + 1;
  for (std::size_t i = 0; i < kBatch; ++i) {
    places[i] = {bytes.data() + i * room, room};
    heads[i] = {};
    heads[i].msg_hdr.msg_name = &peers[i];
    heads[i].msg_hdr.msg_namelen = sizeof peers[i];
    heads[i].msg_hdr.msg_iov = &places[i];
    heads[i].msg_hdr.msg_iovlen = 1;
  }
  const int received =
      ::recvmmsg(datagrams.native_handle(), heads.data(), kBatch, MSG_DONTWAIT, nullptr);
  if (received <= 0) return received < 0 && errno == EINTR;

  unsigned to_send = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(received); ++i) {
    auto answer = handler({bytes.data() + i * room, heads[i].msg_len}, DatagramSource(peers[i]));
    if (!answer.bytes) continue;
    if (answer.delay.count() > 0) {
      keep_back(std::move(answer), peers[i], heads[i].msg_hdr.msg_namelen);
      continue;
    }
    answers[to_send] = std::move(*answer.bytes);
    places[to_send] = {answers[to_send].data(), answers[to_send].size()};
    heads[to_send].msg_hdr.msg_name = &peers[i];
    heads[to_send].msg_hdr.msg_namelen = heads[i].msg_hdr.msg_namelen;
    heads[to_send].msg_hdr.msg_iov = &places[to_send];
    heads[to_send].msg_hdr.msg_flags = 0;
    ++to_send;
  }
  // What finds no room is lost, as datagrams may be; one that cannot be sent is left out.
  for (unsigned sent = 0; sent < to_send;) {
    const int count = ::sendmmsg(datagrams.native_handle(), heads.data() + sent, to_send - sent,
                                 MSG_DONTWAIT | MSG_NOSIGNAL);
    sent += count > 0 ? static_cast<unsigned>(count) : 1u;
  }
  return static_cast<std::size_t>(received) == kBatch;
}

/// Sends it when its delay is over.
void PacketServer::State::keep_back(PacketAnswer answer, const sockaddr_storage& peer,
                                    socklen_t size) {
  if (kept_back >= limits.delayed) return;
  ++kept_back;
  const auto timer = std::make_shared<asio::steady_timer>(contexts.first(), answer.delay);
  timer->async_wait(
      [weak = weak_from_this(), timer, bytes = std::move(*answer.bytes), peer, size](ErrorCode) {
        const auto self = weak.lock();
        if (!self) return;
        --self->kept_back;
        if (self->datagrams.is_open())
          ::sendto(self->datagrams.native_handle(), bytes.data(), bytes.size(),
                   MSG_DONTWAIT | MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&peer), size);
      });
}

Result<PacketServer> PacketServer::start(Loop& loop, PacketOptions options, PacketHandler handler) {
  auto state = std::make_shared<State>(loop, std::move(options), std::move(handler));
  if (auto listens = listen(*state); !listens) return Failure(listens.error());
  ErrorCode ignored;
  state->datagrams.non_blocking(true, ignored);
  state->datagrams.set_option(asio::socket_base::receive_buffer_size(kReceiveBuffer), ignored);
  asio::post(state->contexts.first(), [weak = std::weak_ptr(state)] {
    if (const auto self = weak.lock()) self->serve_datagrams();
  });
  state->listener->start([weak = std::weak_ptr(state)](asio::ip::tcp::socket socket,
                                                       asio::io_context&,
                                                       const std::shared_ptr<Crowd>& crowd) {
    if (const auto server = weak.lock())
      std::make_shared<PacketConnection>(std::move(socket), crowd, server)->start();
  });
  return PacketServer(std::move(state));
}

PacketServer::PacketServer(std::shared_ptr<State> state) : state_(std::move(state)) {}
PacketServer::~PacketServer() { close(); }
PacketServer::PacketServer(PacketServer&&) noexcept = default;
PacketServer& PacketServer::operator=(PacketServer&& other) noexcept {
  close();
  state_ = std::move(other.state_);
  return *this;
}

void PacketServer::close() {
  if (!state_) return;
  state_->contexts.everywhere([this](std::size_t thread) {
    if (thread != 0) return;
    ErrorCode ignored;
    state_->datagrams.close(ignored);
  });
  state_->listener->close();
  state_.reset();
}

std::uint16_t PacketServer::port() const { return state_->listener->port(); }
std::size_t PacketServer::connections() const { return state_->listener->connections(); }

}  // namespace shinsa::fakes::wire
