// A hub that says what the test tells it to say, on a Unix socket in a data folder.
#pragma once

#include <grpcpp/grpcpp.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "chathub/v1/admin.grpc.pb.h"
#include "chathub/v1/chat.grpc.pb.h"

namespace chathub::cli {

// The answers are set before it starts. What it heard is read when the call is over.
class FakeHub final : private v1::Admin::Service, private v1::Chat::Service {
 public:
  // Puts the token and, last, the endpoints into the folder.
  void Start(const std::filesystem::path& folder, const std::string& token = "fake-token") {
    token_ = token;
    const std::string target = "unix:" + (folder / "hub.sock").string();
    grpc::ServerBuilder builder;
    builder.AddListeningPort(target, grpc::InsecureServerCredentials());
    builder.RegisterService(static_cast<v1::Admin::Service*>(this));
    builder.RegisterService(static_cast<v1::Chat::Service*>(this));
    server_ = builder.BuildAndStart();
    std::ofstream(folder / "owner-token") << "fake-token\n";
    std::ofstream(folder / "endpoints") << target << "\n";
  }

  // Every call fails with it.
  grpc::Status failure;
  v1::GetStatusResponse status;
  v1::ListPeersResponse peers;
  v1::ListKeptRoutesResponse routes;
  v1::ExplainMessageResponse explained;
  v1::TailResponse tail;
  v1::SendMessageResponse sent;

  v1::ListKeptRoutesRequest routes_request;
  v1::ExplainMessageRequest explain_request;
  v1::SendMessageRequest send_request;

 private:
  grpc::Status Check(const grpc::ServerContext& context) const {
    const auto found = context.client_metadata().find("authorization");
    const std::string token = found == context.client_metadata().end()
                                  ? ""
                                  : std::string(found->second.data(), found->second.size());
    if (token != "Bearer " + token_) return {grpc::StatusCode::UNAUTHENTICATED, "who are you"};
    return failure;
  }

  template <typename Value>
  grpc::Status Answer(const grpc::ServerContext& context, const Value& answer,
                      Value* response) const {
    *response = answer;
    return Check(context);
  }

  grpc::Status GetStatus(grpc::ServerContext* context, const v1::GetStatusRequest*,
                         v1::GetStatusResponse* response) override {
    return Answer(*context, status, response);
  }

  grpc::Status ListPeers(grpc::ServerContext* context, const v1::ListPeersRequest*,
                         v1::ListPeersResponse* response) override {
    return Answer(*context, peers, response);
  }

  grpc::Status ListKeptRoutes(grpc::ServerContext* context,
                              const v1::ListKeptRoutesRequest* request,
                              v1::ListKeptRoutesResponse* response) override {
    routes_request = *request;
    return Answer(*context, routes, response);
  }

  grpc::Status ExplainMessage(grpc::ServerContext* context,
                              const v1::ExplainMessageRequest* request,
                              v1::ExplainMessageResponse* response) override {
    explain_request = *request;
    return Answer(*context, explained, response);
  }

  grpc::Status Tail(grpc::ServerContext* context, const v1::TailRequest*,
                    grpc::ServerWriter<v1::TailResponse>* writer) override {
    writer->Write(tail);
    return Check(*context);
  }

  grpc::Status SendMessage(grpc::ServerContext* context, const v1::SendMessageRequest* request,
                           v1::SendMessageResponse* response) override {
    send_request = *request;
    return Answer(*context, sent, response);
  }

  std::string token_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace chathub::cli
