#include "hub/rpc/admin_service.h"

#include <memory>
#include <utility>

#include "chathub/v1/admin.pb.h"
#include "hub/base/errors.h"
#include "hub/rpc/credential_methods.h"
#include "hub/rpc/dead_letter_methods.h"
#include "hub/rpc/gateway_admin.h"
#include "hub/rpc/kept_reply.h"
#include "hub/rpc/server_stream.h"
#include "hub/rpc/tail_watcher.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

absl::Status CheckAdmin(const Caller& caller) {
  return caller.pass.Need(Right::kAdmin, "administer the hub");
}

// A method that is answered at once.
template <class Request, class Response, class Answer>
void ServeAdminMethod(Desk& desk, const char* path, Answer answer) {
  auto method = [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                          Reply<Response> reply) {
    if (absl::Status status = CheckAdmin(caller); !status.ok()) return reply(status);
    reply(answer(hub, request));
  };
  Serve<Request, Response>(desk, path, std::move(method));
}

// A method that is answered when what it changes is kept.
template <class Request, class Response, class Change>
void ServeAdminChange(Desk& desk, const char* path, Change change) {
  auto method = [&hub = desk.hub, &loop = desk.loop, change](
                    const Caller& caller, const Request& request, Reply<Response> reply) {
    if (absl::Status status = CheckAdmin(caller); !status.ok()) return reply(status);
    auto kept = KeptReply<Response>::Make(loop, std::move(reply));
    kept->Settle(change(hub, caller.peer, request, kept->NewDuty()));
  };
  Serve<Request, Response>(desk, path, std::move(method));
}

// A method of a later version.
template <class Request, class Response>
void ServeNothing(Desk& desk, const char* path) {
  ServeAdminMethod<Request, Response>(
      desk, path, [](Hub&, const Request&) -> absl::StatusOr<Response> {
        return Fail(Reason::kUnsupported, "this hub cannot do that yet");
      });
}

void ServeTail(Desk& desk) {
  ServeStream<v1::TailRequest, v1::TailResponse>(
      desk, "/chathub.v1.Admin/Tail",
      [&tail = desk.hub.tail()](const Caller& caller, const v1::TailRequest&, Outlet& outlet)
          -> absl::StatusOr<std::unique_ptr<Source<v1::TailResponse>>> {
        if (absl::Status status = CheckAdmin(caller); !status.ok()) return status;
        return std::make_unique<TailWatcher>(tail, outlet);
      });
}

v1::ExplainMessageResponse Explain(Hub& hub, const v1::ExplainMessageRequest& request) {
  const Heard heard = hub.router().HearText(request.text(), request.conversation());
  v1::ExplainMessageResponse response;
  response.set_addressed(heard.addressed);
  response.set_text(std::string(heard.text));
  for (const Verdict& verdict : hub.router().Explain(heard.text, heard.addressed, request.user())) {
    v1::RouteVerdict& wire = *response.add_verdicts();
    wire.set_handler(verdict.set->handler());
    wire.set_route(verdict.route->id());
    wire.set_reached(verdict.reached);
    wire.set_why(verdict.why);
  }
  return response;
}

}  // namespace

void ServeAdmin(Desk& desk) {
  ServeTail(desk);
  ServeAdminMethod<v1::GetStatusRequest, v1::GetStatusResponse>(
      desk, "/chathub.v1.Admin/GetStatus",
      [](Hub& hub, const v1::GetStatusRequest&) { return hub.GetStatus(); });
  ServeAdminMethod<v1::ListPeersRequest, v1::ListPeersResponse>(
      desk, "/chathub.v1.Admin/ListPeers",
      [](Hub& hub, const v1::ListPeersRequest&) { return hub.ListPeers(); });
  ServeAdminMethod<v1::ListKeptRoutesRequest, v1::ListKeptRoutesResponse>(
      desk, "/chathub.v1.Admin/ListKeptRoutes",
      [](Hub& hub, const v1::ListKeptRoutesRequest& request) {
        return hub.ListKeptRoutes(request);
      });
  ServeAdminMethod<v1::ExplainMessageRequest, v1::ExplainMessageResponse>(
      desk, "/chathub.v1.Admin/ExplainMessage", Explain);

  ServeAdminMethod<v1::ListDeadLettersRequest, v1::ListDeadLettersResponse>(
      desk, "/chathub.v1.Admin/ListDeadLetters",
      [](Hub& hub, const auto& request) { return ListDeadLetters(hub.dead_letters(), request); });
  ServeAdminMethod<v1::GetDeadLetterRequest, v1::GetDeadLetterResponse>(
      desk, "/chathub.v1.Admin/GetDeadLetter",
      [](Hub& hub, const auto& request) { return GetDeadLetter(hub.dead_letters(), request); });
  ServeAdminMethod<v1::ReplayDeadLettersRequest, v1::ReplayDeadLettersResponse>(
      desk, "/chathub.v1.Admin/ReplayDeadLetters",
      [](Hub& hub, const auto& request) { return ReplayDeadLetters(hub.dead_letters(), request); });
  ServeAdminMethod<v1::DropDeadLettersRequest, v1::DropDeadLettersResponse>(
      desk, "/chathub.v1.Admin/DropDeadLetters",
      [](Hub& hub, const auto& request) { return DropDeadLetters(hub.dead_letters(), request); });
  ServeAdminChange<v1::AddTokenRequest, v1::AddTokenResponse>(desk, "/chathub.v1.Admin/AddToken",
                                                              AddToken);
  ServeAdminChange<v1::RevokeTokenRequest, v1::RevokeTokenResponse>(
      desk, "/chathub.v1.Admin/RevokeToken", RevokeToken);
  ServeAdminMethod<v1::ListTokensRequest, v1::ListTokensResponse>(
      desk, "/chathub.v1.Admin/ListTokens",
      [](Hub& hub, const auto&) { return hub.tokens().List(); });
  ServeAdminChange<v1::AddToGroupRequest, v1::AddToGroupResponse>(
      desk, "/chathub.v1.Admin/AddToGroup", AddToGroup);
  ServeAdminChange<v1::RemoveFromGroupRequest, v1::RemoveFromGroupResponse>(
      desk, "/chathub.v1.Admin/RemoveFromGroup", RemoveFromGroup);
  ServeAdminMethod<v1::ListGroupsRequest, v1::ListGroupsResponse>(
      desk, "/chathub.v1.Admin/ListGroups",
      [](Hub& hub, const auto& request) { return hub.groups().List(request); });
  ServeGatewayAdmin(desk);
  ServeNothing<v1::ReloadRequest, v1::ReloadResponse>(desk, "/chathub.v1.Admin/Reload");
}

}  // namespace chathub
