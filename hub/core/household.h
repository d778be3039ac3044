// What every session is called and where it finds the others.
#pragma once

#include <string>

#include "hub/base/loop.h"
#include "hub/core/directory.h"
#include "hub/core/rejoining.h"
#include "hub/core/room_book.h"
#include "hub/core/route_book.h"
#include "hub/core/user_book.h"

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
