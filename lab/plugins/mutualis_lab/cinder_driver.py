"""A Cinder back end that stores nothing and has the size that the cloud's shape gives it."""

from typing import Any

from cinder.tests import fake_driver

from lab.shape_file import current_shape


class SizedDriver(fake_driver.FakeLoggingVolumeDriver):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.backend_name = self.configuration.safe_get("volume_backend_name")
        sizes = {backend.name: backend.capacity_gb for backend in current_shape().volume_backends}
        self._capacity_gb = sizes[self.backend_name]

    def _update_volume_stats(self) -> None:
        super()._update_volume_stats()
        self._stats["pools"][0].update(
            total_capacity_gb=self._capacity_gb,
            free_capacity_gb=self._capacity_gb,
            reserved_percentage=0,
            thin_provisioning_support=True,
            max_over_subscription_ratio="1.0",
        )

    def clone_image(self, *_arguments: Any, **_options: Any) -> tuple[dict[str, Any], bool]:
        """Say that the image's data is there already: downloading it would need sudo and qemu-img, to store nothing."""
        return {}, True
