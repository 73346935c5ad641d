# wujin_embed_web(TARGET FACE DIST [FACE DIST]...)
#
# Puts the built web faces into TARGET as std::span<const wujin::http::EmbeddedFile> wujin::embedded_web(), declared in the
# generated header "embedded_web.h". A DIST that does not exist is left out: the program then says that the face was not built.
# Bytes come by .incbin into .rodata (ld -b binary would mark the stack executable), each plain, gzip and brotli.
set(WUJIN_PHONE_DIST "${CMAKE_SOURCE_DIR}/web/apps/phone/dist" CACHE PATH "The built phone face, put into the program")
set(WUJIN_OFFICE_DIST "${CMAKE_SOURCE_DIR}/web/apps/office/dist" CACHE PATH "The built office face, put into the program")

# A release has its faces, whatever was called before; other builds may go without and read them with --web-dir.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT (EXISTS "${WUJIN_PHONE_DIST}/index.html" AND EXISTS "${WUJIN_OFFICE_DIST}/index.html"))
  execute_process(COMMAND "${CMAKE_SOURCE_DIR}/script/web-build" COMMAND_ERROR_IS_FATAL ANY)
endif()

function(wujin_embed_web target)
  set(faces ${ARGN})
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/${target}_web")
  set(files "")
  set(pairs "")
  while(faces)
    list(POP_FRONT faces face dist)
    if(IS_DIRECTORY "${dist}")
      file(GLOB_RECURSE found CONFIGURE_DEPENDS LIST_DIRECTORIES false "${dist}/*")
      list(APPEND files ${found})
      list(APPEND pairs "${face}" "${dist}")
    endif()
  endwhile()
  find_program(WUJIN_BROTLI brotli)
  find_program(WUJIN_GZIP gzip REQUIRED)
  add_custom_command(
    OUTPUT "${generated}/embedded_web.cpp"
    COMMAND ${CMAKE_COMMAND} "-DOUT=${generated}" "-DPAIRS=${pairs}" "-DBROTLI=${WUJIN_BROTLI}" "-DGZIP=${WUJIN_GZIP}"
            -P "${CMAKE_SOURCE_DIR}/cmake/write_embedded_web.cmake"
    DEPENDS ${files} "${CMAKE_SOURCE_DIR}/cmake/write_embedded_web.cmake"
    VERBATIM)
  file(WRITE "${generated}/embedded_web.h.new"
       "#pragma once\n\n#include <span>\n\n#include \"http/assets.h\"\n\nnamespace wujin {\n\nstd::span<const http::EmbeddedFile> embedded_web();\n\n}  // namespace wujin\n")
  configure_file("${generated}/embedded_web.h.new" "${generated}/embedded_web.h" COPYONLY)
  target_sources(${target} PRIVATE "${generated}/embedded_web.cpp")
  target_include_directories(${target} PRIVATE "${generated}")
  # ccache cannot see what .incbin reads; the pieces carry their hash in their names, so the text changes with them.
  set_source_files_properties("${generated}/embedded_web.cpp" PROPERTIES SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
