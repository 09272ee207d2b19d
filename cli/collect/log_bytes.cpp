#include "cli/collect/log_bytes.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>
#include <thread>
#include <vector>

namespace shinsa::cli {

namespace {

constexpr std::size_t kPacked = std::size_t{1} << 16;  // bytes read of a compressed file at once
constexpr std::chrono::milliseconds kPause{100};       // between two looks at a file that grows

/// A file that is open.
class Descriptor {
 public:
  Descriptor(int number, std::string path) : number_(number), path_(std::move(path)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) const {
    while (true) {
      const ssize_t size = ::read(number_, into.data(), into.size());
      if (size >= 0) return static_cast<std::size_t>(size);
      if (errno != EINTR) return fail(std::strerror(errno), path_, "check the file");
    }
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  int number_;
  std::string path_;
};

Result<std::unique_ptr<Descriptor>> open_file(const std::string& path) {
  const int number = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (number < 0 || ::fstat(number, &about) != 0 || S_ISDIR(about.st_mode)) {
    if (number > STDERR_FILENO) ::close(number);
    return fail("cannot be read", path, "check the name and the rights");
  }
  return std::make_unique<Descriptor>(number, path);
}

/// The file's own bytes, of which the first were looked at already.
class PlainBytes : public sim::ByteSource {
 public:
  PlainBytes(std::unique_ptr<Descriptor> file, std::string head)
      : file_(std::move(file)), head_(std::move(head)) {}
  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    if (!head_.empty()) {
      const std::size_t size = std::min(head_.size(), into.size());
      std::memcpy(into.data(), head_.data(), size);
      head_.erase(0, size);
      return size;
    }
    return file_->read(into);
  }

 private:
  std::unique_ptr<Descriptor> file_;
  std::string head_;
};

Failure damaged(const std::string& path, std::string_view what) {
  return fail("it cannot be unpacked: " + std::string(what), path,
              "the file is damaged or cut off; write it again");
}

/// What gzip packed, one part after the other.
class GzipBytes : public sim::ByteSource {
 public:
  GzipBytes(std::unique_ptr<sim::ByteSource> packed, std::string path)
      : packed_(std::move(packed)), path_(std::move(path)), bytes_(kPacked) {
    constexpr int kGzip = 15 + 16;  // the largest window, and a gzip header
    inflateInit2(&stream_, kGzip);
  }
  ~GzipBytes() override { inflateEnd(&stream_); }

  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    stream_.next_out = reinterpret_cast<Bytef*>(into.data());
    stream_.avail_out = static_cast<uInt>(into.size());
    while (stream_.avail_out == into.size()) {
      if (stream_.avail_in == 0) {
        const auto more = packed_->read(bytes_);
        if (!more) return more;
        if (*more == 0) {
          if (within_) return damaged(path_, "its end is missing");
          return 0;
        }
        stream_.next_in = reinterpret_cast<Bytef*>(bytes_.data());
        stream_.avail_in = static_cast<uInt>(*more);
      }
      within_ = true;
      const int done = inflate(&stream_, Z_NO_FLUSH);
      if (done == Z_STREAM_END) {
        within_ = false;
        inflateReset(&stream_);
      } else if (done != Z_OK && done != Z_BUF_ERROR) {
        return damaged(path_, stream_.msg ? stream_.msg : "gzip");
      }
    }
    return into.size() - stream_.avail_out;
  }

