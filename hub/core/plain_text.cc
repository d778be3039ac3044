#include "hub/core/plain_text.h"
