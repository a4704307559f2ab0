"""The word index: BM25 over the terms of the passages, kept by tantivy.

It knows terms and ordinals only; what a text's terms are is told by `segmenter`.
"""

from __future__ import annotations

import math
import shutil
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import tantivy

_ANALYZER = "terms"


class Hit(NamedTuple):
    """A passage, by its ordinal in the segment, and its score; more is better."""

    ordinal: int
    score: float


class Entry(NamedTuple):
    """What of a passage is indexed: its terms, those of its headings, its district."""

    terms: Sequence[str]
    heading: Sequence[str] = ()
    district: str | None = None


class WordIndex:
    """BM25 (Robertson and Zaragoza, 2009; k1 1.2, b 0.75) over pre-cut terms."""

    def __init__(self, folder: Path) -> None:
        """Open the folder that `build` wrote. Nothing is written into it."""
        # tantivy writes lock files where it reads; an installed index may be read-only.
        links = Path(mkdtemp(prefix="quanwen-"))
        weakref.finalize(self, shutil.rmtree, links, ignore_errors=True)
        for file in folder.iterdir():
            _link(file.resolve(), links / file.name)
        self._searcher = tantivy.Index.open(str(links)).searcher()
        self._schema = _schema()

    @staticmethod
    def build(folder: Path, passages: Iterable[Entry]) -> None:
        """Index the passages in a new folder; their order gives their ordinals."""
        folder.mkdir()
        index = tantivy.Index(_schema(), path=str(folder))
        index.register_tokenizer(_ANALYZER, _analyzer())
        writer = index.writer(num_threads=1)
        for ordinal, entry in enumerate(passages):
            document = {
                "terms": [" ".join(entry.terms)],
                "heading": [" ".join(entry.heading)],
                "district": entry.district or "",
                "ordinal": ordinal,
            }
            writer.add_document(tantivy.Document.from_dict(document, _schema()))
        writer.commit()
        writer.wait_merging_threads()
        for file in folder.iterdir():
            if file.name.startswith("."):
                file.unlink()  # locks and the writer's list of files; no reader needs them
            else:
                file.chmod(0o644)  # as the other files; tantivy keeps some to their owner

    def search(
        self, terms: Sequence[str], k: int, districts: Sequence[str] = (), field: str = "terms"
    ) -> list[Hit]:
        """Return the `k` best passages that hold a term, of these districts if any are given.

        `field` is what is searched: ``terms`` or ``heading``.
        """
        if not terms or k < 1:
            return []
        clauses = [(tantivy.Occur.Must, self._any_of(terms, field))]
        if districts:
            clauses.append((tantivy.Occur.Must, self._of_districts(districts)))
        found = self._searcher.search(tantivy.Query.boolean_query(clauses), limit=k, count=False)
        hits = [
            Hit(int(self._searcher.doc(address).to_dict()["ordinal"][0]), float(score))
            for score, address in found.hits
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.ordinal))

    def weight(self, terms: Sequence[str]) -> float:
        """Return the sum of the terms' inverse document frequencies, as BM25 weights them."""
        return sum(self._weight(term) for term in dict.fromkeys(terms))

    def _weight(self, term: str) -> float:
        holding = self._searcher.doc_freq("terms", term)
        return math.log(1 + (self._searcher.num_docs - holding + 0.5) / (holding + 0.5))

    def _any_of(self, terms: Sequence[str], field: str) -> tantivy.Query:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, field, term))
                for term in dict.fromkeys(terms)
            ]
        )

    def _of_districts(self, districts: Sequence[str]) -> tantivy.Query:
        anyone = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "district", name))
                for name in districts
            ]
        )
        return tantivy.Query.const_score_query(anyone, 0.0)


def _link(file: Path, place: Path) -> None:
    try:
        place.symlink_to(file)
    except OSError:  # Windows grants links to few
        shutil.copy(file, place)


def _analyzer() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("terms", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("heading", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("district", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("ordinal", stored=True)
    return builder.build()
