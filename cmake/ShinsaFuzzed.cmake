# A target of libFuzzer: with SHINSA_FUZZING as such, else as a test that takes each input of a folder once.
option(SHINSA_FUZZING "Build the libFuzzer targets (clang alone)" OFF)

function(shinsa_fuzzed TARGET CORPUS)
  if(SHINSA_FUZZING)
    target_link_options(${TARGET} PRIVATE -fsanitize=fuzzer)
    return()
  endif()
  target_sources(${TARGET} PRIVATE "${PROJECT_SOURCE_DIR}/cli/parsers_fuzz/corpus_main.cpp")
  add_test(NAME parsers.${TARGET} COMMAND ${TARGET} "${CORPUS}")
  set_tests_properties(parsers.${TARGET} PROPERTIES LABELS unit)
endfunction()
