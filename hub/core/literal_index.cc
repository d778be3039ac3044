#include "hub/core/literal_index.h"
