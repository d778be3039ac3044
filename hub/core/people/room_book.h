// Where the chat takes place, as the adapters told, and where the bot is to be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "chathub/internal/envelope.pb.h"
#include "chathub/v1/adapters.pb.h"
#include "hub/core/people/roster.h"

namespace chathub {

// Written only when something changed.
class RoomBook {
 public:
  RoomBook(std::size_t most, Engine& engine) : rooms_(most, engine) {}

  // What an adapter tells of its own rooms; kBadFrame if one of them is not its own.
  absl::Status Told(const std::string& adapter,
                    const google::protobuf::RepeatedPtrField<v1::Room>& rooms);
  // Its room, its topic, the bot's own coming and going. What it leaves out is as it was.
  void Saw(const v1::AdapterHello& adapter, const v1::Event& event);

  // The bot is to be in this known room, whatever the adapter says of it, until it parts or leaves.
  void Want(const std::string& id);
  // What became of an order to join or part; other orders change nothing.
  void OrderDone(const v1::Order& order, const v1::Done& done);
  // The ids of the rooms that the bot is to be in.
  std::vector<std::string> ToJoin(const std::string& adapter) const;

  // All answers with the names that were left out: a name is the native id. kNoSuchPeer: nobody
  // told of it.
  absl::StatusOr<v1::Room> Get(const std::string& id) const;
  std::vector<v1::Room> Find(std::string_view name, std::string_view adapter) const;
  // Those behind the id `after`.
  std::vector<v1::Room> List(const std::string& adapter, bool joined_only, const std::string& after,
                             std::size_t limit) const;

 private:
  struct Kind {
    using Item = internal::KeptRoom;
    static constexpr char kSpace[] = "hub.rooms";
    static const std::string& IdOf(const Item& kept) { return kept.room().id(); }
    static std::vector<std::string> NamesOf(const Item& kept);
    static bool IsHeld(const Item& kept) { return kept.wanted() || kept.room().joined(); }
  };

  // As it is known, or new.
  internal::KeptRoom Known(const std::string& id) const;
  void Keep(internal::KeptRoom kept);

  Roster<Kind> rooms_;
};

}  // namespace chathub
