// What a handler calls what it says before it finishes.
#pragma once

#include <cstdint>
#include <string>

namespace chathub::sdk {

// The key of the `number`th Say of an attempt. Unlike others that would do for the hub it is unique
// among all deliveries, so that a Posted tells whose it is.
std::string SayKey(const std::string& delivery, std::uint32_t attempt, int number);

// How an edit names the message from anywhere: `<delivery>/say/<key>` for the key of a Say, else
// the key itself.
std::string OrderKey(const std::string& key);

}  // namespace chathub::sdk
