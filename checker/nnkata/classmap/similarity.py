"""Find submissions whose code has the same structure.

Report the matching lines for a person to review. Code that two people may legitimately share is
left out first: the code of the stub, of the given files, of the reference and its variants, and any
code that many students in the class wrote. An index from
fingerprints to modules finds the pairs, so that not every pair is compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from itertools import combinations, islice

from msgspec import Struct

from .syntax_tokens import (
    RUN,
    TokenSequence,
    UnreadableModuleError,
    fingerprints,
    read_tokens,
)

MIN_TOKENS = 60
"""The minimum number of own tokens for a module to be compared.

Short solutions are similar anyway.
"""
MIN_SCORE = 0.8
"""The share of the smaller module's own tokens that two modules must have in common."""
MIN_SHARED = 0.4
"""The minimum share of common fingerprints for a pair to be compared token by token."""
FEW = 10
"""Code that at most this many modules contain is not common, however small the class is."""
COMMON_ONE_IN = 20
"""Code is common if more than 1 in COMMON_ONE_IN modules contain it, and that is more than FEW."""
MAX_PLACES = 32
"""The places in the other module that are tried for a run; more make no honest pair more similar.

Without this limit, two modules that repeat one statement take time with the square of their length.
"""
Reader = Callable[[str], TokenSequence]


class SharedPlace(Struct, frozen=True):
    """Lines of two modules with the same structure."""

    first: tuple[int, int]
    """The first and the last line in the first module."""
    second: tuple[int, int]
    """The first and the last line in the second module."""


class SimilarModules(Struct, frozen=True):
    """Two submissions whose modules for a kata are similar."""

    kata: str
    module: str
    submissions: tuple[str, str]
    score: float
    """`tokens`, divided by the number of the smaller module's tokens outside ignored code."""
    tokens: int
    """The number of tokens outside ignored code that the two modules share."""
    places: list[SharedPlace]


class Comparison(Struct):
    """What was compared in one kata, and what was found."""

    kata: str
    compared: int = 0
    short: int = 0
    """Modules with too little code of their own."""
    common: int = 0
    """Modules whose structure is shared by so many that it is not evidence of copying."""
    unreadable: dict[str, str] = {}
    """The submissions whose modules could not be read, and why."""
    pairs: list[SimilarModules] = []


class _Module(Struct, eq=False):
    """A structure found in one or more submissions, whether or not their text is identical."""

    names: list[str]
    tokens: TokenSequence
    runs: list[int]
    own: list[bool] = []
    """For each token, whether it lies outside every ignored run."""

    @property
    def size(self) -> int:
        """The number of tokens of its own."""
        return sum(self.own)


