// Time spans and times between C++ and the wire.
#pragma once

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <chrono>

namespace chathub::sdk {

std::chrono::milliseconds FromProto(const google::protobuf::Duration& duration);
std::chrono::system_clock::time_point FromProto(const google::protobuf::Timestamp& timestamp);
google::protobuf::Duration ToProto(std::chrono::milliseconds time);
google::protobuf::Timestamp ToProto(std::chrono::system_clock::time_point time);

}  // namespace chathub::sdk
