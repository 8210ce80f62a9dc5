"""Where the model is, what may be asked of it, and what it costs."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

_MILLION = Decimal(1_000_000)
#: Text of any language has no fewer characters a token than this: an estimate by it is never too low.
_CHARACTERS_A_TOKEN = 2
#: This machine and private networks. Narrower than `is_private`, which holds reserved addresses too.
_NEAR = tuple(
    ipaddress.ip_network(network)
    for network in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "::1/128",
        "fc00::/7",
    )
)


class Unanswered(Exception):  # noqa: N818 (an endpoint that does not answer is no error of ours)
    """The model gave nothing that can be used: `code` names the sentence of `racing.problems`, `detail` fills it.

    `may_cost` tells that the endpoint may have worked for it all the same, and may charge for it.
    """

    def __init__(self, code: str, detail: str = "", *, may_cost: bool = False) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.may_cost = may_cost


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks the OpenAI chat-completions protocol, with the limits within which it is asked.

    `url` is the protocol's base ("https://host/v1"); `seconds` is the time for all that one report needs, attempts and waits
    included; a text is sent in at most `parts` parts of at most `part_characters`. Prices are for a million tokens. `extra` is
    put into each request; a value of None takes a field out.
    """

    url: str
    model: str
    #: Neither shown nor logged: it is no part of what `repr` gives.
    key: str = field(default="", repr=False)
    seconds: float = 120.0
    attempts: int = 3
    part_characters: int = 24_000
    parts: int = 8
    output_tokens: int = 8_000
    answer_bytes: int = 2 << 20
    price_in: Decimal = Decimal(0)
    price_out: Decimal = Decimal(0)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def cost(self, tokens_in: int, tokens_out: int) -> Decimal:
        """Give what so many tokens cost."""
        return (tokens_in * self.price_in + tokens_out * self.price_out) / _MILLION

    def most(self, characters: int) -> tuple[int, int]:
        """Give the most tokens, in and out, that a request of so many characters can come to."""
        return -(-characters // _CHARACTERS_A_TOKEN), self.output_tokens


def checked(endpoint: Endpoint) -> Endpoint:
    """Give the endpoint back. Raises Unanswered ("model_misconfigured") where nothing may be sent to it.

    A key is sent over TLS only, except to this machine and to private networks, where local servers stand.
    """
    try:
        address = urlsplit(endpoint.url)
        host, _port = address.hostname or "", address.port
    except ValueError:
        raise Unanswered("model_misconfigured", "MODEL_READER_URL") from None
    if address.scheme not in ("http", "https") or not host or address.username or address.query or address.fragment:
        raise Unanswered("model_misconfigured", "MODEL_READER_URL")
    if not endpoint.url.isascii() or not endpoint.url.isprintable() or " " in endpoint.url:
        raise Unanswered("model_misconfigured", "MODEL_READER_URL")
    if any(not 33 <= ord(character) <= 126 for character in endpoint.key):
        raise Unanswered("model_misconfigured", "MODEL_READER_KEY")
    if endpoint.key and address.scheme == "http" and not _is_near(host):
        raise Unanswered("model_misconfigured", "MODEL_READER_URL, https")
    return endpoint


def _is_near(host: str) -> bool:
    """Tell whether a host is this machine, one of a private network, or a name that only such a network knows."""
    try:
        address = ipaddress.ip_address(host)
        return any(address in network for network in _NEAR if network.version == address.version)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".internal", ".local"))
