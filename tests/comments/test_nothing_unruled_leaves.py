"""A long random walk over everything that may happen to comments: no text leaves that no person let out."""

from dataclasses import dataclass, field
from random import Random

from server.comments.ruling import Decision
from tests.comments.cast import Cast, Person

STEPS = 100


@dataclass
class Walk:
    """`public` is what the last ruling of each comment let out: the model that the server is held against."""

    cast: Cast
    random: Random
    authors: list[Person]
    texts: dict[str, str] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)

    def step(self) -> None:
        self.cast.clock.advance(seconds=1)
        deeds = (self.post, self.rule, self.rule, self.report, self.erase)
        self.random.choices(deeds, weights=(6, 4, 4, 2, 1))[0]()

    def post(self) -> None:
        text = f"secret-{self.random.getrandbits(64):x} {self.random.choice(['bravo', 'merde', 'www.x.fr', '@bob'])}"
        answer = self.random.choice(self.authors).say(text)
        if answer.status_code == 201:
            self.texts[answer.get_json()["comment"]["id"]] = text
        else:
            assert answer.status_code == 429

    def rule(self) -> None:
        if not self.texts:
            return
        comment_id, decision = self.random.choice(sorted(self.texts)), self.random.choice(list(Decision))
        assert self.cast.rule(comment_id, decision)
        (self.public.add if decision == Decision.PUBLISH else self.public.discard)(comment_id)

    def report(self) -> None:
        if self.texts:
            comment_id = self.random.choice(sorted(self.texts))
            answer = self.cast.player().post(f"/comments/{comment_id}/reports", {"reason": "spam"})
            assert answer.status_code == (202 if comment_id in self.public else 404)

    def erase(self) -> None:
        author = self.authors.pop()
        gone = {comment["id"] for comment in author.get("/players/me").get_json()["comments"]}
        assert author.delete("/players/me").status_code == 204
        self.texts = {comment_id: text for comment_id, text in self.texts.items() if comment_id not in gone}
        self.public -= gone
        self.authors.insert(0, self.cast.player())

    def shown(self) -> list[str]:
        pages, cursor = [], None
        while True:
            page = self.cast.published(cursor)
            pages += [comment["text"] for comment in page["comments"]]
            cursor = page["next"]
            if cursor is None:
                return pages


def test_the_list_shows_what_the_last_rulings_let_out_and_nothing_else(cast: Cast) -> None:
    walk = Walk(cast, Random(1), [cast.player() for _ in range(4)])
    most = 0
    for _ in range(STEPS):
        walk.step()
        shown = walk.shown()
        assert sorted(shown) == sorted(walk.texts[comment_id] for comment_id in walk.public)
        most = max(most, len(shown))
    assert most > 3, "the walk published too little to prove anything"
