/// Bytes become requests and answers: Beast's parser, which writes straight into ours. Private to
/// this folder.
///
/// Source: RFC 9112 sections 2.2, 3, 5, 6, 7.
#pragma once

#include "fakes/wire/asio.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <string>
#include <string_view>

#include "fakes/wire/http.hpp"

namespace shinsa::fakes::wire {

/// Reads one request.
class RequestReader final : public boost::beast::http::basic_parser<true> {
 public:
  RequestReader(std::size_t header_bytes_max, std::size_t body_bytes_max);

  /// Takes what it can of the bytes, and says how many that were. What is left is to be given
  /// again, with more behind it, or belongs to the next request.
  std::size_t read(std::string_view bytes);
  /// 0, or the status that refuses what has been read.
  [[nodiscard]] int refusal() const { return refusal_; }
  [[nodiscard]] const std::string& reason() const { return reason_; }

  [[nodiscard]] bool waits_to_be_told_to_continue() const {
    return expects_continue_ && is_header_done() && !is_done() && request_.body.empty();
  }
  void was_told_to_continue() { expects_continue_ = false; }
  [[nodiscard]] HttpRequest& request() { return request_; }
  [[nodiscard]] bool is_version_1_1() const { return version_ == 11; }

 private:
  using View = boost::beast::string_view;
  using Field = boost::beast::http::field;
  using Verb = boost::beast::http::verb;
  void on_request_impl(Verb, View method, View target, int version, ErrorCode& error) override;
  void on_response_impl(int, View, int, ErrorCode&) override {}
  void on_field_impl(Field field, View name, View value, ErrorCode& error) override;
  void on_header_impl(ErrorCode& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode& error) override;
  std::size_t on_body_impl(View body, ErrorCode& error) override;
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& error) override;
  void on_finish_impl(ErrorCode&) override {}
  void refuse(int status, std::string reason, ErrorCode& error);

  HttpRequest request_;
  int version_ = 11;
  int hosts_ = 0;
  int refusal_ = 0;
  bool expects_continue_ = false;
  std::string reason_;
};

/// Reads one answer; of its body no more than `body_bytes_max`.
class AnswerReader final : public boost::beast::http::basic_parser<false> {
 public:
  AnswerReader(std::size_t header_bytes_max, std::size_t body_bytes_max, bool is_answer_to_head);

  std::size_t read(std::string_view bytes);
  /// The other side has closed: the answer is complete, if it may end so.
  void end();
  [[nodiscard]] bool is_malformed() const { return is_malformed_; }
  /// No more of the body is wanted.
  [[nodiscard]] bool is_cut() const { return is_cut_; }
  /// 1xx: the answer proper is still to come.
  [[nodiscard]] bool is_interim() const { return status / 100 == 1; }

  int status = 0;
  Headers headers;
  std::string body;

 private:
  using View = boost::beast::string_view;
  void on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode&) override {}
  void on_response_impl(int code, View, int, ErrorCode&) override { status = code; }
  void on_field_impl(boost::beast::http::field, View name, View value, ErrorCode&) override;
  void on_header_impl(ErrorCode&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, ErrorCode&) override {}
  std::size_t on_body_impl(View piece, ErrorCode&) override;
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View piece, ErrorCode& error) override;
  void on_finish_impl(ErrorCode&) override {}

  std::size_t body_bytes_max_;
  bool is_malformed_ = false;
  bool is_cut_ = false;
};

}  // namespace shinsa::fakes::wire
