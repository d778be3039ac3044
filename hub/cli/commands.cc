#include "hub/cli/commands.h"

namespace chathub::cli {
namespace {

constexpr CommandEntry kCommands[] = {
    {"serve", "runs a hub until it is told to end", MakeServe},
    {"check", "says what is wrong with a configuration file", MakeCheck},
    {"store", "says whether what a stopped hub keeps is whole", MakeStore},
    {"status", "says how the hub is", MakeStatus},
    {"peers", "lists the attached programs, or waits for some", MakePeers},
    {"routes", "lists what the handlers wait for", MakeRoutes},
    {"why", "says which routes a message would reach, and why not the others", MakeWhy},
    {"send", "says something in the chat", MakeSend},
    {"dead", "lists, shows, replays or drops what nobody handled", MakeDead},
    {"account", "adds, removes or lists the accounts of legacy bots", MakeAccount},
    {"botica", "lists or stops Botica's bots", MakeBotica},
    {"tail", "shows what goes through the hub from now on", MakeTail},
    {"token", "makes, lists or revokes the credentials of programs", MakeToken},
    {"group", "says which users may use the routes that need a group", MakeGroup},
    {"version", "says which release this is", MakeVersion},
};

}  // namespace

std::span<const CommandEntry> Commands() { return kCommands; }

}  // namespace chathub::cli
