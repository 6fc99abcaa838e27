"""Texts, reports and documents as others cite them: in words, in BibTeX, RIS and CSL-JSON."""
