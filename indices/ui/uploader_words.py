"""The words of Streamlit's file uploader, which it knows in English only, put in the page's language."""

from __future__ import annotations

import streamlit as st

from indices.ui.frame import Page

WORDS = {"pick": "upload.pick", "drop": "upload.drop_here", "hint": "upload.hint", "failed": "upload.failed"}


def uploader_words(page: Page) -> None:
    """Hand the words to the style sheet, which shows them in place of the uploader's own."""
    limit = st.get_option("server.maxUploadSize")
    said = {name: page.text(key) for name, key in WORDS.items() if name not in ("hint", "failed")}
    said |= {name: page.text(WORDS[name], limit=limit) for name in ("hint", "failed")}
    rules = "".join(f"--upload-{name}:{css_text(words)};" for name, words in said.items())
    st.html(f"<style>:root{{{rules}}}</style>")


def css_text(words: str) -> str:
    """Words as a value of `content` in a style sheet."""
    plain = words.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    return f'"{plain}"'
