"""A chat completions endpoint on loopback that can fail in every way that real ones do."""

from server.model_server import ModelServer, Seen
from server.replies import FAULTS, Reply, completion, echo, error

__all__ = ["FAULTS", "ModelServer", "Reply", "Seen", "completion", "echo", "error"]
