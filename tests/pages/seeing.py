"""A page as the tests look at it."""

import re
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser


def parse(html: str) -> Any:
    """Give the HTML as a tree to search; what is not found is None and fails the test that looks into it."""
    return LexborHTMLParser(html)


def see(client: Client, address: str) -> Any:
    """Open a page."""
    answer = client.get(address)
    assert answer.status_code == 200
    return parse(answer.content.decode())


def words(node: Any) -> str:
    """Give the text of a node with single spaces."""
    return re.sub(r"\s+", " ", node.text()).strip()
