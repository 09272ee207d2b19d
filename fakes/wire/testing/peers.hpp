/// What tests of the sockets have in common: a loop on a thread of its own, a client that says any
/// bytes, and programs that are not ours.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <future>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "fakes/wire/loop.hpp"

namespace shinsa::fakes::wire::testing {

/// No test waits longer for one thing. Reaching it is a failure, never a pass.
inline constexpr std::chrono::seconds kLongest{20};

/// A loop that runs on other threads while the test talks to what stands on it. Declare it before
/// that, so that it ends after it.
class RunningLoop {
 public:
  explicit RunningLoop(std::size_t threads = 1) : loop_(threads), thread_([this] { loop_.run(); }) {
    // `stop` before `run` has begun would be lost.
    std::promise<void> runs;
    loop_.post([&] { runs.set_value(); });
    runs.get_future().wait();
  }
  ~RunningLoop() {
    loop_.stop();
    thread_.join();
  }
  operator Loop&() { return loop_; }
  Loop* operator->() { return &loop_; }

 private:
  Loop loop_;
  std::thread thread_;
};

/// A TCP connection to 127.0.0.1 that blocks, but for `kLongest` at most.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval longest{kLongest.count(), 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
    if (receive_buffer > 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(port);
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    is_connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0;
  }
  RawClient(RawClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), is_connected_(other.is_connected_) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() {
    if (socket_ >= 0) ::close(socket_);
  }

  [[nodiscard]] bool is_connected() const { return is_connected_; }

  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void say_no_more() { ::shutdown(socket_, SHUT_WR); }

  /// Reads until `needle` is there, the connection ends, or it takes too long; gives what came.
  std::string receive_until(std::string_view needle) {
    std::string heard = std::move(kept_);
    kept_.clear();
    for (std::array<char, 16384> portion;;) {
      if (const auto at = heard.find(needle); at != std::string::npos && !needle.empty()) {
        kept_ = heard.substr(at + needle.size());
        return heard.substr(0, at + needle.size());
      }
      const ssize_t got = ::recv(socket_, portion.data(), portion.size(), 0);
      if (got <= 0) {
        end_ = got == 0 ? "closed" : errno == ECONNRESET ? "reset" : "timeout";
        return heard;
      }
      heard.append(portion.data(), static_cast<std::size_t>(got));
    }
  }
  /// All until the connection ends.
  std::string receive_all() { return receive_until({}); }
  /// One answer with Content-Length, whole.
  std::string receive_answer() {
    std::string head = receive_until("\r\n\r\n");
    const auto at = head.find("Content-Length: ");
    const std::size_t length =
        at == std::string::npos
            ? 0
            : std::stoul(head.substr(at + std::string_view("Content-Length: ").size()));
    while (kept_.size() < length) {
      std::array<char, 16384> portion;
      const ssize_t got = ::recv(socket_, portion.data(), portion.size(), 0);
      if (got <= 0) return head + kept_;
      kept_.append(portion.data(), static_cast<std::size_t>(got));
    }
    head += kept_.substr(0, length);
    kept_.erase(0, length);
    return head;
  }
  /// How it ended: `closed`, `reset`, `timeout`; empty while it has not.
  [[nodiscard]] const std::string& end() const { return end_; }

 private:
  int socket_;
  bool is_connected_ = false;
  std::string kept_;
  std::string end_;
};

struct Ran {
  int status = -1;  ///< exit code
  std::string output;
};

/// Runs a program of the system by the shell, no longer than `kLongest`.
inline Ran run(const std::string& command) {
  const std::string bounded =
      "timeout " + std::to_string(kLongest.count()) + " " + command + " 2>&1 </dev/null";
  Ran ran;
  FILE* pipe = ::popen(bounded.c_str(), "r");
  if (!pipe) return ran;
  std::array<char, 4096> portion;
  while (const std::size_t got = std::fread(portion.data(), 1, portion.size(), pipe))
    ran.output.append(portion.data(), got);
  const int ended = ::pclose(pipe);
  ran.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
  return ran;
}

/// Lets this process open as many descriptors as the system lets it.
inline void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// Descriptors that this process has open.
inline std::size_t open_descriptors() {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
    count += entry.path().empty() ? 0 : 1;
  return count;
}

/// Looks again and again until it holds, or until `kLongest` is over.
template <class Holds>
bool eventually(Holds holds) {
  const auto end = std::chrono::steady_clock::now() + kLongest;
  while (!holds()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::yield();
  }
  return true;
}

}  // namespace shinsa::fakes::wire::testing
