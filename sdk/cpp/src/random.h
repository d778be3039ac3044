// Random ids and numbers; any thread.
#pragma once

#include <string>

namespace chathub::sdk {

// 128 random bits as 32 hexadecimal digits.
std::string RandomId();

// From 0 to 1.
double RandomFraction();

}  // namespace chathub::sdk
