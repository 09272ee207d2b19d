# Says when shell.html is older than its sources: cmake -DPAGE=FOLDER -DBUILT=FILE -P built.cmake
execute_process(COMMAND node "${PAGE}/build.mjs" "${BUILT}" RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "the page cannot be built")
endif()
execute_process(COMMAND "${CMAKE_COMMAND}" -E compare_files "${BUILT}" "${PAGE}/shell.html" RESULT_VARIABLE differs)
if(differs)
  message(FATAL_ERROR "reports/html/shell.html is older than its sources; in reports/html: npm run build")
endif()
