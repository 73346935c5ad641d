-- One picture, one POST, as a phone on a good line sends it: wrk -s tus_upload.lua URL -- PICTURE
function init(words)
  local file = io.open(words[1], "rb")
  local bytes = file:read("*a")
  file:close()
  request_text = wrk.format("POST", nil, {
    ["Tus-Resumable"] = "1.0.0",
    ["Upload-Length"] = #bytes,
    ["Upload-Metadata"] = "filename cC5qcGc=",
    ["Content-Type"] = "application/offset+octet-stream",
  }, bytes)
end

function request()
  return request_text
end
