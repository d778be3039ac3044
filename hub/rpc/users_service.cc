#include "hub/rpc/users_service.h"

#include <utility>

#include "chathub/v1/users.pb.h"
#include "hub/rpc/pages.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

absl::StatusOr<v1::GetUserResponse> Get(const Hub& hub, const v1::GetUserRequest& request) {
  auto user = hub.users().Get(request.id());
  if (!user.ok()) return user.status();
  v1::GetUserResponse response;
  *response.mutable_user() = *std::move(user);
  return response;
}

v1::FindUsersResponse Find(const Hub& hub, const v1::FindUsersRequest& request) {
  v1::FindUsersResponse response;
  for (v1::User& user : hub.users().Find(request.name(), request.adapter())) {
    *response.add_users() = std::move(user);
  }
  return response;
}

v1::ListUsersResponse List(const Hub& hub, const v1::ListUsersRequest& request) {
  const std::size_t count = PageSize(request.page_size());
  v1::ListUsersResponse response;
  auto users = hub.users().List(request.adapter(), request.page_token(), count + 1);
  response.set_next_page_token(CutPage(users, count));
  for (v1::User& user : users) *response.add_users() = std::move(user);
  return response;
}

// For those with the right `users`.
template <class Request, class Response, class Answer>
void ServeMethod(Desk& desk, const char* path, Answer answer) {
  auto method = [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                          Reply<Response> reply) {
    const absl::Status status = caller.pass.Need(Right::kUsers, "ask for users");
    if (!status.ok()) return reply(status);
    reply(answer(hub, request));
  };
  Serve<Request, Response>(desk, path, std::move(method));
}

}  // namespace

void ServeUsers(Desk& desk) {
  ServeMethod<v1::GetUserRequest, v1::GetUserResponse>(desk, "/chathub.v1.Users/GetUser", Get);
  ServeMethod<v1::FindUsersRequest, v1::FindUsersResponse>(desk, "/chathub.v1.Users/FindUsers",
                                                           Find);
  ServeMethod<v1::ListUsersRequest, v1::ListUsersResponse>(desk, "/chathub.v1.Users/ListUsers",
                                                           List);
}

}  // namespace chathub