def compare_modules(
    kata: str, module: str, texts: Mapping[str, str], left_out: Iterable[str], read: Reader
) -> Comparison:
    """Return the pairs of submissions whose modules for one kata are similar, most similar first.

    Args:
        kata: the name of the kata.
        module: the path of its module.
        texts: the text of each submission, which `read` parses.
        left_out: code that is ignored, of the course itself.
        read: returns the tokens of a text, and raises `UnreadableModuleError`.
    """
    result = Comparison(kata)
    known = {run for text in left_out for run in _tokens_or_none(text).runs()}
    modules = _read_modules(texts, result, read)
    counts = Counter(run for one in modules for run in set(one.runs))
    most = max(FEW, len(texts) // COMMON_ONE_IN)
    ignored = known | {run for run, count in counts.items() if count > most}
    compared = []
    for one in modules:
        one.own = _own_tokens(one, ignored)
        if one.size < MIN_TOKENS:
            result.short += len(one.names)
        elif len(one.names) > most:
            result.common += len(one.names)
        else:
            result.compared += len(one.names)
            compared.append(one)
    for one in compared:
        if len(one.names) > 1:
            pair = _make_pair(kata, module, (one, one), (one.names[0], one.names[1]))
            result.pairs += [_rename(pair, a, b) for a, b in combinations(one.names, 2)]
    for one, other in _candidates(compared, ignored):
        pair = _make_pair(kata, module, (one, other), (one.names[0], other.names[0]))
        if pair.score >= MIN_SCORE and pair.tokens >= MIN_TOKENS:
            result.pairs += [_rename(pair, a, b) for a in one.names for b in other.names]
    result.pairs = sorted(
        map(_in_order, result.pairs), key=lambda p: (-p.score, -p.tokens, p.submissions)
    )
    return result


def _tokens_or_none(text: str) -> TokenSequence:
    try:
        return read_tokens(text)
    except UnreadableModuleError:
        return TokenSequence((), ())


def _read_modules(texts: Mapping[str, str], result: Comparison, read: Reader) -> list[_Module]:
    """Return the different structures, each with the submissions that have it."""
    by_codes: dict[tuple[int, ...], _Module] = {}
    by_text: dict[str, _Module | str] = {}
    for name, text in sorted(texts.items()):
        if text not in by_text:
            try:
                tokens = read(text)
            except UnreadableModuleError as error:
                by_text[text] = str(error)
            else:
                by_text[text] = by_codes.setdefault(
                    tokens.codes, _Module([], tokens, tokens.runs())
                )
        found = by_text[text]
        if isinstance(found, str):
            result.unreadable[name] = found
        else:
            found.names.append(name)
    return list(by_codes.values())


def _own_tokens(one: _Module, ignored: set[int]) -> list[bool]:
    own = [True] * len(one.tokens.codes)
    for start, run in enumerate(one.runs):
        if run in ignored:
            own[start : start + RUN] = [False] * RUN
    return own


def _candidates(modules: list[_Module], ignored: set[int]) -> list[tuple[_Module, _Module]]:
    """Return the pairs that share enough fingerprints to be compared token by token."""
    prints = [fingerprints([run for run in one.runs if run not in ignored]) for one in modules]
    index: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(prints):
        for value in own:
            index[value].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in index.values():
        shared.update(combinations(numbers, 2))
    return [
        (modules[a], modules[b])
        for (a, b), count in shared.items()
        if count >= MIN_SHARED * min(len(prints[a]), len(prints[b]))
    ]


def _make_pair(
    kata: str, module: str, pair: tuple[_Module, _Module], names: tuple[str, str]
) -> SimilarModules:
    """Return the similarity of two modules, and the similar lines."""
    one, other = pair
    places, tokens = [], 0
    for start, second, length in _tiles(one, other):
        tokens += sum(one.own[start : start + length])
        places.append(SharedPlace(_lines(one, start, length), _lines(other, second, length)))
    score = tokens / min(one.size, other.size)
    return SimilarModules(kata, module, names, round(min(1.0, score), 3), tokens, _join(places))


def _tiles(one: _Module, other: _Module) -> list[tuple[int, int, int]]:
    """Return the longest equal stretches, (start, start in the other, length), without overlap."""
    starts: dict[int, deque[int]] = defaultdict(deque)
    for place, run in enumerate(other.runs):
        starts[run].append(place)
    a, b = one.tokens.codes, other.tokens.codes
    taken = [False] * len(b)
    tiles, start = [], 0
    while start < len(one.runs):
        best = (0, 0)
        places = starts[one.runs[start]]
        while places and taken[places[0]]:
            places.popleft()
        for second in islice(places, MAX_PLACES):
            length = 0
            while (
                start + length < len(a)
                and second + length < len(b)
                and a[start + length] == b[second + length]
                and not taken[second + length]
            ):
                length += 1
            best = max(best, (length, second), key=lambda found: found[0])
            if start + length == len(a):
                break
        length, second = best
        if length >= RUN and any(one.own[start : start + length]):
            taken[second : second + length] = [True] * length
            tiles.append((start, second, length))
        start += length if length >= RUN else 1
    return tiles


def _lines(one: _Module, start: int, length: int) -> tuple[int, int]:
    lines = one.tokens.lines[start : start + length]
    return min(lines), max(lines)


def _join(places: list[SharedPlace]) -> list[SharedPlace]:
    """Return the places sorted, with those adjacent in both modules merged."""
    joined: list[SharedPlace] = []
    for place in sorted(places, key=lambda p: p.first):
        last = joined[-1] if joined else None
        if (
            last is not None
            and 0 <= place.first[0] - last.first[1] <= 1
            and 0 <= place.second[0] - last.second[1] <= 1
        ):
            joined[-1] = SharedPlace(
                (last.first[0], max(last.first[1], place.first[1])),
                (last.second[0], max(last.second[1], place.second[1])),
            )
        else:
            joined.append(place)
    return joined


def _rename(pair: SimilarModules, first: str, second: str) -> SimilarModules:
    return SimilarModules(
        pair.kata, pair.module, (first, second), pair.score, pair.tokens, pair.places
    )


def _in_order(pair: SimilarModules) -> SimilarModules:
    """Return the pair with its submissions in the order of their names."""
    first, second = pair.submissions
    if first <= second:
        return pair
    places = [SharedPlace(p.second, p.first) for p in pair.places]
    return SimilarModules(pair.kata, pair.module, (second, first), pair.score, pair.tokens, places)
