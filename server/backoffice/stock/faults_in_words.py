"""The faults of a file in the page's language. They are found by programs that speak English only."""

import re

from server.backoffice.page import say

# A sentence of prizes/sheets, prizes/import_codes or server/campaigns, and the key under which the office says it.
SENTENCES = tuple((re.compile(pattern), key) for pattern, key in (
    (r"the code is blank", "blank"),
    (r"the code has (?P<length>\d+) characters; (?P<most>\d+) are the most", "too_long"),
    (r"the code holds a character that cannot be printed", "unprintable"),
    (r"the same code as in line (?P<line>\d+)", "double"),
    (r"this prize has this code already", "stored"),
    (r"there is no code under the header", "no_code"),
    (r"there is no prize under the header", "no_prize"),
    (r"one import takes (?P<most>\d+) codes at most; cut the file", "too_many"),
    (r"the header is missing", "no_header"),
    (r"the column (?P<column>\w+) is missing", "column_missing"),
    (r"the column (?P<column>\w+) is there (?P<times>\d+) times", "column_twice"),
    (r"there is no column of that name", "column_unknown"),
    (r"there is no column (?P<column>.+)", "column_named_unknown"),
    (r"(?P<cells>\d+) cells where the header has (?P<wanted>\d+)", "cells"),
    (r"longer than (?P<most>\d+) bytes, or a quote is not closed before", "too_wide"),
    (r"there is a NUL byte; save the file as CSV in UTF-8", "nul"),
    (r"not (?P<encoding>[\w-]+); save the file as UTF-8", "encoding"),
    (r"not CSV: .*", "not_csv"),
    (r"this is no XLSX workbook", "no_workbook"),
    (r"the workbook cannot be read, or takes too much memory; use CSV", "bad_workbook"),
    (r"the workbook (?:has|unpacks to) more than (?P<most>\d+) bytes; use CSV", "large_workbook"),
    (r"key: (?P<campaign>\S+) has a prize (?P<name>\S+) already", "key_taken"),
    (r"key: (?P<name>\S+) is that of line (?P<line>\d+)", "key_twice"),
))  # fmt: skip


def fault_in_words(sentence: str) -> str:
    """A fault's sentence in the page's language; one that is not known here as it is."""
    for pattern, key in SENTENCES:
        match = pattern.fullmatch(sentence)
        if match is not None:
            return say(f"stock.fault.{key}", **match.groupdict())
    return sentence
