#include "properties/bounded/checkpoint.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::bounded {

namespace {

constexpr std::string_view kMark = "shinsa checkpoint 1\n";
using Sum = XXH64_hash_t;  // of all before it, at the end of the file

}  // namespace

struct CheckpointWriter::Digesting {
  XXH3_state_t state;
};

CheckpointWriter::CheckpointWriter(std::string path, std::string_view of)
    : path_(std::move(path)),
      part_(path_ + ".part"),
      file_(std::fopen(part_.c_str(), "wb")),
      digesting_(std::make_unique<Digesting>()) {
  XXH3_64bits_reset(&digesting_->state);
  list(kMark.data(), kMark.size());
  text(of);
}

CheckpointWriter::~CheckpointWriter() {
  if (!file_) return;
  std::fclose(file_);
  std::remove(part_.c_str());
}

void CheckpointWriter::write(const void* bytes, std::size_t size) {
  if (!file_ || size == 0) return;
  XXH3_64bits_update(&digesting_->state, bytes, size);
  std::fwrite(bytes, 1, size, file_);  // `finish` asks whether all of them went well
}

Failure CheckpointWriter::failed() const {
  return fail("cannot write the checkpoint: " + std::string(std::strerror(errno)), path_);
}

Result<void> CheckpointWriter::opened() const {
  if (!file_) return failed();
  return {};
}

Result<void> CheckpointWriter::finish() {
  if (!file_) return failed();
  const Sum sum = XXH3_64bits_digest(&digesting_->state);
  std::fwrite(&sum, sizeof sum, 1, file_);
  if (std::fflush(file_) != 0 || std::ferror(file_) || fsync(fileno(file_)) != 0) return failed();
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (!closed || std::rename(part_.c_str(), path_.c_str()) != 0) return failed();
  return {};
}

Result<CheckpointReader> CheckpointReader::open(const std::string& path, std::string_view of) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail("cannot read the checkpoint: " + std::string(std::strerror(errno)), path);
  struct stat status {};
  const bool known = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
  const std::size_t size = known ? static_cast<std::size_t>(status.st_size) : 0;
  void* const mapped = size ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : MAP_FAILED;
  ::close(file);
  if (mapped == MAP_FAILED) return fail("is not a checkpoint of a search", path);
  CheckpointReader reader(static_cast<const char*>(mapped), size);
  if (size < kMark.size() + sizeof(Sum) || std::string_view(reader.bytes_, kMark.size()) != kMark)
    return fail("is not a checkpoint of a search", path);
  reader.size_ = size - sizeof(Sum);
  Sum sum = 0;
  std::memcpy(&sum, reader.bytes_ + reader.size_, sizeof sum);
  const bool whole = sum == XXH3_64bits(reader.bytes_, reader.size_);
  if (!whole)
    return fail("is damaged: its checksum does not hold", path, "begin again without --resume");
  reader.at_ = kMark.size();
  if (reader.text() != of)
    return fail("is of another world, other options or another build of shinsa", path,
                "begin again without --resume");
  return reader;
}

CheckpointReader::CheckpointReader(CheckpointReader&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)),
      mapped_(other.mapped_),
      size_(other.size_),
      at_(other.at_) {}

CheckpointReader::~CheckpointReader() {
  if (bytes_) munmap(const_cast<char*>(bytes_), mapped_);
}

void CheckpointReader::read(void* to, std::size_t size) {
  SHINSA_ASSERT(size <= size_ - at_, "a checkpoint is read otherwise than it was written");
  if (size) std::memcpy(to, bytes_ + at_, size);
  at_ += size;
}

std::string_view CheckpointReader::text() {
  const std::size_t size = count();
  SHINSA_ASSERT(size <= size_ - at_, "a checkpoint is read otherwise than it was written");
  const std::string_view text(bytes_ + at_, size);
  at_ += size;
  return text;
}

}  // namespace shinsa::properties::bounded
