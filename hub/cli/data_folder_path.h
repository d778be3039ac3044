// Where the data folder is: for the hub and for its clients alike.
#pragma once

#include <string>

namespace chathub::cli {

// `given`, else $CHATHUB_DATA, else the user's default. The SDK decides, so that both agree.
std::string DataFolderPath(const std::string& given);

}  // namespace chathub::cli
