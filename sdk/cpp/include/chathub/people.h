// Whom and which rooms the hub knows. Asking needs the right `users`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/conversation.h"
#include "chathub/result.h"

namespace chathub {

namespace sdk {
class UnaryCalls;
}  // namespace sdk

struct UserPage {
  // In the order of their ids.
  std::vector<User> users = {};
  // For the next page; empty: this was the last.
  std::string next = {};
};

// Belongs to a Handler; any thread. A call waits for at most 10 s, also through a hub's restart.
class Users {
 public:
  explicit Users(sdk::UnaryCalls& calls) : calls_(calls) {}
  Users(const Users&) = delete;
  Users& operator=(const Users&) = delete;

  // By qualified id; kNoSuchPeer if no adapter told of it.
  Result<User> Get(std::string_view id);
  // By name or mention name, whatever the case of ASCII letters; at most 100. Empty adapter: of
  // any.
  Result<std::vector<User>> Find(std::string_view name, std::string_view adapter = {});
  Result<UserPage> List(std::string_view adapter = {}, std::string_view after = {});

 private:
  sdk::UnaryCalls& calls_;
};

struct RoomPage {
  std::vector<Room> rooms = {};
  std::string next = {};
};

// Likewise.
class Rooms {
 public:
  explicit Rooms(sdk::UnaryCalls& calls) : calls_(calls) {}
  Rooms(const Rooms&) = delete;
  Rooms& operator=(const Rooms&) = delete;

  Result<Room> Get(std::string_view id);
  Result<std::vector<Room>> Find(std::string_view name, std::string_view adapter = {});
  Result<RoomPage> List(std::string_view adapter = {}, std::string_view after = {});
  // Only those that the bot is in.
  Result<RoomPage> ListJoined(std::string_view adapter = {}, std::string_view after = {});

 private:
  Result<RoomPage> ListSome(std::string_view adapter, std::string_view after, bool joined);

  sdk::UnaryCalls& calls_;
};

}  // namespace chathub
