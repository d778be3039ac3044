#include <CLI/CLI.hpp>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "chathub/v1/admin.grpc.pb.h"
#include "hub/cli/commands.h"
#include "hub/cli/hub_client.h"
#include "hub/cli/printing.h"

namespace chathub::cli {
namespace {

constexpr std::string_view kHandlerKind = "handler/";

// What the route waits for, in a word or two.
std::string Trigger(const v1::Route& route) {
  switch (route.trigger_case()) {
    case v1::Route::kPattern:
      return "pattern " + route.pattern();
    case v1::Route::kCommand:
      return "command " + route.command().word();
    case v1::Route::kEvent:
      return "event " + v1::EventKind_Name(route.event());
    case v1::Route::TRIGGER_NOT_SET:
      break;
  }
  return "nothing";
}

void PrintRoutes(std::ostream& out, const v1::ListKeptRoutesResponse& response) {
  std::vector<TableRow> rows = {{"HANDLER", "ROUTE", "ATTACHED", "WAITS FOR", "HELP"}};
  for (const v1::RouteListing& listing : response.routes()) {
    rows.push_back({Shown(listing.handler()), Shown(listing.route().id()),
                    listing.attached() ? "yes" : "no", Shown(Trigger(listing.route())),
                    Shown(listing.route().help().description())});
  }
  PrintTable(out, rows);
}

class RoutesCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeHub(app, hub_);
    DescribeJson(app, json_);
    app.add_option("handler", handler_, "Only this handler's routes")->type_name("HANDLER");
  }

  int Run(const Outside& outside) override {
    const auto client = HubClient::Find(hub_);
    if (!client.ok()) return Complain(outside, client.status());
    const auto routes = client->Call(&v1::Admin::Stub::ListKeptRoutes, Request());
    if (!routes.ok()) return Complain(outside, routes.status());
    if (!json_) PrintRoutes(outside.out, *routes);
    for (const v1::RouteListing& listing : routes->routes()) {
      if (json_) PrintJson(outside.out, listing);
    }
    return kOk;
  }

 private:
  // Both `karma` and `handler/karma` will do.
  v1::ListKeptRoutesRequest Request() const {
    v1::ListKeptRoutesRequest request;
    const bool with_kind = handler_.starts_with(kHandlerKind);
    request.set_handler(with_kind ? handler_.substr(kHandlerKind.size()) : handler_);
    return request;
  }

  HubOptions hub_;
  bool json_ = false;
  std::string handler_;
};

}  // namespace

std::unique_ptr<Command> MakeRoutes() { return std::make_unique<RoutesCommand>(); }

}  // namespace chathub::cli
