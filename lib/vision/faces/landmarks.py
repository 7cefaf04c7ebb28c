"""478 points of each face in a picture, by the model in mediapipe's wheel (Kartynnik et al., 2019; Grishchenko et al.,
2020).

mediapipe is imported at the first face and stays loaded. Its graph is built from the file in the wheel without the
options that its Python classes rewrite: these need a protobuf older than 7.
"""

from __future__ import annotations

import importlib
import importlib.util
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Pixels = NDArray[np.uint8]
GRAPH = "modules/face_landmark/face_landmark_front_cpu.binarypb"
MOST_FACES = 5
LONGEST = 1280  # the model looks at far fewer pixels than that
RIGHT_IRIS, LEFT_IRIS = 468, 473  # of the person; the four points around each follow
_lock = threading.Lock()
_graph: list[Any] = []


@dataclass(frozen=True)
class Face:
    """One face: (478, 2) points in pixels of the picture that was given, x to the right, y down."""

    points: Array

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        low, high = self.points.min(axis=0), self.points.max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def model_ready() -> bool:
    """Whether the landmark model is installed; without it a person places the points."""
    spec = importlib.util.find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        return False
    return (Path(spec.submodule_search_locations[0]) / GRAPH).is_file()


def find_faces(pixels: Pixels) -> tuple[Face, ...]:
    """The faces in a picture (h, w, 3), the largest first; at most five. Empty where there is none.

    The whole picture is looked at, then, where nothing is found, its middle: a face that fills little of a picture is
    not seen by the model, which is made for faces within two metres.
    """
    height, width = pixels.shape[:2]
    found = _look(pixels)
    if not found:
        for share in (0.6, 0.36):
            top, left = int(height * (1 - share) * 0.4), int(width * (1 - share) / 2)
            part = pixels[top : top + int(height * share), left : left + int(width * share)]
            found = [points + np.array([left, top]) for points in _look(part)]
            if found:
                break
    faces = (Face(points) for points in found)
    return tuple(sorted(faces, key=lambda face: -(face.box[2] - face.box[0])))


def _look(pixels: Pixels) -> list[Array]:
    """Points of each face. The picture is set on a grey square: the model's crops are exact on squares only."""
    import cv2

    height, width = pixels.shape[:2]
    shrink = min(1.0, LONGEST / max(height, width))
    small = pixels if shrink == 1.0 else cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    side = max(h, w)
    square = np.full((side, side, 3), 128, np.uint8)
    top, left = (side - h) // 2, (side - w) // 2
    square[top : top + h, left : left + w] = small
    with _lock:
        found = _model().process(square).multi_face_landmarks or []
    offset = np.array([left, top])
    return [(np.array([(p.x, p.y) for p in face.landmark]) * side - offset) / (w / width) for face in found]


def _model() -> Any:
    """The model, loaded once; the caller holds the lock (it takes one picture at a time)."""
    if not _graph:
        _with_prototypes()
        from mediapipe.python.solution_base import SolutionBase

        _graph.append(
            SolutionBase(
                binary_graph_path=f"mediapipe/{GRAPH}",
                side_inputs={"num_faces": MOST_FACES, "with_attention": True, "use_prev_landmarks": False},
                outputs=["multi_face_landmarks"],
            )
        )
    return _graph[0]


def _with_prototypes() -> None:
    """Give protobuf's factory the method back that mediapipe asks for when it is imported.

    ``GetPrototype`` became ``GetMessageClass`` and was removed; without it mediapipe writes an error to the log.
    """
    message_factory: Any = importlib.import_module("google.protobuf.message_factory")
    factory = message_factory.MessageFactory
    if not hasattr(factory, "GetPrototype"):
        factory.GetPrototype = lambda _self, descriptor: message_factory.GetMessageClass(descriptor)
