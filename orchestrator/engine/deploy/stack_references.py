"""Outputs of other stacks of the same backend (`pulumi.StackReference`), as Pulumi's own engine reads and records them.

Such a reference is a resource that is only read: external, of the package `pulumi`, which no provider carries out.
"""

from __future__ import annotations

from dataclasses import replace

from orchestrator.engine.deploy.deployment import Deployment
from orchestrator.engine.errors import EngineError
from orchestrator.engine.provider import ProviderError
from orchestrator.engine.state.resource import Resource
from orchestrator.engine.state.values import bare, has_secret


def look_up(deployment: Deployment, reference: Resource) -> Resource:
    """The reference with the other stack's outputs; raises ProviderError where they cannot be had."""
    name = bare(reference.inputs.get("name"))
    if not isinstance(name, str):
        raise ProviderError("a stack reference needs the name of a stack, as a text")
    try:
        outputs = deployment.stack_outputs(name)
    except EngineError as error:
        raise ProviderError(str(error).removeprefix("error: ")) from error
    secret = sorted(output for output, value in outputs.items() if has_secret(value))
    return replace(reference, outputs={"name": name, "outputs": outputs, "secretOutputNames": secret})
