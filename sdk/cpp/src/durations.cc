#include "durations.h"

namespace chathub::sdk {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;

milliseconds FromProto(const google::protobuf::Duration& duration) {
  return seconds(duration.seconds()) + milliseconds(duration.nanos() / 1'000'000);
}

std::chrono::system_clock::time_point FromProto(const google::protobuf::Timestamp& timestamp) {
  return std::chrono::system_clock::time_point(duration_cast<std::chrono::system_clock::duration>(
      seconds(timestamp.seconds()) + nanoseconds(timestamp.nanos())));
}

google::protobuf::Duration ToProto(milliseconds time) {
  google::protobuf::Duration duration;
  duration.set_seconds(time.count() / 1000);
  duration.set_nanos(static_cast<int>(time.count() % 1000) * 1'000'000);
  return duration;
}

google::protobuf::Timestamp ToProto(std::chrono::system_clock::time_point time) {
  const auto since = time.time_since_epoch();
  const auto whole = std::chrono::floor<seconds>(since);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(whole.count());
  timestamp.set_nanos(static_cast<int>(duration_cast<nanoseconds>(since - whole).count()));
  return timestamp;
}

}  // namespace chathub::sdk
