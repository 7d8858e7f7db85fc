"""Which cloud, as whom and where: variables of the operation under inputs of the provider resource."""

from dataclasses import replace

import pytest

from orchestrator.engine.cloud.connection import of_account
from orchestrator.engine.cloud.settings import settings_of
from orchestrator.engine.provider import ProviderError

ADMIN = {"OS_AUTH_URL": "http://k/v3", "OS_USERNAME": "admin", "OS_PASSWORD": "canary", "OS_PROJECT_NAME": "admin"}


def test_tenants_share_the_identity_and_differ_in_scope() -> None:
    """One credential, many projects: the password is used once."""
    own, tenant = settings_of({}, ADMIN), settings_of({"tenantId": "t1"}, ADMIN)

    assert own.identity == tenant.identity
    assert own.scope == ()
    assert tenant.scope == (("project_id", "t1"),)


def test_a_provider_with_a_user_of_its_own_is_another_identity() -> None:
    """Inputs stand above variables."""
    other = settings_of({"userName": "ops", "password": "x"}, ADMIN)

    assert dict(other.identity)["OS_USERNAME"] == "ops"
    assert other.identity != settings_of({}, ADMIN).identity


def test_only_the_operation_s_own_variables_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process may belong to another operator."""
    monkeypatch.setenv("OS_REGION_NAME", "elsewhere")
    monkeypatch.setenv("OS_TOKEN", "t")

    settings = settings_of({}, {**ADMIN, "HOME": "/root"})

    assert settings.region == ""
    assert set(dict(settings.identity)) == set(ADMIN)


def test_old_names_of_variables_mean_the_same() -> None:
    """OS_TENANT_NAME and OS_ENDPOINT_TYPE are older words."""
    settings = settings_of({"region": "north"}, {"OS_TENANT_NAME": "p", "OS_ENDPOINT_TYPE": "internalURL"})

    assert dict(settings.identity) == {"OS_PROJECT_NAME": "p"}
    assert (settings.region, settings.interface) == ("north", "internal")


def test_an_input_that_is_not_carried_out_is_refused_by_name() -> None:
    """Never ignored: it might have meant another cloud."""
    with pytest.raises(ProviderError, match="endpointOverrides"):
        settings_of({"endpointOverrides": {"network": "http://x"}}, ADMIN)


def test_a_password_is_not_shown() -> None:
    """Settings turn up in tracebacks and logs."""
    assert "canary" not in repr(settings_of({}, ADMIN))


def test_an_auditor_s_credential_stays_in_its_own_scope() -> None:
    """It has a role in no tenant's project, and sees them all from where it is; an object store by its account."""
    settings = settings_of({"tenantId": "t1"}, {**ADMIN, "OS_KEEP_SCOPE": "1"})

    assert settings.scope == ()
    assert settings == replace(settings_of({}, ADMIN), account="t1")


@pytest.mark.parametrize(
    ("catalogue", "asked"),
    [
        ("https://s.example/v1/AUTH_p1", "https://s.example/v1/AUTH_t1"),
        ("https://p1.example/swift/v1/p1", "https://p1.example/swift/v1/t1"),
        ("https://s.example/v1", "https://s.example/v1"),  # it finds the account by the token: there is no other way in
    ],
)
def test_an_object_store_is_asked_for_another_account_by_its_address(catalogue: str, asked: str) -> None:
    """The catalogue's entry ends with the project of the token."""
    assert of_account(catalogue, "p1", "t1") == asked
