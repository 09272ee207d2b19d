# Tests of the code as text: layers, headers, and what must not compile. Included last, when all targets are known.

function(shinsa_check NAME)
  cmake_parse_arguments(A "" "LABEL" "COMMAND" ${ARGN})
  add_test(NAME "${NAME}" COMMAND ${A_COMMAND})
  set_tests_properties("${NAME}" PROPERTIES LABELS "${A_LABEL}")
endfunction()

set(here "${PROJECT_SOURCE_DIR}/cmake")

shinsa_check(layering LABEL layering COMMAND "${Python3_EXECUTABLE}" "${here}/layering.py" "${PROJECT_SOURCE_DIR}")
shinsa_check(layering.finds-forbidden-include LABEL layering
             COMMAND "${Python3_EXECUTABLE}" "${here}/layering_test.py")
shinsa_check(dev.counts-tests LABEL unit COMMAND "${Python3_EXECUTABLE}" "${here}/ctest_summary_test.py")

# A clause id that is not in the catalogue does not compile, and the compiler says so in words. Each refusal has a
# control that differs in the id alone.
set(compiler "${CMAKE_CXX_COMPILER}" -std=c++20 "-I${PROJECT_SOURCE_DIR}" "-I${PROJECT_BINARY_DIR}/generated")
function(shinsa_check_refusal NAME CONTROL FILE)
  set(check "${Python3_EXECUTABLE}" "${here}/check_compilation.py")
  shinsa_check(${NAME} LABEL unit
               COMMAND ${check} "${here}/does_not_compile/unknown_${FILE}"
                       --refused-with "is not in the catalogue" -- ${compiler})
  shinsa_check(${CONTROL} LABEL unit
               COMMAND ${check} "${here}/does_not_compile/known_${FILE}" --compiles -- ${compiler})
endfunction()
shinsa_check_refusal(catalogue.unknown-id-does-not-compile catalogue.known-id-compiles clause.cpp)
shinsa_check_refusal(model.unknown-id-in-a-guard-does-not-compile model.known-id-in-a-guard-compiles guard.cpp)

# Every header compiles alone. A second run compiles only what changed.
shinsa_check(headers.each-compiles-alone LABEL headers
             COMMAND "${CMAKE_COMMAND}" --build "${PROJECT_BINARY_DIR}" --target all_verify_interface_header_sets)
set_tests_properties(headers.each-compiles-alone PROPERTIES PROCESSORS 2 RUN_SERIAL ON)
