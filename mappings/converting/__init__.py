"""Files as people have them, turned into the text that the outline reads: Word, web pages, PDF."""
