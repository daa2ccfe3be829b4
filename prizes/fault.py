"""Why something that people wrote cannot be used: a sentence for a command line, and what a form needs to say it."""


class Fault(Exception):
    """`key` is the path of what is wrong, `code` a stable word for why, `places` the numbers and words of its text."""

    def __init__(self, sentence: str, key: str = "", code: str = "odd", **places: object) -> None:
        super().__init__(sentence)
        self.key, self.code, self.places = key, code, places
