"""The keys of what a function says before its end."""

# No id of a delivery begins with it: they begin with a name, which has no space.
_MARK = "say "


def say_key(delivery: str, attempt: int, number: int) -> str:
    """The same for the same Say of a function that is run again within an attempt, so that what it
    says twice is heard once."""
    return f"{_MARK}{attempt}.{number} {delivery}"


def order_key(key: str) -> str:
    """What the hub calls the order of a Say with this key; other keys are their order's already."""
    if not key.startswith(_MARK):
        return key
    delivery = key.partition(" ")[2].partition(" ")[2]
    return f"{delivery}/say/{key}" if delivery else key
