// What every session is called and where it finds the others.
#pragma once

#include <string>

#include "hub/base/loop.h"
#include "hub/core/mailboxes/directory.h"
#include "hub/core/people/rejoining.h"
#include "hub/core/people/room_book.h"
#include "hub/core/people/user_book.h"
#include "hub/core/routing/route_book.h"

namespace chathub {

// Owned by the Hub; outlives every session.
struct Household {
  std::string hub;  // the hub's own name
  Loop& loop;
  Directory& directory;
  RouteBook& routes;
  UserBook& users;
  RoomBook& rooms;
  Rejoining& rejoining;
  bool draining = false;  // nothing new comes in
};

}  // namespace chathub
