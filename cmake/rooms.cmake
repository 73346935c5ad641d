# wujin_room(NAME USES room... [LINKS library...] [PACKAGES pkg-config-name...] [OPENS pkg-config-name...])
#
# Makes the library of one room from every .cpp in server/NAME, embeds its migrations, and, with WUJIN_TESTS, one test
# program from server/tests/NAME. USES names every room whose headers it may include; nothing is inherited, so the list in
# server/CMakeLists.txt is the whole diagram, and server/tests/house checks each #include against it. Of the packages it OPENS
# itself when they are first needed only the headers are used; its tests link them.
function(wujin_room name)
  cmake_parse_arguments(room "" "" "USES;LINKS;PACKAGES;OPENS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS
       "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cpp" "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*/*.cpp")
  wujin_embed_migrations(${name} migrations)
  add_library(${name} STATIC ${sources} ${migrations})
  target_include_directories(${name} PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")
  if(name STREQUAL base)
    target_precompile_headers(base PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/base/precompiled.h")
  else()
    target_precompile_headers(${name} REUSE_FROM base)
  endif()
  target_link_libraries(${name} PUBLIC ${room_USES} ${room_LINKS} Boost::headers Threads::Threads)
  foreach(package ${room_PACKAGES} ${room_OPENS})
    string(MAKE_C_IDENTIFIER ${package} identifier)
    pkg_check_modules(${identifier} REQUIRED IMPORTED_TARGET GLOBAL ${package})
    # -pthread there defines _REENTRANT, which the shared precompiled header was not built with; Threads::Threads links it anyway.
    # Nor was it built with _LARGEFILE64_SOURCE, which no header here asks for.
    get_target_property(options PkgConfig::${identifier} INTERFACE_COMPILE_OPTIONS)
    if(options)
      list(REMOVE_ITEM options -pthread -D_LARGEFILE64_SOURCE)
      set_target_properties(PkgConfig::${identifier} PROPERTIES INTERFACE_COMPILE_OPTIONS "${options}")
    endif()
    if(package IN_LIST room_OPENS)
      target_include_directories(${name} SYSTEM PUBLIC "${${identifier}_INCLUDE_DIRS}")
    else()
      target_link_libraries(${name} PUBLIC PkgConfig::${identifier})
    endif()
  endforeach()
  if(WUJIN_TESTS)
    wujin_room_tests(${name} ${room_USES})
    foreach(package ${room_OPENS})
      target_link_libraries(${name}_tests PRIVATE PkgConfig::${package})
    endforeach()
  endif()
endfunction()

# One program a room, registered test by test under the label its folder earns.
function(wujin_room_tests name)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/tests/${name}/*.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(${name}_tests ${sources})
  target_precompile_headers(${name}_tests REUSE_FROM base)
  target_include_directories(${name}_tests PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/tests")
  target_compile_definitions(${name}_tests PRIVATE WUJIN_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name}_tests PRIVATE ${name} GTest::gmock GTest::gtest_main)
  set_target_properties(${name}_tests PROPERTIES UNITY_BUILD OFF)  # each test file keeps helpers of its own, alike in name
  set(label rule)
  if("database" IN_LIST ARGN OR name STREQUAL database)
    set(label store)  # on both engines
    target_link_libraries(${name}_tests PRIVATE test_kit)
  endif()
  add_test(NAME ${name} COMMAND ${name}_tests)
  set(seconds 600)
  if(WUJIN_SANITIZE)
    set(seconds 1800)  # drawing a HEIC takes many times as long
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds} LABELS ${label})
endfunction()

# server/NAME/migrations/*.sql become one generated .cpp that defines
#   std::span<const wujin::Migration> wujin::<name>::migrations()
# Each file is "NNNN_what.sql", or a pair "NNNN_what.sqlite.sql" and "NNNN_what.postgres.sql" where the dialects truly differ.
function(wujin_embed_migrations name out)
  file(GLOB files CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/migrations/*.sql")
  set(${out} "" PARENT_SCOPE)
  if(NOT files)
    return()
  endif()
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/${name}_migrations.cpp")
  add_custom_command(
    OUTPUT "${generated}"
    COMMAND ${CMAKE_COMMAND} -DROOM=${name} -DOUT=${generated} "-DFILES=${files}" -P "${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake"
    DEPENDS ${files} "${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake"
    VERBATIM)
  set_source_files_properties("${generated}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  set(${out} "${generated}" PARENT_SCOPE)
endfunction()
