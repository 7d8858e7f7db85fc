"""What the configuration files of Keystone, identities, say on loopback."""

from lab.configuration.ini import Facts, Sections


def keystone(facts: Facts) -> Sections:
    keys = {"key_repository": facts.layout.state / "fernet"}
    return {
        "database": {"connection": facts.database("keystone")},
        "cache": {"enabled": "true", "backend": "dogpile.cache.memory"},
        "token": {"provider": "fernet"},
        "fernet_tokens": keys,
        "fernet_receipts": keys,  # has a default of its own below /etc
        "credential": {"key_repository": facts.layout.state / "credential"},
        "identity": {"password_hash_rounds": 4},  # the cheapest bcrypt: passwords here are random and long
    }
