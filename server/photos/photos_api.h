#pragma once

#include "base/clock.h"
#include "database/database.h"
#include "files/vault.h"
#include "http/router.h"
#include "jobs/queue.h"
#include "people/sessions.h"
#include "photos/owners.h"
#include "uploads/uploads.h"

namespace wujin::photos {

// What the wire needs of the house; borrowed, and outliving the router.
struct ApiParts {
  Database& database;
  people::Sessions& sessions;
  jobs::Queue& queue;
  files::Vault& vault;
  const Owners& owners;
  const Clock& clock;
};

// Adds /api/v1/photos… (contract/openapi.yaml).
void add_routes(http::Router& router, const ApiParts& parts);

// How pictures come in by tus: Upload-Metadata names the picture (`photo`, its id), and may name its `sha256` in hexadecimal.
uploads::Hooks upload_hooks(const ApiParts& parts);

}  // namespace wujin::photos
