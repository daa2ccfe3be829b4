"""Names for people who gave none: never typed by anyone, so nothing in them needs a moderator."""

import secrets

FIRST = ("Brave", "Bright", "Calm", "Clever", "Cosmic", "Daring", "Fluffy", "Gentle", "Golden", "Happy", "Jolly",
         "Lucky", "Mighty", "Merry", "Nimble", "Polite", "Quick", "Quiet", "Silver", "Sleepy", "Sneaky", "Snowy",
         "Speedy", "Spotty", "Sunny", "Swift", "Tiny", "Velvet", "Wild", "Witty", "Woolly", "Zesty")
SECOND = ("Badger", "Beaver", "Comet", "Dolphin", "Falcon", "Ferret", "Fox", "Gecko", "Hedgehog", "Heron", "Koala",
          "Lemur", "Llama", "Lynx", "Mango", "Marmot", "Meerkat", "Moose", "Narwhal", "Ocelot", "Otter", "Panda",
          "Parrot", "Pelican", "Penguin", "Puffin", "Rabbit", "Robin", "Squirrel", "Tiger", "Walrus", "Wombat")


def make_alias() -> str:
    """A friendly name like "Sunny Otter 482": 32 x 32 x 900 of them, not unique, harmless in any language."""
    return f"{secrets.choice(FIRST)} {secrets.choice(SECOND)} {100 + secrets.randbelow(900)}"
