# One library target per layer, the same warnings for all of them, warnings as errors.
add_library(meterbed_options INTERFACE)
target_compile_options(meterbed_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wold-style-cast -Wcast-align -Wnull-dereference -Werror)
# GCC 12 sees uninitialised and overlapping memory and null pointers inside its own std::variant, std::vector and std::string
# (GCC bugs 105562, 105593, 105329, 105651); clang-tidy and the sanitizers look for the real thing.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(meterbed_options INTERFACE
    -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict -Wno-null-dereference)
endif()
if(METERBED_SANITIZE)
  target_compile_options(meterbed_options INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(meterbed_options INTERFACE -fsanitize=address,undefined)
endif()
if(METERBED_FUZZ)
  target_compile_options(meterbed_options INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(meterbed_options INTERFACE -fsanitize=address,undefined)
endif()

# Paths under the checkout count as relative, so that all checkouts of a machine share one cache.
find_program(METERBED_CCACHE ccache)
if(METERBED_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${METERBED_CCACHE})
endif()

# meterbed_layer(NAME sources...): a static library of one layer, included by path from the root.
function(meterbed_layer name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE meterbed_options)
endfunction()

# meterbed_test(NAME LIBRARY sources...): one GoogleTest program whose cases ctest lists one by one.
function(meterbed_test name library)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE meterbed_options ${library} meterbed_test_places GTest::gtest_main)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60)
endfunction()
