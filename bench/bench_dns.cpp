/// A load client for a name server over UDP: so many queries are always under way, on one socket.
/// What it prints is read by dns.py, which measures the server.
///
///     bench_dns ADDRESS PORT QUESTIONS COUNT UNDER_WAY
///
/// QUESTIONS is a file with a name and a type (its number) a line; they are asked in turn, COUNT in
/// all. A query that is not answered within a second is lost, and told.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kBatch = 64;         // datagrams of one system call
constexpr std::size_t kAnswerBytes = 512;  // what is longer would come truncated
constexpr std::size_t kRcode = 3;          // where it stands in a header

[[noreturn]] void stop(const std::string& what) { throw std::runtime_error(what); }

/// A query for that name, with recursion and EDNS, as resolvers send it; its id is put in later.
std::string query_for(const std::string& name, std::uint16_t type) {
  std::string bytes("\0\0\1\0\0\1\0\0\0\0\0\1", 12);
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    bytes += static_cast<char>(end - at);
    bytes.append(name, at, end - at);
    at = end + 1;
  }
  bytes += '\0';
  bytes += static_cast<char>(type >> 8);
  bytes += static_cast<char>(type & 0xff);
  bytes.append("\0\1", 2);
  bytes.append("\0\0\x29\x04\xd0\0\0\0\0\0\0", 11);
  return bytes;
}

std::vector<std::string> queries_in(const char* file) {
  std::vector<std::string> queries;
  std::ifstream lines(file);
  std::string name;
  for (std::uint16_t type = 0; lines >> name >> type;) queries.push_back(query_for(name, type));
  if (queries.empty()) stop("there is no question in QUESTIONS");
  return queries;
}

int connected_socket(const char* address, const char* port) {
  const int made = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(std::stoul(port)));
  if (made < 0 || ::inet_pton(AF_INET, address, &to.sin_addr) != 1 ||
      ::connect(made, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
    stop("the socket cannot be made");
  const timeval second{1, 0};
  const int room = 4 << 20;
  ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof second);
  ::setsockopt(made, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  return made;
}

struct Counted {
  std::size_t answered = 0, lost = 0, with_records = 0, without = 0;
};

/// Sends and receives in batches.
class Load {
 public:
  Load(int socket, std::vector<std::string> queries)
      : socket_(socket), queries_(std::move(queries)) {}

  Counted run(std::size_t count, std::size_t under_way) {
    std::size_t sent = 0, open = 0;
    while (counted_.answered + counted_.lost < count) {
      const std::size_t wanted = std::min({under_way - open, count - sent, kBatch});
      const std::size_t went = wanted > 0 ? send(sent, wanted) : 0;
      sent += went;
      open += went;
      const std::size_t came = receive(open);
      if (came == 0) {  // a second went by
        counted_.lost += open;
        open = 0;
      }
      open -= std::min(open, came);
    }
    return counted_;
  }

 private:
  std::size_t send(std::size_t first, std::size_t count) {
    std::array<mmsghdr, kBatch> heads{};
    std::array<iovec, kBatch> places{};
    for (std::size_t i = 0; i < count; ++i) {
      std::string& query = queries_[(first + i) % queries_.size()];
      query[0] = static_cast<char>((first + i) >> 8 & 0xff);
      query[1] = static_cast<char>((first + i) & 0xff);
      places[i] = {query.data(), query.size()};
      heads[i].msg_hdr.msg_iov = &places[i];
      heads[i].msg_hdr.msg_iovlen = 1;
    }
    const int went = ::sendmmsg(socket_, heads.data(), static_cast<unsigned>(count), 0);
    if (went < 0) stop("a query cannot be sent");
    return static_cast<std::size_t>(went);
  }

  std::size_t receive(std::size_t open) {
    std::array<std::array<char, kAnswerBytes>, kBatch> bytes;
    std::array<mmsghdr, kBatch> heads{};
    std::array<iovec, kBatch> places{};
    for (std::size_t i = 0; i < kBatch; ++i) {
      places[i] = {bytes[i].data(), bytes[i].size()};
      heads[i].msg_hdr.msg_iov = &places[i];
      heads[i].msg_hdr.msg_iovlen = 1;
    }
    const auto most = static_cast<unsigned>(std::min(open, kBatch));
    const int came = ::recvmmsg(socket_, heads.data(), most, MSG_WAITFORONE, nullptr);
    if (came <= 0) return 0;
    for (int i = 0; i < came; ++i) count(bytes[static_cast<std::size_t>(i)].data());
    return static_cast<std::size_t>(came);
  }

  void count(const char* answer) {
    ++counted_.answered;
    const int rcode = answer[kRcode] & 0xf;
    if (rcode != 0 && rcode != 3) stop("the server answers with status " + std::to_string(rcode));
    const bool has_records = answer[6] != 0 || answer[7] != 0;
    ++(has_records ? counted_.with_records : counted_.without);
  }

  int socket_;
  std::vector<std::string> queries_;
  Counted counted_;
};

}  // namespace

int main(int count, char** arguments) try {
  if (count != 6) stop("ADDRESS PORT QUESTIONS COUNT UNDER_WAY");
  Load load(connected_socket(arguments[1], arguments[2]), queries_in(arguments[3]));
  std::cout << "READY" << std::endl;  // the server's CPU time is counted from here
  std::string go;
  std::getline(std::cin, go);
  const auto begun = std::chrono::steady_clock::now();
  const Counted done = load.run(std::stoul(arguments[4]), std::stoul(arguments[5]));
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begun;
  std::cout << "DONE " << done.answered << " " << done.lost << " " << done.with_records << " "
            << done.without << " " << wall.count() << std::endl;
  return 0;
} catch (const std::exception& error) {
  std::cerr << "bench_dns: " << error.what() << "\n";
  return 2;
}
