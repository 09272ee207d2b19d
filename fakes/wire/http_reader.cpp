#include "fakes/wire/http_reader.hpp"

#include <algorithm>
#include <limits>

namespace shinsa::fakes::wire {
namespace {

namespace http = boost::beast::http;

// More is kept free for a body whose length is told; a longer one grows as it comes.
constexpr std::size_t kMostReserved = 64 * 1024;

std::string text_of(boost::beast::string_view view) { return {view.data(), view.size()}; }

/// What the parser found, as the status that says so.
int status_of(const ErrorCode& error) {
  if (error == http::error::header_limit) return 431;
  if (error == http::error::body_limit) return 413;
  if (error == http::error::bad_version) return 505;
  return 400;
}

std::string_view without_scheme(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (target.size() > scheme.size() &&
        boost::beast::iequals({target.data(), scheme.size()}, {scheme.data(), scheme.size()}))
      return target.substr(scheme.size());
  return {};
}

template <class Parser>
std::size_t parse(Parser& parser, std::string_view bytes, ErrorCode& error) {
  if (bytes.empty() || parser.is_done()) return 0;
  const std::size_t used = parser.put({bytes.data(), bytes.size()}, error);
  if (error == http::error::need_more) error = {};
  return used;
}

}  // namespace

// ---- requests ----

RequestReader::RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max) {
  eager(true);
  header_limit(static_cast<std::uint32_t>(
      std::min<std::size_t>(header_bytes_max, std::numeric_limits<std::uint32_t>::max())));
  body_limit(body_bytes_max);
}

std::size_t RequestReader::read(std::string_view bytes) {
  ErrorCode error;
  const std::size_t used = parse(*this, bytes, error);
  if (error && refusal_ == 0) refuse(status_of(error), error.message(), error);
  return used;
}

void RequestReader::refuse(int status, std::string reason, ErrorCode& error) {
  refusal_ = status;
  reason_ = std::move(reason);
  if (!error) error = http::error::bad_value;
}

void RequestReader::on_request_impl(Verb, View method, View target, int version, ErrorCode&) {
  request_.method = text_of(method);
  request_.target = text_of(target);
  version_ = version;
}

void RequestReader::on_field_impl(Field field, View name, View value, ErrorCode& error) {
  request_.headers.emplace_back(text_of(name), text_of(value));
  if (field == Field::host) {
    ++hosts_;
    request_.host = text_of(value);
  } else if (field == Field::transfer_encoding) {
    // `gzip, chunked` ends in chunks too, but nobody here would undo the other.
    if (!boost::beast::iequals(value, "chunked"))
      return refuse(501, "a transfer coding other than chunked", error);
  } else if (field == Field::expect) {
    if (!boost::beast::iequals(value, "100-continue"))
      return refuse(417, "an expectation other than 100-continue", error);
    expects_continue_ = true;
  }
}

void RequestReader::on_header_impl(ErrorCode& error) {
  if (hosts_ > 1 || (hosts_ == 0 && version_ == 11))
    return refuse(400, "not exactly one Host header", error);
  // Absolute form (RFC 9112 section 3.2.2): its authority counts, not the Host header.
  const std::string_view rest = without_scheme(request_.target);
  if (rest.empty()) return;
  const auto slash = std::min(rest.find_first_of("/?"), rest.size());
  request_.host = std::string(rest.substr(0, slash));
  std::string path(rest.substr(slash));
  if (!path.starts_with('/')) path.insert(path.begin(), '/');
  request_.target = std::move(path);
}

void RequestReader::on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) {
  if (length) request_.body.reserve(std::min<std::uint64_t>(*length, kMostReserved));
}

std::size_t RequestReader::on_body_impl(View body, ErrorCode&) {
  request_.body.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestReader::on_chunk_body_impl(std::uint64_t, View body, ErrorCode& error) {
  return on_body_impl(body, error);
}

// ---- answers ----

AnswerReader::AnswerReader(std::size_t header_bytes_max, std::size_t body_bytes_max,
                           bool is_answer_to_head)
    : body_bytes_max_(body_bytes_max) {
  eager(true);
  header_limit(static_cast<std::uint32_t>(
      std::min<std::size_t>(header_bytes_max, std::numeric_limits<std::uint32_t>::max())));
  body_limit(boost::none);
  skip(is_answer_to_head);
}

std::size_t AnswerReader::read(std::string_view bytes) {
  ErrorCode error;
  const std::size_t used = parse(*this, bytes, error);
  if (error) is_malformed_ = true;
  return used;
}

void AnswerReader::end() {
  ErrorCode error;
  if (!is_done() && is_header_done()) put_eof(error);
}

void AnswerReader::on_field_impl(http::field, View name, View value, ErrorCode&) {
  headers.emplace_back(text_of(name), text_of(value));
}

std::size_t AnswerReader::on_body_impl(View piece, ErrorCode&) {
  const std::size_t wanted = std::min(piece.size(), body_bytes_max_ - body.size());
  body.append(piece.data(), wanted);
  is_cut_ = is_cut_ || wanted < piece.size();
  return piece.size();
}

std::size_t AnswerReader::on_chunk_body_impl(std::uint64_t, View piece, ErrorCode& error) {
  return on_body_impl(piece, error);
}

}  // namespace shinsa::fakes::wire
