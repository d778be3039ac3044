// Pieces of protobuf's wire format.
#pragma once

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message_lite.h>

#include <cstddef>
#include <cstdint>
#include <string>

namespace chathub::sdk {

// What announces so many bytes of a field that is a message.
inline void AppendHead(int field, std::size_t size, std::string& bytes) {
  using google::protobuf::io::CodedOutputStream;
  constexpr std::uint32_t kWithLength = 2;
  std::uint8_t head[10];
  std::uint8_t* end = CodedOutputStream::WriteVarint32ToArray(
      static_cast<std::uint32_t>(field) << 3 | kWithLength, head);
  end = CodedOutputStream::WriteVarint32ToArray(static_cast<std::uint32_t>(size), end);
  bytes.append(reinterpret_cast<const char*>(head), static_cast<std::size_t>(end - head));
}

// With its head, for a field below 16.
inline std::size_t SizeWithHead(std::size_t size) {
  using google::protobuf::io::CodedOutputStream;
  return 1 + CodedOutputStream::VarintSize32(static_cast<std::uint32_t>(size)) + size;
}

// `size` is what message.ByteSizeLong() has just returned.
inline void AppendSized(const google::protobuf::MessageLite& message, std::size_t size,
                        std::string& bytes) {
  const std::size_t before = bytes.size();
  bytes.resize(before + size);
  message.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t*>(bytes.data() + before));
}

}  // namespace chathub::sdk
