"""A user. Keystone keeps exceptions to password rules in `options`, and any further key beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from orchestrator.engine.cloud.collection import Collection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from orchestrator.engine.cloud.handler import Action
    from orchestrator.engine.provider import Properties

_OPTIONS: Final = (
    "ignoreChangePasswordUponFirstUse",
    "ignoreLockoutFailureAttempts",
    "ignorePasswordExpiry",
    "multiFactorAuthEnabled",
)
_RULES: Final = "multi_factor_auth_rules"


class User(Collection):
    def creation(self, action: Action, inputs: Properties) -> dict[str, Any]:
        return self.encoded(action, inputs)

    def encoded(self, action: Action, inputs: Mapping[str, Any]) -> dict[str, Any]:
        plain = {
            name: value for name, value in inputs.items() if name not in {*_OPTIONS, "extra", "multiFactorAuthRules"}
        }
        body = super().encoded(action, plain) | dict(inputs.get("extra") or {})
        keys = {name: action.type.inputs[name].key for name in _OPTIONS}
        options: dict[str, Any] = {keys[name]: inputs[name] for name in _OPTIONS if inputs.get(name) is not None}
        if inputs.get("multiFactorAuthRules") is not None:
            options[_RULES] = [rule["rules"] for rule in inputs["multiFactorAuthRules"]]
        return body | {"options": options} if options else body

    def outputs(self, action: Action, body: dict[str, Any], known: Properties) -> dict[str, Any]:
        outputs = super().outputs(action, body, known)
        rules = (body.get("options") or {}).get(_RULES) or []
        if rules:
            outputs["multiFactorAuthRules"] = [{"rules": rule} for rule in rules]
        extra = {name: str(body[name]) for name in known.get("extra") or {} if body.get(name) is not None}
        return outputs | ({"extra": extra} if extra else {})
