#include "hub/rpc/gateway_admin.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

using Service = v1::Admin::AsyncService;

// `answer(hub, request, reply)` replies now or later.
template <class Request, class Response, class Ask, class Answer>
void ServeLater(Service& service, Ask ask, Desk& desk, Answer answer) {
  Serve<Service, Request, Response>(
      service, ask, desk,
      [&hub = desk.hub, answer](const Caller& caller, const Request& request,
                                Reply<Response> reply) {
        absl::Status status = caller.pass.Need(Right::kAdmin, "administer the hub");
        if (!status.ok()) return reply(status);
        answer(hub, request, std::move(reply));
      });
}

absl::Status NoGateway() {
  return Fail(Reason::kUnsupported, "no gateway is open at this hub; see `gateway.on`");
}

}  // namespace

void ServeGatewayAdmin(Service& service, Desk& desk) {
  ServeLater<v1::AddAccountRequest, v1::AddAccountResponse>(
      service, &Service::RequestAddAccount, desk,
      [](Hub& hub, const auto& request, Reply<v1::AddAccountResponse> reply) {
        hub.accounts().Add(request.name(), request.password(),
                           [reply = std::move(reply)](const absl::Status& status) mutable {
                             if (!status.ok()) return reply(status);
                             reply(v1::AddAccountResponse());
                           });
      });
  ServeLater<v1::RemoveAccountRequest, v1::RemoveAccountResponse>(
      service, &Service::RequestRemoveAccount, desk,
      [](Hub& hub, const auto& request, Reply<v1::RemoveAccountResponse> reply) {
        const absl::Status status = hub.accounts().Remove(request.name());
        if (!status.ok()) return reply(status);
        reply(v1::RemoveAccountResponse());
      });
  ServeLater<v1::ListAccountsRequest, v1::ListAccountsResponse>(
      service, &Service::RequestListAccounts, desk,
      [](Hub& hub, const auto&, Reply<v1::ListAccountsResponse> reply) {
        v1::ListAccountsResponse response;
        for (std::string& name : hub.accounts().List()) response.add_names(std::move(name));
        reply(std::move(response));
      });
  ServeLater<v1::ListBoticaBotsRequest, v1::ListBoticaBotsResponse>(
      service, &Service::RequestListBoticaBots, desk,
      [](Hub& hub, const auto&, Reply<v1::ListBoticaBotsResponse> reply) {
        if (hub.botica_bots() == nullptr) return reply(NoGateway());
        reply(hub.botica_bots()->List());
      });
  ServeLater<v1::StopBoticaBotRequest, v1::StopBoticaBotResponse>(
      service, &Service::RequestStopBoticaBot, desk,
      [](Hub& hub, const auto& request, Reply<v1::StopBoticaBotResponse> reply) {
        if (hub.botica_bots() == nullptr) return reply(NoGateway());
        hub.botica_bots()->Stop(request.id(), request.force(), std::move(reply));
      });
}

}  // namespace chathub
