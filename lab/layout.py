"""Where everything of one cloud lies: all in one directory, nothing outside it."""

from dataclasses import dataclass
from pathlib import Path

from lab.control_plane import Service
from lab.directory import claim

_MEANT_BY_SOMEONE = frozenset("?#$%{}\n")  # SQLAlchemy's URLs, oslo.config's substitution, Nova's templates


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one cloud below its directory."""

    root: Path

    @property
    def definition(self) -> Path:
        return self.root / "cloud.json"

    @property
    def passwords(self) -> Path:
        return self.root / "passwords.json"

    @property
    def clouds_yaml(self) -> Path:
        return self.root / "clouds.yaml"

    @property
    def guard(self) -> Path:
        return self.root / "guard"

    @property
    def configuration(self) -> Path:
        return self.root / "etc"

    @property
    def state(self) -> Path:
        return self.root / "state"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def cache(self) -> Path:
        return self.root / "cache"

    @property
    def swift(self) -> Path:
        """Where Swift's three devices lie: accounts, containers, objects."""
        return self.state / "swift"

    @property
    def origin(self) -> Path:
        """Where and on which ports the state was last used."""
        return self.state / "origin.json"

    @property
    def registered(self) -> Path:
        """Stands when Keystone knows the services' users and endpoints; its lines are the optional ones."""
        return self.state / "registered"

    @property
    def contents(self) -> tuple[Path, ...]:
        """All that a cloud writes, the guard last: as long as it stands, the directory is known as a cloud's."""
        directories = (self.run, self.state, self.configuration, self.logs, self.cache)
        return (*directories, self.definition, self.passwords, self.clouds_yaml, self.guard)

    def database(self, name: str) -> Path:
        return self.state / "db" / name

    def tables_made(self, service: Service) -> Path:
        return self.state / "db" / f"{service.name}.made"

    def configuration_of(self, service: Service) -> Path:
        file = "glance-api.conf" if service.name == "glance" else f"{service.name}.conf"
        return self.configuration / service.name / file

    def policy_of(self, service: Service) -> Path:
        return self.configuration / service.name / "policy.yaml"

    def log_of(self, service: Service) -> Path:
        return self.logs / f"{service.name}.log"

    def pid_file(self, service: Service) -> Path:
        return self.run / f"{service.name}.pid"

    def started_with(self, service: Service) -> Path:
        """Hold the digest of the configuration that the running service has read."""
        return self.run / f"{service.name}.digest"

    def claim_file(self, service: Service) -> Path:
        """Is locked by the service as long as it lives: never two processes on one database."""
        return self.run / f"{service.name}.claim"

    def claim_root(self) -> None:
        """Make the cloud's directory, 0700; refuse one that is somebody else's."""
        claim(
            self.root,
            self.guard,
            whose="an embedded cloud's",
            unfit=_MEANT_BY_SOMEONE,
            carrier="database addresses",
        )

    def make(self) -> None:
        """Create the directories inside, each 0700."""
        for path in (self.configuration, self.state, self.logs, self.run, self.cache):
            path.mkdir(mode=0o700, exist_ok=True)
        for name in ("db", "fernet", "credential", "images", "staging", "tasks", "lock", "coordination"):
            (self.state / name).mkdir(mode=0o700, exist_ok=True)
