"""Pages of materials: what is in stock and where the books do not agree, and one page for each entry."""