 private:
  std::unique_ptr<sim::ByteSource> packed_;
  std::string path_;
  std::vector<char> bytes_;
  z_stream stream_{};
  bool within_ = false;  // a part that has not ended
};

/// What Zstandard packed, one frame after the other.
class ZstdBytes : public sim::ByteSource {
 public:
  ZstdBytes(std::unique_ptr<sim::ByteSource> packed, std::string path)
      : packed_(std::move(packed)),
        path_(std::move(path)),
        bytes_(kPacked),
        stream_(ZSTD_createDStream()) {}
  ~ZstdBytes() override { ZSTD_freeDStream(stream_); }

  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    ZSTD_outBuffer out{into.data(), into.size(), 0};
    while (out.pos == 0) {
      if (in_.pos == in_.size) {
        const auto more = packed_->read(bytes_);
        if (!more) return more;
        in_ = {bytes_.data(), *more, 0};
        if (*more == 0 && left_ == 0) return 0;
      }
      const std::size_t read_before = in_.pos;
      const bool at_end = in_.size == 0;
      left_ = ZSTD_decompressStream(stream_, &out, &in_);
      if (ZSTD_isError(left_)) return damaged(path_, ZSTD_getErrorName(left_));
      if (at_end && out.pos == 0 && in_.pos == read_before)
        return damaged(path_, "its end is missing");
    }
    return out.pos;
  }

 private:
  std::unique_ptr<sim::ByteSource> packed_;
  std::string path_;
  std::vector<char> bytes_;
  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  std::size_t left_ = 0;  // 0: between two frames
};

/// A file that grows.
class FollowedBytes : public sim::ByteSource {
 public:
  FollowedBytes(std::unique_ptr<Descriptor> file, const std::atomic<bool>& stop)
      : file_(std::move(file)), stop_(stop) {}

  [[nodiscard]] Result<std::size_t> read(std::span<char> into) override {
    while (!stop_) {
      if (file_->number() == STDIN_FILENO && !is_ready()) continue;
      const auto size = file_->read(into);
      if (!size) return size;
      at_ += static_cast<off_t>(*size);
      if (*size > 0 || file_->number() == STDIN_FILENO) return size;
      open_again_if_replaced();
      std::this_thread::sleep_for(kPause);
    }
    return 0;
  }

 private:
  /// Waits a little for standard input, which ends when its writer says so.
  [[nodiscard]] bool is_ready() const {
    pollfd waits{file_->number(), POLLIN, 0};
    return ::poll(&waits, 1, static_cast<int>(kPause.count())) > 0;
  }
  void open_again_if_replaced() {
    struct stat here {
    }, there{};
    if (::fstat(file_->number(), &here) != 0 || ::stat(file_->path().c_str(), &there) != 0) return;
    if (here.st_ino == there.st_ino && there.st_size >= at_) return;
    if (auto file = open_file(file_->path())) {
      file_ = std::move(*file);
      at_ = 0;
    }
  }

  std::unique_ptr<Descriptor> file_;
  const std::atomic<bool>& stop_;
  off_t at_ = 0;
};

}  // namespace

Result<std::unique_ptr<sim::ByteSource>> open_log(const std::string& path) {
  constexpr std::string_view kGzip = "\x1f\x8b", kZstd = "\x28\xb5\x2f\xfd";
  auto file = open_file(path);
  if (!file) return Failure(file.error());
  std::string head(kZstd.size(), '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    const auto more = (*file)->read({head.data() + size, head.size() - size});
    if (!more) return Failure(more.error());
    if (*more == 0) break;
    size += *more;
  }
  head.resize(size);
  const bool gzip = head.starts_with(kGzip), zstd = head.starts_with(kZstd);
  std::unique_ptr<sim::ByteSource> bytes =
      std::make_unique<PlainBytes>(std::move(*file), std::move(head));
  if (gzip) bytes = std::make_unique<GzipBytes>(std::move(bytes), path);
  if (zstd) bytes = std::make_unique<ZstdBytes>(std::move(bytes), path);
  return bytes;
}

Result<std::unique_ptr<sim::ByteSource>> follow_log(const std::string& path,
                                                    const std::atomic<bool>& stop) {
  auto file = open_file(path);
  if (!file) return Failure(file.error());
  return std::make_unique<FollowedBytes>(std::move(*file), stop);
}

}  // namespace shinsa::cli
