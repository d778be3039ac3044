#include "hub/core/listings.h"

#include <string>

#include "hub/base/text.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

v1::RouteListing Listing(const RouteSet& set, const CompiledRoute& route,
                         const Directory& directory) {
  v1::RouteListing listing;
  listing.set_handler(set.handler());
  *listing.mutable_route() = route.route;
  const HandlerMailbox* mailbox = directory.FindHandler(set.handler());
  listing.set_attached(mailbox != nullptr && mailbox->attached());
  return listing;
}

bool Mentions(const v1::Route& route, const std::string& search) {
  for (const std::string* text : {&route.command().word(), &route.pattern(), &route.help().usage(),
                                  &route.help().description()}) {
    if (FoldCase(*text).find(search) != std::string::npos) return true;
  }
  return false;
}

v1::Peer PeerOf(const HandlerMailbox& mailbox, const Instance& instance) {
  v1::Peer peer;
  peer.set_name("handler/" + mailbox.name());
  peer.set_session(instance.session);
  *peer.mutable_attached_at() = ToTimestamp(instance.attached_at);
  peer.set_in_flight(static_cast<std::uint32_t>(instance.holds.size()));
  peer.set_waiting(mailbox.waiting());
  peer.set_revision(instance.revision);
  if (mailbox.routes() != nullptr) {
    peer.set_routes(static_cast<std::uint32_t>(mailbox.routes()->routes().size()));
  }
  peer.set_leaving(instance.leaving);
  return peer;
}

v1::Peer PeerOf(const AdapterMailbox& mailbox) {
  v1::Peer peer;
  peer.set_name("adapter/" + mailbox.name());
  peer.set_session(mailbox.session());
  *peer.mutable_attached_at() = ToTimestamp(mailbox.attached_at());
  peer.set_in_flight(static_cast<std::uint32_t>(mailbox.out()));
  peer.set_waiting(mailbox.waiting());
  peer.set_service(mailbox.hello().service());
  return peer;
}

}  // namespace

v1::ListRoutesResponse ListRoutesFor(const v1::ListRoutesRequest& request, const RouteTable& table,
                                     const Directory& directory, const Groups& groups) {
  const std::string search = FoldCase(request.search());
  v1::ListRoutesResponse response;
  for (const auto& set : table.sets()) {
    for (const CompiledRoute& route : set->routes()) {
      if (route.route.help().hidden()) continue;
      if (!groups.WhyNot(request.user(), route.route).empty()) continue;
      if (Mentions(route.route, search)) *response.add_routes() = Listing(*set, route, directory);
    }
  }
  return response;
}

v1::ListKeptRoutesResponse ListAllRoutes(const v1::ListKeptRoutesRequest& request,
                                         const RouteTable& table, const Directory& directory) {
  v1::ListKeptRoutesResponse response;
  for (const auto& set : table.sets()) {
    if (!request.handler().empty() && request.handler() != set->handler()) continue;
    for (const CompiledRoute& route : set->routes()) {
      *response.add_routes() = Listing(*set, route, directory);
    }
  }
  return response;
}

v1::ListPeersResponse ListPeers(const Directory& directory) {
  v1::ListPeersResponse response;
  for (const auto& [name, mailbox] : directory.adapters()) {
    if (mailbox->attached()) *response.add_peers() = PeerOf(*mailbox);
  }
  for (const auto& [name, mailbox] : directory.handlers()) {
    for (const auto& instance : mailbox->instances()) {
      if (instance->link != nullptr) *response.add_peers() = PeerOf(*mailbox, *instance);
    }
  }
  return response;
}

}  // namespace chathub
