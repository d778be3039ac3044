#include "hub/rpc/statuses.h"

#include <string>

#include "chathub/internal/rpc_status.pb.h"
#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/problems.h"

namespace chathub {

grpc::Status ToGrpc(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  std::string text(status.message());
  v1::Problem problem = ToProblem(status);
  if (problem.reason() == v1::REASON_OUR_FAULT) {
    Log(LogLevel::kError, "our fault", {{"why", text}});
    text = "a fault of the hub; its log has the detail";
    problem.set_detail(text);
  }
  internal::RpcStatus details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(text);
  details.add_details()->PackFrom(problem);
  return {static_cast<grpc::StatusCode>(status.code()), text, details.SerializeAsString()};
}

}  // namespace chathub
