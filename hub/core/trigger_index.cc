#include "hub/core/trigger_index.h"
