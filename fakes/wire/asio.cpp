// Boost.Asio and Beast themselves: Debian has them as sources alone, which are compiled here, once.
#include "fakes/wire/asio.hpp"

#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
