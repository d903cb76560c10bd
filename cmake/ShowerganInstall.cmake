# What `cmake --install` puts where, and the package that find_package(showergan) finds.
include(CMakePackageConfigHelpers)

# The library that a simulation links: every module behind the public headers in one file. It needs
# oneDNN and protobuf, and no HDF5, MPI or Python. BUILD_SHARED_LIBS makes it a shared library. (The
# target is not called `showergan`, which is the executable's file in the build folder.)
add_library(showergan_library)
foreach(module base shower graph reference lowering kernel plan flow model generate)
  target_sources(showergan_library PRIVATE $<TARGET_OBJECTS:showergan_${module}>)
endforeach()
target_include_directories(
  showergan_library INTERFACE "$<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>"
                              "$<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>"
                              "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
target_link_libraries(
  showergan_library PRIVATE oneDNN::oneDNN hwy::hwy protobuf::libprotobuf-lite
                            tomlplusplus::tomlplusplus fmt::fmt gomp Threads::Threads)
target_compile_features(showergan_library INTERFACE cxx_std_20)
showergan_compile_settings(showergan_library)
set_target_properties(
  showergan_library
  PROPERTIES OUTPUT_NAME showergan
             EXPORT_NAME showergan
             LINKER_LANGUAGE CXX
             VERSION ${PROJECT_VERSION}
             SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
add_library(showergan::showergan ALIAS showergan_library)

install(TARGETS showergan_library EXPORT showerganTargets)
install(TARGETS showergan_app)
install(DIRECTORY include/showergan TYPE INCLUDE FILES_MATCHING PATTERN "*.hpp")
install(FILES "${PROJECT_BINARY_DIR}/include/showergan/version.hpp"
        DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/showergan")
install(DIRECTORY models detectors recipes DESTINATION "${CMAKE_INSTALL_DATADIR}/showergan")
install(FILES LICENSE TYPE DOC)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/showergan")
install(EXPORT showerganTargets NAMESPACE showergan:: DESTINATION "${package_dir}")
configure_package_config_file(
  cmake/showerganConfig.cmake.in "${PROJECT_BINARY_DIR}/showerganConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/showerganConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/showerganConfig.cmake"
              "${PROJECT_BINARY_DIR}/showerganConfigVersion.cmake" cmake/FindoneDNN.cmake
        DESTINATION "${package_dir}")
