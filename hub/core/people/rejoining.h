// Brings the bot back into its rooms when its adapter has started again.
#pragma once

#include <string>

#include "hub/core/mailboxes/directory.h"
#include "hub/core/mailboxes/orders.h"
#include "hub/core/people/room_book.h"
#include "hub/engine/engine.h"

namespace chathub {

class Rejoining {
 public:
  Rejoining(RoomBook& rooms, const Directory& directory, const Orders& orders, Engine& engine)
      : rooms_(rooms), directory_(directory), orders_(orders), engine_(engine) {}

  // An order to join for each room that the bot was in or was told to join, if the attached adapter
  // joins on request: one for each life of the adapter's process, and none where one waits already.
  void Begin(const std::string& adapter);

 private:
  RoomBook& rooms_;
  const Directory& directory_;
  const Orders& orders_;
  Engine& engine_;
};

}  // namespace chathub
