#include "hub/core/pattern.h"
