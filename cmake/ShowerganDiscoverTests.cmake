# showergan_discover_tests(TARGET PREFIX): a test of CTest for each suite of a Google test program.
#
# A process for each single test, as of gtest_discover_tests(), takes longer to start than most of
# our thousands of tests to run, three times so under sanitizers. A suite of which a test is skipped
# counts as skipped (and as failed if another fails), see tests/support/main.cpp.
function(showergan_discover_tests target prefix)
  set(list "${CMAKE_CURRENT_BINARY_DIR}/${target}_suites.cmake")
  add_custom_command(
    TARGET ${target}
    POST_BUILD
    BYPRODUCTS "${list}"
    COMMAND "${CMAKE_COMMAND}" "-DPROGRAM=$<TARGET_FILE:${target}>" "-DPREFIX=${prefix}"
            "-DSOURCE_DIR=${PROJECT_SOURCE_DIR}" "-DOUTPUT=${list}" -P
            "${PROJECT_SOURCE_DIR}/cmake/list_test_suites.cmake"
    VERBATIM)
  set(include "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
  file(WRITE "${include}" "if(EXISTS \"${list}\")\n  include(\"${list}\")\nelse()\n"
                          "  add_test(${target}_NOT_BUILT ${target}_NOT_BUILT)\nendif()\n")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include}")
endfunction()
