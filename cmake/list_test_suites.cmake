# Writes the tests of showergan_discover_tests() to OUTPUT: one for each suite of PROGRAM.
execute_process(
  COMMAND "${PROGRAM}" --gtest_list_tests
  OUTPUT_VARIABLE listing
  COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "\n" ";" lines "${listing}")
set(script "")
foreach(line IN LISTS lines)
  # "Suite." or "Instance/Suite.  # TypeParam = …"; the tests below it are indented.
  if(line MATCHES "^([A-Za-z0-9_/]+)\\.( |$)")
    set(suite "${CMAKE_MATCH_1}")
    string(APPEND script "add_test([[${PREFIX}.${suite}]] [[${PROGRAM}]] [[--gtest_filter=${suite}.*]])\n"
                         "set_tests_properties([[${PREFIX}.${suite}]] PROPERTIES SKIP_RETURN_CODE 77 "
                         "ENVIRONMENT [[SHOWERGAN_SOURCE_DIR=${SOURCE_DIR}]])\n")
  endif()
endforeach()
if(script STREQUAL "")
  message(FATAL_ERROR "${PROGRAM} lists no tests")
endif()
file(WRITE "${OUTPUT}" "${script}")
