#include "hub/rpc/reflection_guard.h"

#include <string_view>

#include "hub/rpc/caller.h"
#include "hub/rpc/statuses.h"

namespace chathub {
namespace {

using grpc::experimental::InterceptionHookPoints;

class Guard : public grpc::experimental::Interceptor {
 public:
  Guard(grpc::ServerContextBase& context, const Reception& reception)
      : context_(context), reception_(reception) {}

  // A server cannot refuse a call from here, only cancel it.
  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA) &&
        !MayReflect(*methods)) {
      context_.TryCancel();
    }
    methods->Proceed();
  }

 private:
  bool MayReflect(grpc::experimental::InterceptorBatchMethods& methods) const {
    const auto* metadata = methods.GetRecvInitialMetadata();
    const auto found = metadata->find("authorization");
    if (found == metadata->end()) return false;
    const auto pass = reception_.Admit({found->second.data(), found->second.size()});
    return pass.ok() && pass->may(Right::kAdmin);
  }

  grpc::ServerContextBase& context_;
  const Reception& reception_;
};

class GuardFactory : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit GuardFactory(const Reception& reception) : reception_(reception) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    const std::string_view method = info->method();
    if (!method.starts_with("/grpc.reflection.")) return nullptr;
    return new Guard(*info->server_context(), reception_);
  }

 private:
  const Reception& reception_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeReflectionGuard(
    const Reception& reception) {
  return std::make_unique<GuardFactory>(reception);
}

}  // namespace chathub
