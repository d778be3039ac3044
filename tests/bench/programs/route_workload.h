// Routes and texts as chats have them, and routes as a hostile handler would have them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/core/routing/route_table.h"

namespace chathub {

// Of every ten: five commands spelt as patterns, two words found anywhere, one without regard to
// case, one choice of words, one with a number in it. No two alike.
std::vector<std::string> TypicalPatterns(int count);

// `word.*word`, of few different words: every text holds some of each route's.
std::vector<std::string> HostilePatterns(int count);

// 100 bytes each. One in five is meant for one of `patterns` routes of TypicalPatterns, the others
// are talk.
std::vector<std::string> TypicalTexts(int count, int patterns);

// Each holds two of the hostile words, in most texts the second before the first.
std::vector<std::string> HostileTexts(int count);

// In sets of at most kMostRoutes.
std::vector<std::shared_ptr<const RouteSet>> CompileSets(const std::vector<std::string>& patterns);

}  // namespace chathub
