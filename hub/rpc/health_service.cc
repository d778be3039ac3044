#include "hub/rpc/health_service.h"

#include <memory>
#include <optional>
#include <utility>

#include "hub/base/errors.h"
#include "hub/rpc/unary.h"

namespace chathub {
namespace {

using grpc::health::v1::HealthCheckRequest;
using grpc::health::v1::HealthCheckResponse;

HealthCheckResponse StatusOf(const Health& health) {
  HealthCheckResponse response;
  response.set_status(health.serving() ? HealthCheckResponse::SERVING
                                       : HealthCheckResponse::NOT_SERVING);
  return response;
}

// There is one status, that of the whole server.
class Watcher final : public Source<HealthCheckResponse> {
 public:
  Watcher(Health& health, bool known, Outlet& outlet)
      : health_(health), known_(known), outlet_(outlet) {
    health_.watchers.insert(&outlet_);
  }
  ~Watcher() override { health_.watchers.erase(&outlet_); }

  bool Next(HealthCheckResponse& response) override {
    response = StatusOf(health_);
    if (!known_) response.set_status(HealthCheckResponse::SERVICE_UNKNOWN);
    return std::exchange(said_, response.status()) != response.status();
  }
  void Written(bool) override {}

 private:
  Health& health_;
  const bool known_;
  Outlet& outlet_;
  std::optional<HealthCheckResponse::ServingStatus> said_;
};

}  // namespace

void Health::Serve(Desk& desk) {
  chathub::Serve<HealthCheckRequest, HealthCheckResponse>(
      desk, "/grpc.health.v1.Health/Check",
      [this](const Caller&, const HealthCheckRequest& request, Reply<HealthCheckResponse> reply) {
        if (request.service().empty()) return reply(StatusOf(*this));
        reply(Fail(Reason::kNoSuchPeer, "only the whole hub has a health; leave the name empty"));
      });
  ServeStream<HealthCheckRequest, HealthCheckResponse>(
      desk, "/grpc.health.v1.Health/Watch",
      [this](const Caller&, const HealthCheckRequest& request,
             Outlet& outlet) -> absl::StatusOr<std::unique_ptr<Source<HealthCheckResponse>>> {
        return std::make_unique<Watcher>(*this, request.service().empty(), outlet);
      });
}

void Health::SayNotServing() {
  serving_ = false;
  for (Outlet* watcher : watchers) watcher->Ring();
}

}  // namespace chathub
