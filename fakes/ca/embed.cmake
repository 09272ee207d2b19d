# Turns the test keys into a source file; included by fakes/CMakeLists.txt, which compiles SHINSA_FAKES_CA_SOURCES.
file(GLOB shinsa_test_keys CONFIGURE_DEPENDS "${CMAKE_CURRENT_LIST_DIR}/testkeys/*.pem")
set(SHINSA_FAKES_CA_SOURCES "${PROJECT_BINARY_DIR}/generated/fakes/ca/embedded_keys.cpp")
add_custom_command(
  OUTPUT "${SHINSA_FAKES_CA_SOURCES}"
  COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_LIST_DIR}/embed_keys.py" --out "${SHINSA_FAKES_CA_SOURCES}"
          ${shinsa_test_keys}
  DEPENDS ${shinsa_test_keys} "${CMAKE_CURRENT_LIST_DIR}/embed_keys.py"
  COMMENT "Embedding the fake CA's test keys"
  VERBATIM)
