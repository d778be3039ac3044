# What `cmake --install` gives a plugin author: libraries, headers, .proto files and the CMake package
# `chathub` with the targets chathub::sdk, chathub::testing and chathub::proto.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/chathub)
install(TARGETS chathub_sdk chathub_testing chathub_proto EXPORT chathub)
install(EXPORT chathub NAMESPACE chathub:: FILE chathubTargets.cmake DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/chathubConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES chathubConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/chathubConfigVersion.cmake
        DESTINATION ${package_dir})

install(DIRECTORY include/chathub DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# chathub.internal is never on a public wire, and gRPC has its own packages.
install(DIRECTORY ${PROJECT_BINARY_DIR}/proto/generated/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.pb.h" PATTERN "internal" EXCLUDE PATTERN "grpc" EXCLUDE)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/proto/ DESTINATION ${CMAKE_INSTALL_DATADIR}/chathub/proto
        FILES_MATCHING PATTERN "*.proto" PATTERN "internal" EXCLUDE PATTERN "grpc" EXCLUDE)
