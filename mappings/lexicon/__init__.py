"""What opens a paragraph, what an organ is called, which words are ranks and numbers: all from ontology/schemes/."""
