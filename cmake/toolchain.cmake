# Compiler, linker and warnings, the same for every room.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

# -fpch-preprocess lets ccache see through the precompiled header.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                    -Werror=return-type -fpch-preprocess -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# GCC 12 warns of coroutine frames allocated by Asio's own operator new, wrongly.
add_compile_options(-Wno-mismatched-new-delete)
# GCC 12 takes the idle alternatives of std::variant (database/database.h, Value) for uninitialised and copies of strings in them for
# overruns.
add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds)
if(CMAKE_UNITY_BUILD)  # what a source keeps to itself then stands in an included file, which GCC holds against it
  add_compile_options(-Wno-subobject-linkage)
endif()
add_compile_definitions(BOOST_ASIO_NO_DEPRECATED)

if(WUJIN_SANITIZE)
  add_compile_options(-fsanitize=${WUJIN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WUJIN_SANITIZE})
  if(WUJIN_SANITIZE STREQUAL "thread")
    add_compile_options(-Wno-tsan)
  endif()
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
