#include "hub/rpc/reflection_answers.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/support/status.h>

#include <set>
#include <string>
#include <vector>

#include "chathub/v1/adapters.grpc.pb.h"
#include "chathub/v1/admin.grpc.pb.h"
#include "chathub/v1/chat.grpc.pb.h"
#include "chathub/v1/handlers.grpc.pb.h"
#include "chathub/v1/rooms.grpc.pb.h"
#include "chathub/v1/store.grpc.pb.h"
#include "chathub/v1/users.grpc.pb.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "grpc/reflection/v1alpha/reflection.grpc.pb.h"
#include "oco/robot.grpc.pb.h"

namespace chathub {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::DescriptorPool;
using google::protobuf::FieldDescriptor;
using google::protobuf::FileDescriptor;
using grpc::reflection::v1alpha::ServerReflectionRequest;
using grpc::reflection::v1alpha::ServerReflectionResponse;

const DescriptorPool& Pool() { return *DescriptorPool::generated_pool(); }

void ListServices(ServerReflectionResponse& response) {
  for (const char* name : {v1::Adapters::service_full_name(), v1::Admin::service_full_name(),
                           v1::Chat::service_full_name(), v1::Handlers::service_full_name(),
                           v1::Rooms::service_full_name(), v1::Store::service_full_name(),
                           v1::Users::service_full_name(), oco::Robot::service_full_name(),
                           grpc::health::v1::Health::service_full_name(),
                           grpc::reflection::v1alpha::ServerReflection::service_full_name()}) {
    response.mutable_list_services_response()->add_service()->set_name(name);
  }
}

void SayNotFound(ServerReflectionResponse& response) {
  response.mutable_error_response()->set_error_code(grpc::StatusCode::NOT_FOUND);
  response.mutable_error_response()->set_error_message("the hub has nothing of this name");
}

// With all that it imports, each once.
void AddFile(const FileDescriptor& file, std::set<const FileDescriptor*>& added,
             ServerReflectionResponse& response) {
  if (!added.insert(&file).second) return;
  google::protobuf::FileDescriptorProto proto;
  file.CopyTo(&proto);
  *response.mutable_file_descriptor_response()->add_file_descriptor_proto() =
      proto.SerializeAsString();
  for (int i = 0; i < file.dependency_count(); ++i) AddFile(*file.dependency(i), added, response);
}

void SayFile(const FileDescriptor* file, ServerReflectionResponse& response) {
  std::set<const FileDescriptor*> added;
  file == nullptr ? SayNotFound(response) : AddFile(*file, added, response);
}

const FileDescriptor* FileOfExtension(const std::string& type, int number) {
  const Descriptor* message = Pool().FindMessageTypeByName(type);
  if (message == nullptr) return nullptr;
  const FieldDescriptor* extension = Pool().FindExtensionByNumber(message, number);
  return extension == nullptr ? nullptr : extension->file();
}

void SayExtensions(const std::string& type, ServerReflectionResponse& response) {
  const Descriptor* message = Pool().FindMessageTypeByName(type);
  if (message == nullptr) return SayNotFound(response);
  auto& answer = *response.mutable_all_extension_numbers_response();
  answer.set_base_type_name(type);
  std::vector<const FieldDescriptor*> extensions;
  Pool().FindAllExtensions(message, &extensions);
  for (const FieldDescriptor* extension : extensions) {
    answer.add_extension_number(extension->number());
  }
}

}  // namespace

ServerReflectionResponse AnswerReflection(const ServerReflectionRequest& request) {
  ServerReflectionResponse response;
  response.set_valid_host(request.host());
  *response.mutable_original_request() = request;
  switch (request.message_request_case()) {
    case ServerReflectionRequest::kFileByFilename:
      SayFile(Pool().FindFileByName(request.file_by_filename()), response);
      break;
    case ServerReflectionRequest::kFileContainingSymbol:
      SayFile(Pool().FindFileContainingSymbol(request.file_containing_symbol()), response);
      break;
    case ServerReflectionRequest::kFileContainingExtension:
      SayFile(FileOfExtension(request.file_containing_extension().containing_type(),
                              request.file_containing_extension().extension_number()),
              response);
      break;
    case ServerReflectionRequest::kAllExtensionNumbersOfType:
      SayExtensions(request.all_extension_numbers_of_type(), response);
      break;
    case ServerReflectionRequest::kListServices:
      ListServices(response);
      break;
    case ServerReflectionRequest::MESSAGE_REQUEST_NOT_SET:
      response.mutable_error_response()->set_error_code(grpc::StatusCode::INVALID_ARGUMENT);
      response.mutable_error_response()->set_error_message("nothing was asked");
      break;
  }
  return response;
}

}  // namespace chathub
