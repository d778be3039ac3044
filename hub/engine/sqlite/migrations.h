// The store's schema, as numbered steps from nothing to what this hub needs.
#pragma once

#include <cstdint>
#include <span>

namespace chathub::sqlite {

// In the file's header: it is a store of Chathub ("ChHb").
inline constexpr std::int64_t kApplicationId = 0x43684862;

// Step n (from 1) leads from schema n-1 to n, the file's `user_version`. What was released is never
// changed, only added to.
std::span<const char* const> Migrations();

}  // namespace chathub::sqlite
