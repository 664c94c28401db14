"""OnRecord: a citation-checked fact-check knowledge base."""

__version__ = "0.1.0"
