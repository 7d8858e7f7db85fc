"""Transforms: functions of the program that may change a registration or a look-up before the engine sees it.

They run in the program, behind its Callbacks service. Which ones, and in which order, is Pulumi's own: those of the
resource, then those of its parents from the nearest on, then the stack's.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import grpc
from pulumi.runtime.proto import callback_pb2, callback_pb2_grpc, resource_pb2

from orchestrator.engine.deploy.deployment import ProgramError
from orchestrator.engine.rpc import transform_options
from orchestrator.engine.rpc.channel import open_channel
from orchestrator.engine.rpc.output_values import dependencies_in, upgraded

Callbacks = tuple[Any, ...]  # of callback_pb2.Callback
ProviderOf = Callable[[Any], str]  # registration -> the provider that it would get


class Transforms:
    """Those of one run of one program. Safe to use from many threads; to be closed after the program has ended."""

    def __init__(self, *, parent_of: Callable[[str], str], provider_of: ProviderOf) -> None:
        """`parent_of`: the URN above a URN of this run; "" above the Stack."""
        self._parent_of = parent_of
        self._provider_of = provider_of
        self._lock = threading.Lock()
        self._of_stack: Callbacks = ()
        self._of_functions: Callbacks = ()
        self._of_resources: dict[str, Callbacks] = {}
        self._channels: dict[str, Any] = {}

    def for_stack(self, callback: Any) -> None:
        with self._lock:
            self._of_stack = (*self._of_stack, callback)

    def for_functions(self, callback: Any) -> None:
        with self._lock:
            self._of_functions = (*self._of_functions, callback)

    def keep(self, urn: str, request: Any) -> None:
        """The transforms of a resource count for its children too."""
        if request.transforms:
            with self._lock:
                self._of_resources[urn] = tuple(request.transforms)

    def registration(self, request: Any) -> Any:
        """The registration as the transforms leave it."""
        callbacks = self._applying_to(request)
        if not callbacks:
            return request
        now = resource_pb2.RegisterResourceRequest()
        now.CopyFrom(request)
        now.provider = self._provider_of(request)
        for callback in callbacks:
            asked = resource_pb2.TransformRequest(
                type=now.type,
                name=now.name,
                custom=now.custom,
                parent=now.parent,
                properties=upgraded(now.object, now.propertyDependencies if request.transforms else {}),
                options=transform_options.of(now),
            )
            answer = resource_pb2.TransformResponse.FromString(self._invoke(callback, asked, f"resource {now.name}"))
            _take_over(now, answer)
        return now

    def function(self, request: Any) -> Any:
        """The look-up as the transforms leave it."""
        if not self._of_functions:
            return request
        now = resource_pb2.ResourceInvokeRequest()
        now.CopyFrom(request)
        for callback in self._of_functions:
            options = resource_pb2.TransformInvokeOptions(
                provider=now.provider, version=now.version, plugin_download_url=now.pluginDownloadURL
            )
            asked = resource_pb2.TransformInvokeRequest(token=now.tok, args=upgraded(now.args, {}), options=options)
            answer = resource_pb2.TransformInvokeResponse.FromString(self._invoke(callback, asked, now.tok))
            if answer.HasField("args"):
                now.args.CopyFrom(answer.args)
            if answer.HasField("options"):
                now.provider, now.version = answer.options.provider, answer.options.version
        return now

    def close(self) -> None:
        """Break off what is still being asked: nobody is there to answer it any more."""
        with self._lock:
            channels, self._channels = tuple(self._channels.values()), {}
        for channel in channels:
            channel.close()

    def _applying_to(self, request: Any) -> Callbacks:
        with self._lock:
            found = list(request.transforms)
            above = request.parent if self._of_resources else ""
            while above:
                found += self._of_resources.get(above, ())
                above = self._parent_of(above)
            return (*found, *self._of_stack)

    def _invoke(self, callback: Any, asked: Any, about: str) -> bytes:
        with self._lock:
            if callback.target not in self._channels:
                self._channels[callback.target] = open_channel(callback.target)
            stub = callback_pb2_grpc.CallbacksStub(self._channels[callback.target])
        request = callback_pb2.CallbackInvokeRequest(token=callback.token, request=asked.SerializeToString())
        try:
            return bytes(stub.Invoke(request).response)
        except (grpc.RpcError, ValueError) as error:  # ValueError: the channel was closed meanwhile
            raise ProgramError(f"{about}: a transform failed: {_cause(callback, error)}") from error


def _take_over(now: Any, answer: Any) -> None:
    """Put the answer of one transform into the registration."""
    needed = set(now.dependencies) if not now.transforms else set()
    if answer.HasField("properties"):
        found = {
            name: _both(now.propertyDependencies[name].urns, dependencies_in(value))
            for name, value in answer.properties.fields.items()
        }
        now.object.CopyFrom(answer.properties)
        now.propertyDependencies.clear()
        for name, urns in found.items():
            now.propertyDependencies[name].urns.extend(urns)
    if answer.HasField("options"):
        transform_options.apply(answer.options, now)
    needed |= {urn for found in now.propertyDependencies.values() for urn in found.urns}
    now.dependencies.extend(sorted(needed.difference(now.dependencies)))


def _both(first: Sequence[str], second: Sequence[str]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def _cause(callback: Any, error: Exception) -> str:
    """What the transform itself said: without the token and the trace that the SDK puts around it."""
    details = str(error.details()) if isinstance(error, grpc.RpcError) else "the program has ended"
    return details.removeprefix(f"Invoke callback {callback.token} error: ").split(":\n  File ", 1)[0]
