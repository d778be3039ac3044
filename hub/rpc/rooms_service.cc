#include "hub/rpc/rooms_service.h"

#include <utility>

#include "chathub/v1/rooms.pb.h"
#include "hub/rpc/pages.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

absl::StatusOr<v1::GetRoomResponse> Get(const Hub& hub, const v1::GetRoomRequest& request) {
  auto room = hub.rooms().Get(request.id());
  if (!room.ok()) return room.status();
  v1::GetRoomResponse response;
  *response.mutable_room() = *std::move(room);
  return response;
}

v1::FindRoomsResponse Find(const Hub& hub, const v1::FindRoomsRequest& request) {
  v1::FindRoomsResponse response;
  for (v1::Room& room : hub.rooms().Find(request.name(), request.adapter())) {
    *response.add_rooms() = std::move(room);
  }
  return response;
}

v1::ListRoomsResponse List(const Hub& hub, const v1::ListRoomsRequest& request) {
  const std::size_t count = PageSize(request.page_size());
  v1::ListRoomsResponse response;
  auto rooms =
      hub.rooms().List(request.adapter(), request.joined(), request.page_token(), count + 1);
  response.set_next_page_token(CutPage(rooms, count));
  for (v1::Room& room : rooms) *response.add_rooms() = std::move(room);
  return response;
}

// For those with the right `users`.
template <class Request, class Response, class Answer>
void ServeMethod(Desk& desk, const char* path, Answer answer) {
  auto method = [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                          Reply<Response> reply) {
    const absl::Status status = caller.pass.Need(Right::kUsers, "ask for rooms");
    if (!status.ok()) return reply(status);
    reply(answer(hub, request));
  };
  Serve<Request, Response>(desk, path, std::move(method));
}

}  // namespace

void ServeRooms(Desk& desk) {
  ServeMethod<v1::GetRoomRequest, v1::GetRoomResponse>(desk, "/chathub.v1.Rooms/GetRoom", Get);
  ServeMethod<v1::FindRoomsRequest, v1::FindRoomsResponse>(desk, "/chathub.v1.Rooms/FindRooms",
                                                           Find);
  ServeMethod<v1::ListRoomsRequest, v1::ListRoomsResponse>(desk, "/chathub.v1.Rooms/ListRooms",
                                                           List);
}

}  // namespace chathub
