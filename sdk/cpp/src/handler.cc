#include "chathub/handler.h"

#include <utility>

#include "handler_core.h"
#include "to_wire.h"
#include "utf8.h"

namespace chathub {

Handler::Handler(std::string name, HandlerOptions options)
    : core_(std::make_shared<sdk::HandlerCore>(name, std::move(options))),
      chat_(std::make_unique<Chat>(core_->calls())),
      store_(std::make_unique<Store>(core_->calls())),
      users_(std::make_unique<Users>(core_->calls())),
      rooms_(std::make_unique<Rooms>(core_->calls())) {}

Handler::~Handler() = default;

void Handler::Route(std::string pattern, Function function, RouteOptions options) {
  v1::Route route = NewRoute(options);
  route.set_pattern(std::move(pattern));
  core_->AddRoute(std::move(route), std::move(function), options.concurrency);
}

void Handler::Command(std::string word, Function function, RouteOptions options) {
  if (options.id.empty()) options.id = word;
  if (!options.addressed_only) options.addressed_only = true;
  v1::Route route = NewRoute(options);
  for (const Argument& argument : options.arguments) {
    *route.mutable_command()->add_arguments() = sdk::ToProto(argument);
  }
  route.mutable_command()->set_word(std::move(word));
  core_->AddRoute(std::move(route), std::move(function), options.concurrency);
}

void Handler::On(EventKind kind, Function function, RouteOptions options) {
  v1::Route route = NewRoute(options);
  route.set_event(static_cast<v1::EventKind>(kind));
  core_->AddRoute(std::move(route), std::move(function), options.concurrency);
}

v1::Route Handler::NewRoute(const RouteOptions& options) const {
  v1::Route route = sdk::ToProto(options);
  if (options.id.empty()) route.set_id("route-" + std::to_string(core_->route_count() + 1));
  return route;
}

void Handler::OnPosted(std::function<void(const Posted&)> function) {
  core_->set_on_posted(std::move(function));
}

int Handler::Run() { return core_->Run(); }

void Handler::Stop() { core_->Stop(); }

Chat& Handler::chat() { return *chat_; }

Store& Handler::store() { return *store_; }

Users& Handler::users() { return *users_; }

Rooms& Handler::rooms() { return *rooms_; }

Result<std::vector<RouteListing>> Handler::ListRoutes(const Message& message,
                                                      std::string_view search) {
  v1::ListRoutesRequest request;
  *request.mutable_user() = message.Delivery().event().user();
  *request.mutable_conversation() = message.Delivery().event().conversation();
  request.set_search(sdk::ToUtf8(search));
  v1::ListRoutesResponse response;
  const auto problem = core_->calls().Try([&](auto channel, grpc::ClientContext& context) {
    return v1::Handlers::NewStub(channel)->ListRoutes(&context, request, &response);
  });
  if (problem) return *problem;
  std::vector<RouteListing> listings;
  for (const v1::RouteListing& route : response.routes()) {
    listings.push_back(sdk::FromProto(route));
  }
  return listings;
}

}  // namespace chathub
