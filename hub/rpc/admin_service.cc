#include "hub/rpc/admin_service.h"

#include <memory>
#include <utility>

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

using Service = v1::Admin::AsyncService;

absl::Status CheckAdmin(const Caller& caller) {
  return caller.pass.Need(Right::kAdmin, "administer the hub");
}

// A method that is answered at once.
template <class Request, class Response, class Ask, class Answer>
void ServeAdminMethod(Service& service, Ask ask, Desk& desk, Answer answer) {
  Serve<Service, Request, Response>(
      service, ask, desk,
      [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                Reply<Response> reply) {
        if (absl::Status status = CheckAdmin(caller); !status.ok()) return reply(status);
        reply(answer(hub, request));
      });
}

// A method that is answered when what it changes is kept.
template <class Request, class Response, class Ask, class Change>
void ServeAdminChange(Service& service, Ask ask, Desk& desk, Change change) {
  Serve<Service, Request, Response>(
      service, ask, desk,
      [&hub = desk.hub, &loop = desk.loop, change](const Caller& caller, const Request& request,
                                                   Reply<Response> reply) {
        if (absl::Status status = CheckAdmin(caller); !status.ok()) return reply(status);
        auto kept = KeptReply<Response>::Make(loop, std::move(reply));
        kept->Settle(change(hub, caller.peer, request, kept->NewDuty()));
      });
}

// A method of a later version.
template <class Request, class Response, class Ask>
void ServeNothing(Service& service, Ask ask, Desk& desk) {
  ServeAdminMethod<Request, Response>(
      service, ask, desk, [](Hub&, const Request&) -> absl::StatusOr<Response> {
        return Fail(Reason::kUnsupported, "this hub cannot do that yet");
      });
}

void ServeTail(Service& service, Desk& desk) {
  ServeStream<v1::TailRequest, v1::TailResponse>(
      service, &Service::RequestTail, desk,
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

void ServeAdmin(Service& service, Desk& desk) {
  ServeTail(service, desk);
  ServeAdminMethod<v1::GetStatusRequest, v1::GetStatusResponse>(
      service, &Service::RequestGetStatus, desk,
      [](Hub& hub, const v1::GetStatusRequest&) { return hub.GetStatus(); });
  ServeAdminMethod<v1::ListPeersRequest, v1::ListPeersResponse>(
      service, &Service::RequestListPeers, desk,
      [](Hub& hub, const v1::ListPeersRequest&) { return hub.ListPeers(); });
  ServeAdminMethod<v1::ListKeptRoutesRequest, v1::ListKeptRoutesResponse>(
      service, &Service::RequestListKeptRoutes, desk,
      [](Hub& hub, const v1::ListKeptRoutesRequest& request) {
        return hub.ListKeptRoutes(request);
      });
  ServeAdminMethod<v1::ExplainMessageRequest, v1::ExplainMessageResponse>(
      service, &Service::RequestExplainMessage, desk, Explain);

  ServeAdminMethod<v1::ListDeadLettersRequest, v1::ListDeadLettersResponse>(
      service, &Service::RequestListDeadLetters, desk,
      [](Hub& hub, const auto& request) { return ListDeadLetters(hub.dead_letters(), request); });
  ServeAdminMethod<v1::GetDeadLetterRequest, v1::GetDeadLetterResponse>(
      service, &Service::RequestGetDeadLetter, desk,
      [](Hub& hub, const auto& request) { return GetDeadLetter(hub.dead_letters(), request); });
  ServeAdminMethod<v1::ReplayDeadLettersRequest, v1::ReplayDeadLettersResponse>(
      service, &Service::RequestReplayDeadLetters, desk,
      [](Hub& hub, const auto& request) { return ReplayDeadLetters(hub.dead_letters(), request); });
  ServeAdminMethod<v1::DropDeadLettersRequest, v1::DropDeadLettersResponse>(
      service, &Service::RequestDropDeadLetters, desk,
      [](Hub& hub, const auto& request) { return DropDeadLetters(hub.dead_letters(), request); });
  ServeAdminChange<v1::AddTokenRequest, v1::AddTokenResponse>(service, &Service::RequestAddToken,
                                                              desk, AddToken);
  ServeAdminChange<v1::RevokeTokenRequest, v1::RevokeTokenResponse>(
      service, &Service::RequestRevokeToken, desk, RevokeToken);
  ServeAdminMethod<v1::ListTokensRequest, v1::ListTokensResponse>(
      service, &Service::RequestListTokens, desk,
      [](Hub& hub, const auto&) { return hub.tokens().List(); });
  ServeAdminChange<v1::AddToGroupRequest, v1::AddToGroupResponse>(
      service, &Service::RequestAddToGroup, desk, AddToGroup);
  ServeAdminChange<v1::RemoveFromGroupRequest, v1::RemoveFromGroupResponse>(
      service, &Service::RequestRemoveFromGroup, desk, RemoveFromGroup);
  ServeAdminMethod<v1::ListGroupsRequest, v1::ListGroupsResponse>(
      service, &Service::RequestListGroups, desk,
      [](Hub& hub, const auto& request) { return hub.groups().List(request); });
  ServeGatewayAdmin(service, desk);
  ServeNothing<v1::ReloadRequest, v1::ReloadResponse>(service, &Service::RequestReload, desk);
}

}  // namespace chathub
