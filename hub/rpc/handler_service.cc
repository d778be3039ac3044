#include "hub/rpc/handler_service.h"

#include <utility>

#include "hub/rpc/unary.h"

namespace chathub {
namespace {

void RegisterRoutes(Hub& hub, const Caller& caller, const v1::RegisterRoutesRequest& request,
                    Reply<v1::RegisterRoutesResponse> reply) {
  const absl::Status status = caller.pass.MayBe({PeerKind::kHandler, request.name()});
  if (!status.ok()) return reply(status);
  hub.routes().Announce(request.name(), request.revision(), request.routes(),
                        [reply = std::move(reply)](absl::StatusOr<RouteBook::Grant> grant) mutable {
                          if (!grant.ok()) return reply(grant.status());
                          v1::RegisterRoutesResponse response;
                          response.mutable_collisions()->Add(grant->collisions.begin(),
                                                             grant->collisions.end());
                          reply(std::move(response));
                        });
}

}  // namespace

void ServeHandlers(HandlerService& service, Desk& desk) {
  Stream<HandlerKind>::Accept(service, desk);
  Serve<HandlerService, v1::RegisterRoutesRequest, v1::RegisterRoutesResponse>(
      service, &HandlerService::RequestRegisterRoutes, desk,
      [&hub = desk.hub](const Caller& caller, const v1::RegisterRoutesRequest& request,
                        Reply<v1::RegisterRoutesResponse> reply) {
        RegisterRoutes(hub, caller, request, std::move(reply));
      });
  Serve<HandlerService, v1::ListRoutesRequest, v1::ListRoutesResponse>(
      service, &HandlerService::RequestListRoutes, desk,
      [&hub = desk.hub](const Caller&, const v1::ListRoutesRequest& request,
                        Reply<v1::ListRoutesResponse> reply) { reply(hub.ListRoutes(request)); });
}

}  // namespace chathub
