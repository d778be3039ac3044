#include "hub/rpc/reflection_guard.h"

#include <string>
#include <string_view>
#include <utility>

#include "hub/base/log.h"
#include "hub/rpc/caller.h"

namespace chathub {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::InterceptorBatchMethods;

std::string AuthorizationIn(InterceptorBatchMethods& methods) {
  const auto* metadata = methods.GetRecvInitialMetadata();
  if (metadata->count("authorization") != 1) return {};
  const auto found = metadata->find("authorization");
  return {found->second.data(), found->second.size()};
}

// Lives as long as its call, which waits for the answer of the hub thread.
class Guard : public grpc::experimental::Interceptor {
 public:
  Guard(grpc::ServerContextBase& context, Reception& reception, Inbox& inbox)
      : context_(context), reception_(reception), inbox_(inbox) {}

  // gRPC's thread.
  void Intercept(InterceptorBatchMethods* methods) override {
    if (!methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      return methods->Proceed();
    }
    inbox_.Push([this, methods, authorization = AuthorizationIn(*methods)] {
      // A server cannot refuse a call from here, only cancel it.
      if (!MayReflect(authorization)) context_.TryCancel();
      methods->Proceed();
    });
  }

 private:
  bool MayReflect(const std::string& authorization) const {
    const std::string from = AddressOf(context_.peer());
    const auto admission = reception_.Admit(authorization, from);
    if (!admission.pass.ok()) return false;
    const absl::Status status = admission.pass->Need(Right::kAdmin, "read the hub's services");
    if (status.ok()) return true;
    Log(LogLevel::kWarning, "audit: denied",
        {{"who", admission.pass->who()},
         {"from", from},
         {"what", "grpc.reflection"},
         {"why", std::string(status.message())}});
    return false;
  }

  grpc::ServerContextBase& context_;
  Reception& reception_;
  Inbox& inbox_;
};

class GuardFactory : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  GuardFactory(Reception& reception, Inbox& inbox) : reception_(reception), inbox_(inbox) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    const std::string_view method = info->method();
    if (!method.starts_with("/grpc.reflection.")) return nullptr;
    return new Guard(*info->server_context(), reception_, inbox_);
  }

 private:
  Reception& reception_;
  Inbox& inbox_;
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> MakeReflectionGuard(
    Reception& reception, Inbox& inbox) {
  return std::make_unique<GuardFactory>(reception, inbox);
}

}  // namespace chathub
