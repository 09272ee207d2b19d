// Boost.URL is no library of its own in Debian's package: its sources are compiled here, once.
#include <boost/url/src.hpp>
