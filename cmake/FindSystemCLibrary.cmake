# SystemC as Debian ships it (2.3.4, shared, built as C++17, without a CMake package).
find_path(SystemCLibrary_INCLUDE_DIR systemc)
find_library(SystemCLibrary_LIBRARY systemc)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SystemCLibrary
  REQUIRED_VARS SystemCLibrary_LIBRARY SystemCLibrary_INCLUDE_DIR)
if(SystemCLibrary_FOUND AND NOT TARGET SystemC::Library)
  add_library(SystemC::Library UNKNOWN IMPORTED)
  set_target_properties(SystemC::Library PROPERTIES
    IMPORTED_LOCATION ${SystemCLibrary_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${SystemCLibrary_INCLUDE_DIR}
    # The library carries C++17 in its version symbol; C++20 code links when it says so too.
    INTERFACE_COMPILE_DEFINITIONS SC_CPLUSPLUS=201703L)
endif()
