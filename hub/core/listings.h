// What the hub tells about its routes and peers.
#pragma once

#include "chathub/v1/admin.pb.h"
#include "chathub/v1/handlers.pb.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/rights/groups.h"
#include "hub/core/routing/route_table.h"

namespace chathub {

// The routes that a user can use: hidden ones and those that need a group the user is not in are
// left out.
v1::ListRoutesResponse ListRoutesFor(const v1::ListRoutesRequest& request, const RouteTable& table,
                                     const Directory& directory, const Groups& groups);

// Every route, for administrators.
v1::ListKeptRoutesResponse ListAllRoutes(const v1::ListKeptRoutesRequest& request,
                                         const RouteTable& table, const Directory& directory);

// Every attached program, by name.
v1::ListPeersResponse ListPeers(const Directory& directory);

}  // namespace chathub
