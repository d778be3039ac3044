#include "handlers/help/page.h"

#include <set>

namespace chathub {
namespace {

std::string LineOf(const RouteListing& route) {
  const std::string& how = route.usage.empty() ? route.trigger : route.usage;
  if (how.empty() || route.description.empty()) return how + route.description;
  return how + " - " + route.description;
}

}  // namespace

std::string HelpPage(const std::vector<RouteListing>& routes, const std::string& search) {
  std::set<std::string> lines;
  for (const RouteListing& route : routes) {
    if (!route.hidden) lines.insert(LineOf(route));
  }
  lines.erase("");
  if (lines.empty()) {
    return search.empty() ? "There is nothing to be used here."
                          : "Nothing here has to do with \"" + search + "\".";
  }
  std::string page;
  for (const std::string& line : lines) page += (page.empty() ? "" : "\n") + line;
  return page;
}

}  // namespace chathub
