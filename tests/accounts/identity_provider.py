"""An identity provider of our own: real RSA keys, a key set, and answers to make wrong one by one."""

import json
import time
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm
from requests import Response
from requests.adapters import BaseAdapter

ISSUER = "https://idp.example"
CLIENT = "lnpo-client"
APP = {
    "provider_id": "oidc",
    "name": "Testpartij",
    "client_id": CLIENT,
    "secret": "geheim",
    "settings": {"server_url": ISSUER},
}
KEY, STRANGE_KEY = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PUBLIC = json.loads(RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "k1", "use": "sig", "alg": "RS256"}


class FakeProvider(BaseAdapter):
    """Answers what requests asks for ``https://idp.example``; every claim can be replaced or left out."""

    def __init__(self):
        super().__init__()
        self.claims, self.userinfo, self.config, self.token_answer = {}, None, {}, {}
        self.key, self.headers, self.algorithm = KEY, {"kid": "k1"}, "RS256"
        self.nonce, self.challenge, self.asked = "", "", []
        self.status = 200

    def send(self, request, **kwargs):
        self.asked.append(request.url)
        path = urlsplit(request.url).path
        if path.endswith("/.well-known/openid-configuration"):
            body = {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/authorize",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                "userinfo_endpoint": f"{ISSUER}/me",
                **self.config,
            }
        elif path == "/keys":
            body = {"keys": [PUBLIC]}
        elif path == "/me":
            body = self.userinfo or {}
        else:
            self.form = parse_qs(request.body)
            body = {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()}
            body |= self.token_answer
        answer = Response()
        answer.status_code, answer.url, answer.request = self.status, request.url, request
        answer._content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer.headers["Content-Type"] = "application/json"
        return answer

    def close(self):
        pass

    def id_token(self):
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "s-1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            "email": "anna@example.org",
            "email_verified": True,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.algorithm == "none":
            return jwt.encode(claims, "", algorithm="none", headers=self.headers)
        key = self.key if self.algorithm == "RS256" else json.dumps(PUBLIC) + "x" * 64
        return jwt.encode(claims, key, algorithm=self.algorithm, headers=self.headers)
