"""The options of a registration in the form that transforms are given, and back."""

from __future__ import annotations

from typing import Any, Final

from pulumi.runtime.proto import alias_pb2, resource_pb2

# field of the registration -> field of TransformResourceOptions
_TEXTS: Final = {
    "provider": "provider",
    "version": "version",
    "pluginDownloadURL": "plugin_download_url",
    "deletedWith": "deleted_with",
    "importId": "import",
}
_LISTS: Final = {
    "dependencies": "depends_on",
    "ignoreChanges": "ignore_changes",
    "replaceOnChanges": "replace_on_changes",
    "additionalSecretOutputs": "additional_secret_outputs",
    "hideDiffs": "hide_diff",
    "replace_with": "replace_with",
}
_MESSAGES: Final = {
    "customTimeouts": "custom_timeouts",
    "hooks": "hooks",
    "replacement_trigger": "replacement_trigger",
}
_CHOICES: Final = {"protect": "protect", "retainOnDelete": "retain_on_delete"}  # said or not said


def of(request: Any) -> Any:
    """The registration's options."""
    options = resource_pb2.TransformResourceOptions()
    for ours, theirs in _TEXTS.items():
        setattr(options, theirs, getattr(request, ours))
    for ours, theirs in _LISTS.items():
        getattr(options, theirs).extend(getattr(request, ours))
    for ours, theirs in _MESSAGES.items():
        if request.HasField(ours):
            getattr(options, theirs).CopyFrom(getattr(request, ours))
    for ours, theirs in _CHOICES.items():
        if request.HasField(ours):
            setattr(options, theirs, getattr(request, ours))
    if request.deleteBeforeReplaceDefined:
        options.delete_before_replace = request.deleteBeforeReplace
    options.aliases.extend(request.aliases)
    options.aliases.extend(alias_pb2.Alias(urn=urn) for urn in request.aliasURNs)
    options.providers.update(request.providers)
    return options


def apply(options: Any, request: Any) -> None:
    """Put the options into the registration, in the place of its own."""
    for ours, theirs in _TEXTS.items():
        setattr(request, ours, getattr(options, theirs))
    for ours, theirs in _LISTS.items():
        found = list(getattr(options, theirs))
        request.ClearField(ours)
        getattr(request, ours).extend(found)
    for ours, theirs in _MESSAGES.items():
        request.ClearField(ours)
        if options.HasField(theirs):
            getattr(request, ours).CopyFrom(getattr(options, theirs))
    for ours, theirs in _CHOICES.items():
        request.ClearField(ours)
        if options.HasField(theirs):
            setattr(request, ours, getattr(options, theirs))
    request.deleteBeforeReplaceDefined = options.HasField("delete_before_replace")
    request.deleteBeforeReplace = options.delete_before_replace
    request.ClearField("aliasURNs")
    request.ClearField("aliases")
    request.aliases.extend(options.aliases)
    request.providers.clear()
    request.providers.update(options.providers)
