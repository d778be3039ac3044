#include "hub/rpc/gateway_admin.h"

#include <utility>

#include "chathub/v1/admin.pb.h"
#include "hub/base/errors.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

// `answer(hub, request, reply)` replies now or later.
template <class Request, class Response, class Answer>
void ServeLater(Desk& desk, const char* path, Answer answer) {
  auto method = [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                          Reply<Response> reply) {
    absl::Status status = caller.pass.Need(Right::kAdmin, "administer the hub");
    if (!status.ok()) return reply(status);
    answer(hub, request, std::move(reply));
  };
  Serve<Request, Response>(desk, path, std::move(method));
}

absl::Status NoGateway() {
  return Fail(Reason::kUnsupported, "no gateway is open at this hub; see `gateway.on`");
}

}  // namespace

void ServeGatewayAdmin(Desk& desk) {
  ServeLater<v1::AddAccountRequest, v1::AddAccountResponse>(
      desk, "/chathub.v1.Admin/AddAccount",
      [](Hub& hub, const auto& request, Reply<v1::AddAccountResponse> reply) {
        hub.accounts().Add(request.name(), request.password(),
                           [reply = std::move(reply)](const absl::Status& status) mutable {
                             if (!status.ok()) return reply(status);
                             reply(v1::AddAccountResponse());
                           });
      });
  ServeLater<v1::RemoveAccountRequest, v1::RemoveAccountResponse>(
      desk, "/chathub.v1.Admin/RemoveAccount",
      [](Hub& hub, const auto& request, Reply<v1::RemoveAccountResponse> reply) {
        const absl::Status status = hub.accounts().Remove(request.name());
        if (!status.ok()) return reply(status);
        reply(v1::RemoveAccountResponse());
      });
  ServeLater<v1::ListAccountsRequest, v1::ListAccountsResponse>(
      desk, "/chathub.v1.Admin/ListAccounts",
      [](Hub& hub, const auto&, Reply<v1::ListAccountsResponse> reply) {
        v1::ListAccountsResponse response;
        for (std::string& name : hub.accounts().List()) response.add_names(std::move(name));
        reply(std::move(response));
      });
  ServeLater<v1::ListBoticaBotsRequest, v1::ListBoticaBotsResponse>(
      desk, "/chathub.v1.Admin/ListBoticaBots",
      [](Hub& hub, const auto&, Reply<v1::ListBoticaBotsResponse> reply) {
        if (hub.botica_bots() == nullptr) return reply(NoGateway());
        reply(hub.botica_bots()->List());
      });
  ServeLater<v1::StopBoticaBotRequest, v1::StopBoticaBotResponse>(
      desk, "/chathub.v1.Admin/StopBoticaBot",
      [](Hub& hub, const auto& request, Reply<v1::StopBoticaBotResponse> reply) {
        if (hub.botica_bots() == nullptr) return reply(NoGateway());
        hub.botica_bots()->Stop(request.id(), request.force(), std::move(reply));
      });
}

}  // namespace chathub
