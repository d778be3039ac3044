#include "utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <unordered_map>
#include <vector>

namespace chathub::sdk {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

// The length of the code point at `at`, by Unicode 15 table 3-7; 0 if there is none.
std::size_t CodePointLength(std::string_view text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xc2 && lead <= 0xdf   ? 2
                             : lead >= 0xe0 && lead <= 0xef ? 3
                             : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                            : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, at + i)) return 0;
  }
  if (length < 3) return length;
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const bool overlong = (lead == 0xe0 && second < 0xa0) || (lead == 0xf0 && second < 0x90);
  const bool surrogate = lead == 0xed && second > 0x9f;
  const bool too_high = lead == 0xf4 && second > 0x8f;
  return overlong || surrogate || too_high ? 0 : length;
}

// Eight ASCII characters begin here.
bool IsAscii8(std::string_view text, std::size_t at) {
  std::uint64_t eight = 0;
  if (text.size() - at < sizeof eight) return false;
  std::memcpy(&eight, text.data() + at, sizeof eight);
  return (eight & 0x8080808080808080u) == 0;
}

// What of a message may be text: its strings, and messages that may hold some. Asking a message for
// its type takes longer than looking at its fields, so this remembers it.
struct TextFields {
  struct Field {
    const FieldDescriptor* field;
    const TextFields* message;  // null: a string
  };
  const Reflection* reflection = nullptr;
  std::vector<Field> fields;
};

bool HoldsNoText(const Descriptor& type) {
  return type.full_name() == "google.protobuf.Timestamp" ||
         type.full_name() == "google.protobuf.Duration";
}

// `prototype` is any message of the type.
const TextFields& TextFieldsOf(const Message& prototype) {
  thread_local std::unordered_map<const Descriptor*, TextFields> known;
  const Descriptor& type = *prototype.GetDescriptor();
  const auto [place, is_new] = known.try_emplace(&type);
  TextFields& found = place->second;
  if (!is_new) return found;
  found.reflection = prototype.GetReflection();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor* field = type.field(i);
    if (field->type() == FieldDescriptor::TYPE_STRING) {
      found.fields.push_back({field, nullptr});
    } else if (field->type() == FieldDescriptor::TYPE_MESSAGE &&
               !HoldsNoText(*field->message_type())) {
      const Message* inner = google::protobuf::MessageFactory::generated_factory()->GetPrototype(
          field->message_type());
      found.fields.push_back({field, &TextFieldsOf(*inner)});
    }
  }
  return found;
}

bool IsClean(const Message& message, const TextFields& text);

bool IsClean(const Message& message, const TextFields& text, const TextFields::Field& part) {
  const Reflection* reflection = text.reflection;
  std::string scratch;
  if (!part.field->is_repeated()) {
    if (part.message == nullptr) {
      return IsUtf8(reflection->GetStringReference(message, part.field, &scratch));
    }
    return !reflection->HasField(message, part.field) ||
           IsClean(reflection->GetMessage(message, part.field), *part.message);
  }
  for (int i = 0; i < reflection->FieldSize(message, part.field); ++i) {
    const bool clean =
        part.message == nullptr
            ? IsUtf8(reflection->GetRepeatedStringReference(message, part.field, i, &scratch))
            : IsClean(reflection->GetRepeatedMessage(message, part.field, i), *part.message);
    if (!clean) return false;
  }
  return true;
}

bool IsClean(const Message& message, const TextFields& text) {
  return std::ranges::all_of(text.fields,
                             [&](const auto& part) { return IsClean(message, text, part); });
}

void RepairString(google::protobuf::Message& message, const FieldDescriptor* field, int index) {
  const auto* reflection = message.GetReflection();
  std::string scratch;
  const std::string& text =
      field->is_repeated() ? reflection->GetRepeatedStringReference(message, field, index, &scratch)
                           : reflection->GetStringReference(message, field, &scratch);
  if (IsUtf8(text)) return;
  field->is_repeated() ? reflection->SetRepeatedString(&message, field, index, ToUtf8(text))
                       : reflection->SetString(&message, field, ToUtf8(text));
}

void RepairMessage(google::protobuf::Message& message, const FieldDescriptor* field, int index) {
  const auto* reflection = message.GetReflection();
  RepairUtf8(field->is_repeated() ? *reflection->MutableRepeatedMessage(&message, field, index)
                                  : *reflection->MutableMessage(&message, field));
}

}  // namespace

bool IsUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (IsAscii8(text, at)) {
      at += 8;
      continue;
    }
    const std::size_t length = CodePointLength(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string ToUtf8(std::string_view text) {
  std::string repaired;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CodePointLength(text, at);
    repaired += length == 0 ? std::string_view("\xef\xbf\xbd") : text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return repaired;
}

void RepairUtf8(std::string& text) {
  if (!IsUtf8(text)) text = ToUtf8(text);
}

void RepairUtf8(google::protobuf::Message& message) {
  if (IsClean(message, TextFieldsOf(message))) return;
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      if (field->type() == FieldDescriptor::TYPE_STRING) RepairString(message, field, i);
      if (field->type() == FieldDescriptor::TYPE_MESSAGE) RepairMessage(message, field, i);
    }
  }
}

}  // namespace chathub::sdk
