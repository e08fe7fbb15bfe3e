"""Who is calling: the signed token that every call carries once the operator has said whom to trust."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from cobalamin.errors import CallError

KINDS = {"ES384": ("EC", "P-384"), "RS384": ("RSA", None), "ES256": ("EC", "P-256"), "RS256": ("RSA", None)}
"""The algorithms of a signature that are taken, all of two keys, and the kind of key of each; never none, never a shared secret."""
REQUIRED = ("iss", "aud", "exp", "iat", "jti")
LEEWAY = 30
"""Seconds by which clocks may differ."""
LONGEST_LIFE = 3600
"""Seconds a token may live: so long its `jti` is remembered, so that it serves once."""
SHORTEST_RSA = 2048
LARGEST, LONGEST = 65536, 5.0
"""Bytes of a set of keys that is fetched, and seconds it may take."""
FRESH, AGAIN = 240.0, 30.0
"""Seconds a fetched set is used, and seconds before it is fetched again for a key it does not hold."""
Fetch = Callable[[str], Any]


@dataclass(frozen=True)
class Client:
    """A record system that is trusted: the issuer of its tokens, its public keys, and the addresses its keys may be fetched from."""

    issuer: str
    keys: tuple[Mapping[str, Any], ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass
class Gate:
    """Lets calls of trusted clients through, each token once."""

    clients: Collection[Client]
    fetch: Fetch = field(default_factory=lambda: fetched)
    now: Callable[[], float] = time.time
    seen: dict[bytes, float] = field(default_factory=dict)
    sets: dict[str, tuple[float, tuple[Mapping[str, Any], ...]]] = field(default_factory=dict)

    @property
    def fetches(self) -> bool:
        """Whether a check may have to ask the network."""
        return any(client.addresses for client in self.clients)

    def check(self, authorization: str, audiences: Collection[str]) -> str:
        """The issuer of the token in an Authorization header meant for one of *audiences*; a CallError of status 401 for anything else."""
        scheme, _, token = authorization.strip().partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise _refused("This call needs a signed token: Authorization: Bearer ...")
        token = token.strip()
        try:
            header = jwt.get_unverified_header(token)
            claimed = jwt.decode(token, options={"verify_signature": False})
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            raise _refused("The token is no JSON Web Token.") from None
        algorithm, kid = header.get("alg"), header.get("kid")
        if algorithm not in KINDS:
            raise _refused(f"The token is signed with an algorithm that is not taken; these are: {', '.join(KINDS)}.")
        if header.get("typ") != "JWT" or not isinstance(kid, str) or not kid:
            raise _refused("The header of the token holds typ JWT and a kid.")
        client = next((one for one in self.clients if one.issuer == claimed.get("iss")), None)
        if client is None:
            raise _refused("The issuer of the token is not one that is trusted here.")
        held = self._verified(token, algorithm, self._key(client, kid, algorithm, header.get("jku")), audiences, client)
        self._once(client, held)
        return client.issuer

    def _verified(self, token: str, algorithm: str, key: jwt.PyJWK, audiences: Collection[str], client: Client) -> Mapping[str, Any]:
        try:
            # times are held to this gate's own clock below
            held = jwt.decode(token, key=key.key, algorithms=[algorithm], audience=list(audiences), issuer=client.issuer,
                              options={"require": list(REQUIRED), "verify_exp": False, "verify_iat": False, "verify_nbf": False})  # fmt: skip
        except jwt.InvalidAudienceError:
            raise _refused("The token is meant for another service.") from None
        except jwt.MissingRequiredClaimError as error:
            raise _refused(f"The token does not say its {error.claim}.") from None
        except jwt.InvalidTokenError:
            raise _refused("The signature of the token does not hold.") from None
        now, (expires, issued) = self.now(), (held["exp"], held["iat"])
        if not all(isinstance(moment, (int, float)) and not isinstance(moment, bool) for moment in (expires, issued)):
            raise _refused("The times of the token are numbers of seconds.")
        if expires <= now - LEEWAY:
            raise _refused("The token has expired.")
        if issued > now + LEEWAY or held.get("nbf", issued) > now + LEEWAY:
            raise _refused("The token is not valid yet.")
        if expires - now > LONGEST_LIFE + LEEWAY:
            raise _refused(f"The token lives too long; {LONGEST_LIFE} seconds are the most.")
        if not isinstance(held["jti"], str) or not held["jti"]:
            raise _refused("The jti of the token is a text of its own.")
        return held

    def _once(self, client: Client, held: Mapping[str, Any]) -> None:
        """Refuse a token that has been used."""
        now = self.now()
        if self.seen and next(iter(self.seen.values())) <= now - LEEWAY:
            self.seen = {id: expires for id, expires in self.seen.items() if expires > now - LEEWAY}
        id = sha256(f"{client.issuer}\n{held['jti']}".encode("utf-8", "backslashreplace")).digest()
        if id in self.seen:
            raise _refused("The token was used before.")
        self.seen[id] = float(held["exp"])

    def _key(self, client: Client, kid: str, algorithm: str, address: object) -> jwt.PyJWK:
        """The client's key *kid*, if it is one for *algorithm*; keys are fetched only from an address that the operator named for this client."""
        key = _named(client.keys, kid)
        if key is None and isinstance(address, str) and address in client.addresses:
            key = _named(self._fetched(address), kid) or _named(self._fetched(address, again=True), kid)
        kind, curve = KINDS[algorithm]
        if key is None or key.get("kty") != kind or (curve and key.get("crv") != curve) or key.get("alg", algorithm) != algorithm or key.get("use", "sig") != "sig":
            raise _refused("The key of the token is not known here, or is none for this algorithm.")
        try:
            made = jwt.PyJWK(dict(key), algorithm)
        except (jwt.PyJWTError, ValueError, TypeError, KeyError):
            raise _refused("The key of the token cannot be read.") from None
        if kind == "RSA" and made.key.key_size < SHORTEST_RSA:
            raise _refused(f"The key of the token is too short; {SHORTEST_RSA} bits are the least.")
        return made

    def _fetched(self, address: str, again: bool = False) -> tuple[Mapping[str, Any], ...]:
        fetched_at, keys = self.sets.get(address, (-FRESH, ()))
        if self.now() - fetched_at > (AGAIN if again else FRESH):
            try:
                keys = keys_of(self.fetch(address))
            except (OSError, ValueError, RecursionError):
                raise _refused("The keys of the token cannot be fetched now.") from None
            self.sets[address] = (self.now(), keys)
        return keys


def keys_of(tree: object) -> tuple[Mapping[str, Any], ...]:
    """The keys of a JWK Set; a ValueError for anything else, or for a set that holds a private key."""
    held = tree.get("keys") if isinstance(tree, dict) else None
    if not isinstance(held, list) or not all(isinstance(key, dict) for key in held):
        raise ValueError("it is no JWK Set")
    if any("d" in key or "k" in key for key in held):
        raise ValueError("it holds a private key")
    return tuple(held)


def _named(keys: Collection[Mapping[str, Any]], kid: str) -> Mapping[str, Any] | None:
    return next((key for key in keys if key.get("kid") == kid), None)


class _Straight(HTTPRedirectHandler):
    """No address but the one that was allowed."""

    def redirect_request(self, *_: Any) -> None:
        return None


def fetched(address: str) -> Any:
    """The JSON at an address, without following it elsewhere."""
    with build_opener(_Straight).open(Request(address, headers={"Accept": "application/json"}), timeout=LONGEST) as answer:
        body = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise ValueError("too large for a set of keys")
    return json.loads(body)


def _refused(why: str) -> CallError:
    return CallError(why, 401, "login", "Authorization")
