#include "chathub/people.h"

#include "chathub/v1/rooms.grpc.pb.h"
#include "chathub/v1/users.grpc.pb.h"
#include "to_wire.h"
#include "unary_calls.h"
#include "utf8.h"

namespace chathub {

Result<User> Users::Get(std::string_view id) {
  v1::GetUserRequest request;
  request.set_id(sdk::ToUtf8(id));
  v1::GetUserResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Users::NewStub(channel)->GetUser(&context, request, &response);
  });
  if (problem) return *problem;
  return sdk::FromProto(response.user());
}

Result<std::vector<User>> Users::Find(std::string_view name, std::string_view adapter) {
  v1::FindUsersRequest request;
  request.set_name(sdk::ToUtf8(name));
  request.set_adapter(sdk::ToUtf8(adapter));
  v1::FindUsersResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Users::NewStub(channel)->FindUsers(&context, request, &response);
  });
  if (problem) return *problem;
  std::vector<User> users;
  for (const v1::User& user : response.users()) users.push_back(sdk::FromProto(user));
  return users;
}

Result<UserPage> Users::List(std::string_view adapter, std::string_view after) {
  v1::ListUsersRequest request;
  request.set_adapter(sdk::ToUtf8(adapter));
  request.set_page_token(sdk::ToUtf8(after));
  v1::ListUsersResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Users::NewStub(channel)->ListUsers(&context, request, &response);
  });
  if (problem) return *problem;
  UserPage page{.users = {}, .next = response.next_page_token()};
  for (const v1::User& user : response.users()) page.users.push_back(sdk::FromProto(user));
  return page;
}

Result<Room> Rooms::Get(std::string_view id) {
  v1::GetRoomRequest request;
  request.set_id(sdk::ToUtf8(id));
  v1::GetRoomResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Rooms::NewStub(channel)->GetRoom(&context, request, &response);
  });
  if (problem) return *problem;
  return sdk::FromProto(response.room());
}

Result<std::vector<Room>> Rooms::Find(std::string_view name, std::string_view adapter) {
  v1::FindRoomsRequest request;
  request.set_name(sdk::ToUtf8(name));
  request.set_adapter(sdk::ToUtf8(adapter));
  v1::FindRoomsResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Rooms::NewStub(channel)->FindRooms(&context, request, &response);
  });
  if (problem) return *problem;
  std::vector<Room> rooms;
  for (const v1::Room& room : response.rooms()) rooms.push_back(sdk::FromProto(room));
  return rooms;
}

Result<RoomPage> Rooms::List(std::string_view adapter, std::string_view after) {
  return ListSome(adapter, after, false);
}

Result<RoomPage> Rooms::ListJoined(std::string_view adapter, std::string_view after) {
  return ListSome(adapter, after, true);
}

Result<RoomPage> Rooms::ListSome(std::string_view adapter, std::string_view after, bool joined) {
  v1::ListRoomsRequest request;
  request.set_adapter(sdk::ToUtf8(adapter));
  request.set_page_token(sdk::ToUtf8(after));
  request.set_joined(joined);
  v1::ListRoomsResponse response;
  const auto problem = calls_.Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Rooms::NewStub(channel)->ListRooms(&context, request, &response);
  });
  if (problem) return *problem;
  RoomPage page{.rooms = {}, .next = response.next_page_token()};
  for (const v1::Room& room : response.rooms()) page.rooms.push_back(sdk::FromProto(room));
  return page;
}

}  // namespace chathub
