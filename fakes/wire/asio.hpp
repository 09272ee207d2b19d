/// Boost.Asio and Beast's parser, as every file of this folder takes them. Private to this folder:
/// no other may include them, and no header but the private ones here shows a type of theirs.
///
/// Both are compiled once, in `asio.cpp`; header-only they cost seconds in every file.
#pragma once

#define BOOST_ASIO_SEPARATE_COMPILATION
#define BOOST_ASIO_NO_DEPRECATED
#define BOOST_BEAST_SEPARATE_COMPILATION

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

namespace shinsa::fakes::wire {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;
using SteadyTime = std::chrono::steady_clock::time_point;

}  // namespace shinsa::fakes::wire
