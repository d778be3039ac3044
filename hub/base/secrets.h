// Random ids, and secrets compared and kept safely (libsodium).
#pragma once

#include <string>
#include <string_view>

namespace chathub {

// 128 random bits as 32 hexadecimal digits: session addresses, instance tokens.
std::string RandomId();

// 256 random bits as 64 hexadecimal digits.
std::string RandomSecret();

// 32 bytes, raw.
std::string Sha256(std::string_view text);

// What is kept of a password. Takes some 0.1 s and 64 MiB on purpose: not for the hub thread.
std::string HashPassword(std::string_view password);
bool IsPassword(std::string_view password, const std::string& hash);

// Takes the same time whatever is equal; lengths are no secret.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace chathub
