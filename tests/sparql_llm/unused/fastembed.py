"""In the place of the library of embeddings, whose name sparql_llm imports."""


class TextEmbedding:
    """What its settings make when they are imported; nothing that is tested asks one."""

    def __init__(self, *names: object, **settings: object) -> None: ...
