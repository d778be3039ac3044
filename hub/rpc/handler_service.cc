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

void ServeHandlers(Desk& desk) {
  ServePeers<HandlerKind>(desk, "/chathub.v1.Handlers/Attach");
  Serve<v1::RegisterRoutesRequest, v1::RegisterRoutesResponse>(
      desk, "/chathub.v1.Handlers/RegisterRoutes",
      [&hub = desk.hub](const Caller& caller, const v1::RegisterRoutesRequest& request,
                        Reply<v1::RegisterRoutesResponse> reply) {
        RegisterRoutes(hub, caller, request, std::move(reply));
      });
  Serve<v1::ListRoutesRequest, v1::ListRoutesResponse>(
      desk, "/chathub.v1.Handlers/ListRoutes",
      [&hub = desk.hub](const Caller&, const v1::ListRoutesRequest& request,
                        Reply<v1::ListRoutesResponse> reply) { reply(hub.ListRoutes(request)); });
}

}  // namespace chathub
