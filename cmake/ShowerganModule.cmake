# Warnings, sanitizers and contract checks for every target of ours.
function(showergan_compile_settings target)
  target_compile_options(
    ${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion $<$<BOOL:${SHOWERGAN_WERROR}>:-Werror>)
  # GCC 12 warns of overlapping copies inside std::string where there are none (GCC bug 105651).
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
  if(SHOWERGAN_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=address,undefined -fno-omit-frame-pointer
                                             -fno-sanitize-recover=all)
    target_link_options(${target} PUBLIC -fsanitize=address,undefined)
    # The checks that sanitizers put in hide from GCC what is initialised, as its manual says: it
    # warns of std::regex then.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  endif()
  target_compile_definitions(
    ${target} PRIVATE $<$<OR:$<CONFIG:Debug>,$<BOOL:${SHOWERGAN_SANITIZE}>>:SHOWERGAN_CHECK_CONTRACTS>)
endfunction()

# For code that does not compute but is slow to compile, such as the command line and the tests: half
# the compilation time of such a file goes into optimising templates, and more with sanitizers.
function(showergan_optimize_lightly target)
  target_compile_options(
    ${target} PRIVATE $<$<NOT:$<CONFIG:Debug>>:$<IF:$<BOOL:${SHOWERGAN_SANITIZE}>,-O0,-O1>>)
endfunction()

# showergan_module(NAME [DEPENDS target...] [PRIVATE_DEPENDS target...])
#
# One static library `showergan_NAME` from all sources of the current folder. DEPENDS lists what the
# module's headers need, PRIVATE_DEPENDS what only its sources need. What a module may include is
# checked by tests/repository/include_rule_test.py, not by the linker.
function(showergan_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  add_library(showergan_${name} STATIC ${sources})
  target_include_directories(
    showergan_${name} PUBLIC "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>"
                             "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                             "$<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>")
  target_link_libraries(showergan_${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_PRIVATE_DEPENDS})
  showergan_compile_settings(showergan_${name})
endfunction()
