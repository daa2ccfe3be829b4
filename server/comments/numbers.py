"""Numbers as six languages spell them, for a telephone number that is written in words."""

from itertools import product

SMALL = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
          "seventeen eighteen nineteen",
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dixsept "
          "dixhuit dixneuf",
    "de": "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn "
          "siebzehn achtzehn neunzehn",
    "es": "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
          "diecisiete dieciocho diecinueve",
    "it": "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici "
          "sedici diciassette diciotto diciannove",
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
          "zeventien achttien negentien",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "fr": "vingt trente quarante cinquante soixante septante huitante nonante",
    "de": "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
}
OTHERS = {"oh": 0, "une": 1, "ein": 1, "eine": 1, "un": 1, "zwo": 2, "fuenf": 5, "zwoelf": 12, "vingts": 20,
          "veintidos": 22, "veintitres": 23, "veintiseis": 26, "ventitre": 23}
_JOINTS = "et and then puis und dann y luego e poi en dan double doble doppel dubbel doppio fois"
JOINTS = frozenset(_JOINTS.split())


def _spelt() -> dict[str, str]:
    """Each number word, without accents, as its digits."""
    told = {word: str(value) for words in SMALL.values() for value, word in enumerate(words.split())}
    told |= {word: str(10 * value) for words in TENS.values() for value, word in enumerate(words.split(), 2)}
    told |= {word: str(value) for word, value in OTHERS.items()}
    for ten, unit in product(range(2, 10), range(1, 10)):
        told |= dict.fromkeys(_compounds(ten, unit), str(10 * ten + unit))
    return told


def _compounds(ten: int, unit: int) -> tuple[str, ...]:
    """31 in the languages that write it as one word: einunddreissig, treintayuno, trentuno, eenendertig."""
    def word(language: str) -> str:
        return SMALL[language].split()[unit]

    tens = {language: names.split()[ten - 2] for language, names in TENS.items()}
    italian = tens["it"][:-1] if unit in (1, 8) else tens["it"]
    return (f"{word('de').removesuffix('s') if unit == 1 else word('de')}und{tens['de']}",
            f"{word('nl')}en{tens['nl']}", f"{italian}{word('it')}", f"{tens['en']}{word('en')}",
            f"{tens['es'][:-1]}i{word('es')}", f"{tens['es']}y{word('es')}")


SPELT = _spelt()
