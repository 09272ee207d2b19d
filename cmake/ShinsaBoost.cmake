# Finds Boost 1.81: headers, and Boost.JSON. Debian 12's default is 1.74, whose state machine library is not C++20.
find_package(Boost 1.81 QUIET COMPONENTS json)
if(NOT Boost_FOUND)
  message(
    FATAL_ERROR
      "Shinsa needs Boost 1.81 with Boost.JSON: apt-get install libboost1.81-dev libboost-json1.81-dev\n"
      "libboost-dev on Debian 12 is Boost 1.74. It is too old (its state machine library is not valid C++20) and "
      "cannot be installed together with libboost1.81-dev: apt-get remove libboost1.74-dev first, or build in a "
      "container of debian:12.")
endif()
