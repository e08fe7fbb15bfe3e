"""Who may call: signed tokens of trusted clients, each once, and settings that say whom to trust."""

from __future__ import annotations

import hmac
import json
import time
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("jwt", reason="the web extra is not installed")

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.utils import base64url_encode

from cobalamin.app.cds_hooks.settings import HookSettings, read_settings
from cobalamin.app.cds_hooks.token import AGAIN, FRESH, LONGEST_LIFE, Client, Gate, keys_of
from cobalamin.errors import CallError, CobalaminError

ISSUER, URL, JKU = "https://ehr.example/", "https://b12.example/cds-services/cobalamin-order-sign", "https://ehr.example/jwks.json"
NOW = 1_800_000_000
P384, P256, RSA = ec.generate_private_key(ec.SECP384R1()), ec.generate_private_key(ec.SECP256R1()), rsa.generate_private_key(65537, 2048)
OTHER, SHORT = ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 1024)


def public(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """The public half of a key, as a key of a JWK Set."""
    algorithm = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, **more}


KEYS = (public(P384, "es384", alg="ES384", use="sig"), public(P256, "es256"), public(RSA, "rsa"), public(SHORT, "short"), public(P384, "enc", use="enc"))


def token(key: Any = P384, alg: str = "ES384", header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token as a record system signs it, some of it changed; a claim of None is left out."""
    held = {"iss": ISSUER, "aud": URL, "exp": NOW + 300, "iat": NOW, "jti": f"{time.perf_counter_ns()}", **claims}
    parts = ({"typ": "JWT", "alg": alg, "kid": alg.lower(), **(header or {})}, {name: value for name, value in held.items() if value is not None})
    # put together by hand: the library would not make what an attacker makes
    signed = b".".join(base64url_encode(json.dumps(part).encode()) for part in parts)
    if alg == "none":
        signature = b""
    elif alg.startswith("HS"):
        signature = hmac.digest(key, signed, {"HS256": "sha256", "HS384": "sha384"}[alg])
    else:
        signature = jwt.get_algorithm_by_name(alg).sign(signed, key)
    return b".".join((signed, base64url_encode(signature))).decode()


def gate(**more: Any) -> Gate:
    return Gate((Client(ISSUER, KEYS), Client("https://other.example/", (public(OTHER, "es384"),))), now=lambda: NOW, **more)


def refused(held: Gate, given: str) -> str:
    with pytest.raises(CallError) as caught:
        held.check(given, [URL])
    assert caught.value.status == 401
    return str(caught.value)


@pytest.mark.parametrize(("key", "alg", "kid"), [(P384, "ES384", "es384"), (P256, "ES256", "es256"), (RSA, "RS384", "rsa"), (RSA, "RS256", "rsa")])
def test_a_trusted_token_is_let_in(key: Any, alg: str, kid: str) -> None:
    assert gate().check(f"Bearer {token(key, alg, {'kid': kid})}", [URL]) == ISSUER
    assert gate().check(f"bearer {token(key, alg, {'kid': kid}, aud=[URL])}", ["https://b12.example/cds-services", URL]) == ISSUER


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic abc", "Bearer abc", "Bearer a.b.c", "Bearer " + "a" * 10000])
def test_no_token_at_all(given: str) -> None:
    refused(gate(), given)


@pytest.mark.parametrize(("changes", "why"), [
    ({"iss": "https://evil.example/"}, "issuer"), ({"iss": None}, "issuer"), ({"iss": 5}, ""), ({"aud": "https://b12.example/cds-services"}, "another service"),
    ({"aud": None}, "aud"), ({"exp": NOW - 60}, "expired"), ({"exp": None}, "exp"), ({"exp": "soon"}, ""), ({"exp": NOW + LONGEST_LIFE + 600}, "too long"),
    ({"iat": NOW + 600}, "not valid yet"), ({"iat": None}, "iat"), ({"jti": None}, "jti"), ({"jti": ""}, "jti"), ({"jti": 5}, ""), ({"nbf": NOW + 600}, "not valid yet"),
])  # fmt: skip
def test_a_claim_that_does_not_hold(changes: dict[str, Any], why: str) -> None:
    assert why in refused(gate(), f"Bearer {token(**changes)}")


@pytest.mark.parametrize(("key", "alg", "header"), [
    (OTHER, "ES384", {}), (P384, "ES384", {"kid": "nobody"}), (P384, "ES384", {"kid": "enc"}), (P384, "ES384", {"kid": "rsa"}), (P384, "ES384", {"kid": 5}),
    (P256, "ES256", {"kid": "es384"}), (P384, "ES384", {"typ": "JWS"}), (SHORT, "RS256", {"kid": "short"}), (RSA, "PS256", {"kid": "rsa"}), (RSA, "RS512",
    {"kid": "rsa"}),
    (P384, "ES384", {"kid": "nobody", "jku": JKU}),
])  # fmt: skip
def test_a_signature_that_does_not_hold(key: Any, alg: str, header: dict[str, Any]) -> None:
    """Pins keys of another client, of another kind, unknown or too short, and algorithms that are not taken."""
    refused(gate(), f"Bearer {token(key, alg, header)}")


def test_neither_unsigned_nor_signed_by_a_shared_secret() -> None:
    """Pins the classic attacks: no signature, and the public key taken for a secret."""
    assert "algorithm" in refused(gate(), f"Bearer {token('', 'none', {'kid': 'es384'})}")
    secret = RSA.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    for alg in ("HS256", "HS384"):
        assert "algorithm" in refused(gate(), f"Bearer {token(secret, alg, {'kid': 'rsa'})}")


def test_a_client_cannot_speak_for_another() -> None:
    """Pins that keys are looked up among those of the issuer alone."""
    assert gate().check(f"Bearer {token(OTHER, iss='https://other.example/')}", [URL]) == "https://other.example/"
    refused(gate(), f"Bearer {token(P384, iss='https://other.example/')}")


def test_a_token_serves_once() -> None:
    """Pins that a token is refused a second time while it lives, and that what has expired is forgotten."""
    moment = [NOW]
    held = Gate((Client(ISSUER, KEYS),), now=lambda: moment[0])
    once = token(jti="a")
    held.check(f"Bearer {once}", [URL])
    assert "before" in refused(held, f"Bearer {once}")
    assert "before" in refused(held, f"Bearer {token(jti='a')}")
    moment[0] += 400
    held.check(f"Bearer {token(jti='b', exp=NOW + 900)}", [URL])
    assert len(held.seen) == 1


def test_a_refused_token_is_not_used_up() -> None:
    held = gate()
    refused(held, f"Bearer {token(jti='a', aud='https://elsewhere.example/')}")
    assert held.check(f"Bearer {token(jti='a')}", [URL]) == ISSUER


def test_keys_are_fetched_only_from_where_the_operator_says() -> None:
    """Pins that an address of the token is asked only when it is allowed for this issuer, not for every token, and again for a new key."""
    asked: list[str] = []
    sets = {JKU: {"keys": [public(P384, "es384")]}}
    moment = [float(NOW)]

    def fetch(address: str) -> Any:
        asked.append(address)
        return sets[address]

    held = Gate((Client(ISSUER, (), (JKU,)),), fetch=fetch, now=lambda: moment[0])
    refused(held, f"Bearer {token(header={'jku': 'https://evil.example/jwks.json'})}")
    refused(held, f"Bearer {token()}")
    assert asked == []
    for _ in range(3):
        held.check(f"Bearer {token(header={'jku': JKU})}", [URL])
    assert asked == [JKU]
    sets[JKU] = {"keys": [public(RSA, "new")]}
    refused(held, f"Bearer {token(RSA, 'RS384', {'kid': 'new', 'jku': JKU})}")
    assert asked == [JKU]
    moment[0] += AGAIN + 1
    held.check(f"Bearer {token(RSA, 'RS384', {'kid': 'new', 'jku': JKU})}", [URL])
    assert asked == [JKU, JKU]
    moment[0] += FRESH + 1
    sets[JKU] = {"keys": 5}
    assert "fetched" in refused(held, f"Bearer {token(RSA, 'RS384', {'kid': 'new', 'jku': JKU}, iat=NOW, exp=NOW + 900)}")


@pytest.mark.parametrize("tree", [5, [], {}, {"keys": {}}, {"keys": ["x"]}, {"keys": [{"kty": "oct", "k": "abc"}]}, {"keys": [{"kty": "EC", "d": "abc"}]}])
def test_a_set_of_keys_is_public(tree: Any) -> None:
    with pytest.raises(ValueError, match="it "):
        keys_of(tree)


# ---- the operator's file


def test_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "ehr.json").write_text(json.dumps({"keys": [public(P384, "es384")]}), encoding="utf-8")
    file = tmp_path / "hooks.yaml"
    file.write_text(f"base_url: https://b12.example/\nguideline: nhg2018\nfeedback: counts.json\ndates: false\norigins: [https://ehr.example]\nclients:\n  {ISSUER}: "
                    f"{{jwks: ehr.json, jku: {JKU}}}\n", encoding="utf-8")  # fmt: skip
    held = read_settings(file)
    assert (held.base_url, held.guideline, held.dates, held.origins) == ("https://b12.example", "nhg2018", False, ("https://ehr.example",))
    assert held.feedback == tmp_path / "counts.json"
    assert [(one.issuer, len(one.keys), one.addresses) for one in held.clients] == [(ISSUER, 1, (JKU,))]


def test_a_guideline_that_there_is_not_is_said_at_the_start() -> None:
    """Pins that a server with settings that cannot work does not start, rather than refuse every call."""
    pytest.importorskip("fastapi", reason="the web extra is not installed")
    from cobalamin.app.cds_hooks.router import hooks_router

    with pytest.raises(CobalaminError, match="no guideline"):
        hooks_router(HookSettings(guideline="nice"))


@pytest.mark.parametrize("text", [
    "clients: {https://ehr.example/: {jwks: ehr.json}}", "base_url: https://b.example\nclients: {https://ehr.example/: {}}", "base_url: b12", "base_urls: x", "[", "5",
    "base_url: https://b.example\nclients: {https://ehr.example/: {jku: http://ehr.example/jwks}}",
    "base_url: https://b.example\nclients: {https://ehr.example/: {jwks: none.json}}",
    "base_url: https://b.example\nclients: {https://ehr.example/: {jwks: private.json}}", "base_url: https://b.example\nclients: [https://ehr.example/]",
])  # fmt: skip
def test_settings_that_cannot_be_used(text: str, tmp_path: Path) -> None:
    (tmp_path / "private.json").write_text(json.dumps({"keys": [{"kty": "EC", "kid": "a", "d": "secret"}]}), encoding="utf-8")
    (tmp_path / "hooks.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(CobalaminError) as caught:
        read_settings(tmp_path / "hooks.yaml")
    assert "secret" not in str(caught.value)
