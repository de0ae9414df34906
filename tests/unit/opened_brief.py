"""Looking into a report: its paragraphs in the order of the page, its tables, its pictures."""

import io

import docx
from docx.document import Document
from docx.oxml.ns import qn


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def paragraphs(document: Document) -> list[str]:
    """Every text of the body as it is read, those of tables among them; empty ones left out."""
    found = []
    for made in document.element.body.iter(qn("w:p")):
        said = "".join(part.text or "" for part in made.iter(qn("w:t")))
        found += [said] if said else []
    return found


def grid(document: Document) -> list[list[str]]:
    """The ruled table: its headings and rows."""
    ruled = [
        table for table in document.tables if table.style is not None and table.style.name == "Table Grid"
    ]
    return [[cell.text for cell in row.cells] for row in ruled[0].rows] if ruled else []
