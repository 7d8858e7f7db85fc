"""The ResourceMonitor service: what a running program calls. It turns messages into goals and answers back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import resource_pb2
from typing_extensions import override

from orchestrator.engine.deploy import components, reads, registrar
from orchestrator.engine.deploy.deployment import Deployment, ProgramError, explained
from orchestrator.engine.deploy.gate import Stopped
from orchestrator.engine.deploy.goal import Answer, Result
from orchestrator.engine.deploy.inherit import complete
from orchestrator.engine.rpc import requests
from orchestrator.engine.rpc.refusals import Refusals
from orchestrator.engine.rpc.transforms import Transforms
from orchestrator.engine.rpc.values import from_struct, to_struct

# What is carried out, in the protocol's numbers: secrets, resource references, alias specs, replacementTrigger,
# deletedWith, replaceWith, transforms of resources and of functions, dependsOn of functions. A program that uses
# anything else is told so by its SDK.
FEATURES: Final = (0, 1, 3, 4, 5, 6, 7, 8, 14)
_NAMES: Final = frozenset(
    {
        "secrets",
        "resourceReferences",
        "aliasSpecs",
        "replacementTrigger",
        "deletedWith",
        "replaceWith",
        "transforms",
        "invokeTransforms",
    }
)


# Seconds. A program that raises at once cancels its open calls; an answer that comes in that very moment trips the SDK,
# which then leaves its event loop open. So a failed look-up is answered after the calls that are about to end.
_PATIENCE: Final = 1.0


class Monitor(Refusals):
    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment
        self._transforms = Transforms(parent_of=deployment.parent_of, provider_of=self._provider_of)

    def close(self) -> None:
        """The program has ended: break off what it is still asked."""
        self._transforms.close()

    def GetDeploymentInfo(self, _request: Any, _context: Any) -> resource_pb2.DeploymentInfo:  # noqa: N802 pulumirpc's own name
        deployment = self._deployment
        return resource_pb2.DeploymentInfo(
            project=deployment.project,
            stack=deployment.stack,
            organization="organization",
            dryRun=deployment.options.dry_run,
            parallel=deployment.options.parallel,
            supportedFeatures=FEATURES,  # type: ignore[arg-type]  # the stub wants the enumeration's own type
        )

    def SupportsFeature(self, request: Any, _context: Any) -> resource_pb2.SupportsFeatureResponse:  # noqa: N802 pulumirpc's own name
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in _NAMES)

    def RegisterResource(self, request: Any, context: Any) -> resource_pb2.RegisterResourceResponse:  # noqa: N802 pulumirpc's own name
        answer: Answer = self._call(context, lambda: self._register(request))
        properties = requests.secret_aware(answer.properties, accepted=request.acceptSecrets)
        return resource_pb2.RegisterResourceResponse(
            urn=answer.urn,
            id=answer.id,
            object=to_struct(properties),
            result=answer.result.value,  # type: ignore[arg-type]  # SKIP has no name in this SDK's enumeration
            unknown=answer.unknown,
        )

    def _register(self, request: Any) -> Answer:
        now = self._transforms.registration(request)
        answer = registrar.register(self._deployment, requests.goal(now))
        self._transforms.keep(answer.urn, request)
        return answer

    def _provider_of(self, request: Any) -> str:
        return complete(self._deployment, requests.goal(request)).provider if request.custom else str(request.provider)

    def RegisterStackTransform(self, request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        self._transforms.for_stack(request)
        return empty_pb2.Empty()

    def RegisterStackInvokeTransform(self, request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        self._transforms.for_functions(request)
        return empty_pb2.Empty()

    def RegisterResourceOutputs(self, request: Any, context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        self._call(
            context,
            lambda: components.register_outputs(
                self._deployment, request.urn, from_struct(request.outputs, in_place=True)
            ),
        )
        return empty_pb2.Empty()

    def ReadResource(self, request: Any, context: Any) -> resource_pb2.ReadResourceResponse:  # noqa: N802 pulumirpc's own name
        answer: Answer = self._call(
            context,
            lambda: reads.read(self._deployment, requests.reading(request)),
            ended=lambda: Answer(urn="", result=Result.SKIPPED),
        )
        properties = requests.secret_aware(answer.properties, accepted=request.acceptSecrets)
        return resource_pb2.ReadResourceResponse(
            urn=answer.urn,
            id=answer.id,
            properties=to_struct(properties),
            result=answer.result.value,  # type: ignore[arg-type]  # as above
            unknown=answer.unknown,
        )

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802 pulumirpc's own name
        found = self._call(context, lambda: self._invoke(request), ended=lambda: None)  # unknown
        response = resource_pb2.ResourceInvokeResponse(unknown=found is None)
        if found is not None:
            getattr(response, "return").CopyFrom(to_struct(found))
        return response

    def _invoke(self, request: Any) -> Mapping[str, Any] | None:
        now = self._transforms.function(request)
        return reads.invoke(
            self._deployment,
            now.tok,
            from_struct(now.args),
            provider=now.provider,
            version=now.version,
            needs=tuple(now.dependsOn),
        )

    def SignalAndWaitForShutdown(self, _request: Any, _context: Any) -> empty_pb2.Empty:  # noqa: N802 pulumirpc's own name
        """Nothing of the program is needed after it has ended, so it need not wait for the deletions."""
        return empty_pb2.Empty()

    @override
    def refuse(self, context: Any, feature: str) -> Any:
        def raising() -> None:
            raise ProgramError(f"{feature} are not carried out by the embedded engine")

        return self._call(context, raising)

    def _call(self, context: Any, work: Callable[[], Any], ended: Callable[[], Any] | None = None) -> Any:
        """The work's result. `ended`: what is answered instead of an error when the operation is to end.

        An error of a look-up reaches all that depends on it; taking that down, the SDK trips and leaves its event
        loop open. Told that the result is unknown, the program comes to its end: at once where it needs a value.
        """
        try:
            with self._deployment.gate.call():
                return work()
        except Stopped:
            if ended is not None:
                self._deployment.report.leave()
                self._deployment.gate.wait_until_idle(_PATIENCE)
                return ended()
            context.abort(grpc.StatusCode.UNAVAILABLE, "the operation takes no new steps")
        except ProgramError as error:
            self._deployment.report.refuse(str(error))
            self._deployment.gate.stop()
            if ended is not None:
                self._deployment.gate.wait_until_idle(_PATIENCE)
                return ended()
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        except Exception as error:  # noqa: BLE001  the program must end with a message, whatever happened in a step
            self._deployment.report.diagnostic("error", explained(error))
            self._deployment.gate.stop()
            context.abort(grpc.StatusCode.UNAVAILABLE, "the engine failed")
        raise AssertionError("abort() always raises")
