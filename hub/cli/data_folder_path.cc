#include "hub/cli/data_folder_path.h"

#include "chathub/hub_address.h"

namespace chathub::cli {

// A file of its own: the SDK's function and the hub's class have the same name.
std::string DataFolderPath(const std::string& given) { return chathub::DataFolder(given); }

}  // namespace chathub::cli
