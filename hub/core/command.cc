#include "hub/core/command.h"
