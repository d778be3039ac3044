#include "tests/sdk/fake_hub.h"

namespace chathub {
namespace {

std::string Header(const grpc::CallbackServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return {};
  return {found->second.data(), found->second.size()};
}

// What this call is answered; under the lock.
grpc::Status Answer(FakeHub::Unary& unary, const grpc::CallbackServerContext& context) {
  unary.peer = Header(context, "chathub-peer");
  unary.authorization = Header(context, "authorization");
  if (unary.failures == 0) return grpc::Status::OK;
  --unary.failures;
  return unary.failure;
}

}  // namespace

FakeHub::FakeHub() { Listen(); }

FakeHub::~FakeHub() {
  Die();
  handlers_.streams.AwaitDone();
  adapters_.streams.AwaitDone();
}

void FakeHub::Listen() {
  const std::string target = "unix:" + folder_.path() + "/hub.sock";
  grpc::ServerBuilder builder;
  builder.AddListeningPort(target, grpc::InsecureServerCredentials());
  builder.RegisterService(&handlers_);
  builder.RegisterService(&adapters_);
  builder.RegisterService(&chat_);
  for (grpc::Service* service : more_) builder.RegisterService(service);
  server_ = builder.BuildAndStart();
  folder_.Write("owner-token", std::string(kToken) + "\n");
  folder_.Write("endpoints", target + "\n");
}

void FakeHub::Die() {
  if (!server_) return;
  std::filesystem::remove(folder_.path() + "/endpoints");
  server_->Shutdown(std::chrono::system_clock::now());
  server_->Wait();
  server_.reset();
}

grpc::ServerUnaryReactor* FakeHub::Handlers::ListRoutes(grpc::CallbackServerContext* context,
                                                        const v1::ListRoutesRequest* request,
                                                        v1::ListRoutesResponse* response) {
  std::lock_guard lock(unary.mutex);
  unary.listed.push_back(*request);
  *response = unary.routes;
  auto* reactor = context->DefaultReactor();
  reactor->Finish(Answer(unary, *context));
  return reactor;
}

grpc::ServerUnaryReactor* FakeHub::Chat::SendMessage(grpc::CallbackServerContext* context,
                                                     const v1::SendMessageRequest* request,
                                                     v1::SendMessageResponse* response) {
  std::lock_guard lock(unary.mutex);
  unary.sent.push_back(*request);
  response->set_key("key-of-" + request->request_id());
  auto* reactor = context->DefaultReactor();
  reactor->Finish(Answer(unary, *context));
  return reactor;
}

}  // namespace chathub
