// What is said: text with or without markup, and how to name a message that is already there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace chathub {

enum class TextFormat {
  // No character means anything but itself.
  kPlain,
  // CommonMark.
  kMarkdown,
};

// Made from any string, so that `Reply("hello")` says what it looks like.
struct Content {
  Content(std::string text_) : text(std::move(text_)) {}
  Content(std::string_view text_) : text(text_) {}
  Content(const char* text_) : text(text_) {}

  std::string text;
  TextFormat format = TextFormat::kPlain;
  // The chat service's id of the message that this one answers; empty: none in particular.
  std::string reply_to;
};

inline Content Markdown(std::string text) {
  Content content(std::move(text));
  content.format = TextFormat::kMarkdown;
  return content;
}

// A message that is, or will be, in the chat: known by the chat service's id, or by the key under
// which it was posted.
struct MessageRef {
  std::string platform_id = {};
  std::string key = {};
  std::uint32_t index = 0;

  // False: nothing can be named, for example because the chat service has no message ids.
  explicit operator bool() const { return !platform_id.empty() || !key.empty(); }
};

}  // namespace chathub
