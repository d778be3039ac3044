#include "hub/core/route_set.h"
