"""In the place of the vector store, whose name sparql_llm imports."""


class QdrantClient:
    """What its settings make when they are imported; nothing that is tested asks one."""

    def __init__(self, *names: object, **settings: object) -> None: ...
