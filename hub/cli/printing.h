// How commands show what the hub says: tables for people, JSON for programs.
#pragma once

#include <google/protobuf/message.h>
#include <google/protobuf/timestamp.pb.h>

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace chathub::cli {

using TableRow = std::vector<std::string>;

// Columns as wide as they must be; the first row is the heading.
void PrintTable(std::ostream& out, const std::vector<TableRow>& rows);

// One line, in protobuf's JSON; fields at their defaults are there too.
void PrintJson(std::ostream& out, const google::protobuf::Message& message);

// What strangers said, without what would move a terminal's cursor.
std::string Shown(std::string_view text);
std::string Shown(const google::protobuf::Timestamp& time);

}  // namespace chathub::cli
