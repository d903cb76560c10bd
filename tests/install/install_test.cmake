# cmake -D… -P install_test.cmake: see CMakeLists.txt beside it. Stops at the first step that fails.
function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

set(first "${WORK}/first")
set(prefix "${WORK}/prefix")
file(REMOVE_RECURSE "${first}" "${prefix}" "${WORK}/downstream")

# Installed, then moved: nothing in the package may depend on where it was installed.
run("${CMAKE_COMMAND}" --install "${BUILD}" --config "${CONFIG}" --prefix "${first}")
file(RENAME "${first}" "${prefix}")

run("${CMAKE_COMMAND}" -S "${SOURCE}" -B "${WORK}/downstream" -G "${GENERATOR}"
    "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_BUILD_TYPE=${CONFIG}"
    "-DCMAKE_PREFIX_PATH=${prefix}")
run("${CMAKE_COMMAND}" --build "${WORK}/downstream" --config "${CONFIG}")
set(models "${prefix}/${DATADIR}/showergan/models")
if(NOT EXISTS "${prefix}/${DATADIR}/showergan/recipes/3dgan.toml")
  message(FATAL_ERROR "the recipes are not installed")
endif()
run("${WORK}/downstream/downstream" "${models}/first-light.onnx")

# A simulation that only generates gets none of these into its process.
execute_process(COMMAND ldd "${WORK}/downstream/downstream" OUTPUT_VARIABLE libraries
                COMMAND_ERROR_IS_FATAL ANY)
if(libraries MATCHES "libhdf5|libmpi|libpython")
  message(FATAL_ERROR "the library needs ${CMAKE_MATCH_0}:\n${libraries}")
endif()

# The installed executable finds by its name a model that is only in the installed folder.
unset(ENV{SHOWERGAN_DATA})
file(COPY_FILE "${models}/first-light.onnx" "${models}/only-here.onnx")
run("${prefix}/${BINDIR}/showergan" generate only-here -n 2 --energy 100 --output
    "${WORK}/showers.h5" --force --quiet)
run("${prefix}/${BINDIR}/showergan" inspect "${WORK}/showers.h5" --quiet)
