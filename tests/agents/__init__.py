"""The MCP server asked by the SDK's own client."""
