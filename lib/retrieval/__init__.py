"""Search over a workspace's documents: full text and meaning joined, each answer with the passages that it cites."""

from lib.retrieval.embedding import BUILT_IN_EMBEDDER, Embedder, built_in
from lib.retrieval.indexing import add
from lib.retrieval.searching import Hit, search

__all__ = ["BUILT_IN_EMBEDDER", "Embedder", "Hit", "add", "built_in", "search"]
