#include "hub/core/route_table.h"
