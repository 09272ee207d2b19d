# How this project's libraries and tests are made.

option(SHINSA_PYTHON "Build the Python module" OFF)

# Compilations are looked up in ccache where there is one.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

# One name for what every file of ours is compiled with.
add_library(shinsa_warnings INTERFACE)
target_compile_options(shinsa_warnings INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual)
# GCC 12 sees an overlap in std::string operator+ that is not there (PR 105329).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(shinsa_warnings INTERFACE -Wno-restrict)
endif()

# shinsa_library(NAME FOLDERS dir... [LINK lib...] [TEST_LINK lib...] [EXTRA file...] [LABELS label...])
#
# A static library `shinsa_NAME` (alias shinsa::NAME) of all sources in the folders, tests, programs (main.cpp) and
# fuzzing targets (*_fuzz.cpp) excepted, and a GoogleTest program `shinsa_NAME_test` of their *_test.cpp files. Its tests are named
# `NAME.Suite.Test` and carry the LABELS (default: unit).
# The headers are a file set, each of which is also compiled alone (ShinsaChecks.cmake).
# Includes start at the repository root, so that every include line shows the border it crosses.
function(shinsa_library NAME)
  cmake_parse_arguments(A "" "" "FOLDERS;LINK;TEST_LINK;EXTRA;LABELS" ${ARGN})
  set(sources "")
  set(headers "")
  foreach(folder IN LISTS A_FOLDERS)
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.cpp")
    list(APPEND sources ${found})
    file(GLOB found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${folder}/*.hpp")
    list(APPEND headers ${found})
  endforeach()
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(APPEND sources ${A_EXTRA})
  if(sources)
    add_library(shinsa_${NAME} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(shinsa_${NAME} PRIVATE shinsa_warnings)
    shinsa_tame_machines(${sources})
  else()
    add_library(shinsa_${NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(shinsa::${NAME} ALIAS shinsa_${NAME})
  target_include_directories(shinsa_${NAME} ${scope} "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
  target_link_libraries(shinsa_${NAME} ${scope} ${A_LINK})
  if(headers)
    target_sources(shinsa_${NAME} ${scope} FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${headers})
    set_target_properties(shinsa_${NAME} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
  if(tests)
    shinsa_test(${NAME} SOURCES ${tests} LINK shinsa_${NAME} ${A_TEST_LINK} LABELS ${A_LABELS})
  endif()
endfunction()

# shinsa_test(NAME SOURCES file... [LINK lib...] [LABELS label...]): the GoogleTest program `shinsa_NAME_test`.
function(shinsa_test NAME)
  cmake_parse_arguments(A "" "" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT A_LABELS)
    set(A_LABELS unit)
  endif()
  add_executable(shinsa_${NAME}_test ${A_SOURCES})
  target_compile_definitions(shinsa_${NAME}_test PRIVATE SHINSA_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  target_link_libraries(shinsa_${NAME}_test PRIVATE shinsa_warnings ${A_LINK} GTest::gtest_main GTest::gmock)
  gtest_discover_tests(shinsa_${NAME}_test TEST_PREFIX "${NAME}." PROPERTIES LABELS "${A_LABELS}" DISCOVERY_TIMEOUT 60)
endfunction()

# Files that see Boost.MSM, in every build type: at least -O1, because a machine takes 300 times longer per event at
# -O0; and at most -g1, because full debug information makes it compile five times longer, in 2 GB.
function(shinsa_tame_machines)
  set(machines ${ARGN})
  list(FILTER machines INCLUDE REGEX "/(model/(core|machines)|bench/twin)/[^/]*\\.cpp$")
  set_source_files_properties(
    ${machines} PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Debug>:-O1>;$<$<CONFIG:Debug,RelWithDebInfo>:-g1>")
endfunction()
