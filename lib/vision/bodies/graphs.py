"""MediaPipe's graphs for bodies, loaded once and used by one thread at a time.

They are built from the files in the wheel without the options that its Python classes rewrite: these need a protobuf
older than ours. The finder of people is part of the pose model; a graph of its own tells all whom it sees.
"""

from __future__ import annotations

import importlib.util
import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.vision.faces.landmarks import _with_prototypes as with_prototypes

Pixels = NDArray[np.uint8]
POSE = "modules/pose_landmark/pose_landmark_cpu.binarypb"
MASK = "modules/selfie_segmentation/selfie_segmentation_cpu.binarypb"
FINDER = (
    'input_stream: "image" output_stream: "detections" node { calculator: "PoseDetectionCpu" '
    'input_stream: "IMAGE:image" output_stream: "DETECTIONS:detections" }'
)
lock = threading.Lock()
_graphs: dict[str, Any] = {}


def ready() -> bool:
    """Whether the models for bodies are installed."""
    spec = importlib.util.find_spec("mediapipe")
    if spec is None or not spec.submodule_search_locations:
        return False
    root = Path(spec.submodule_search_locations[0])
    return (root / POSE).is_file() and (root / MASK).is_file()


def graph(name: str) -> Any:
    """'pose', 'mask' or 'finder'; the caller holds ``lock``."""
    if name not in _graphs:
        with_prototypes()
        _graphs[name] = _made(name)
    return _graphs[name]


def _made(name: str) -> Any:
    from mediapipe.python.solution_base import SolutionBase

    if name == "mask":
        inputs: dict[str, Any] = {"model_selection": 0}
        return SolutionBase(binary_graph_path=f"mediapipe/{MASK}", side_inputs=inputs, outputs=["segmentation_mask"])
    if name == "finder":
        import importlib

        from mediapipe.framework import calculator_pb2

        text_format: Any = importlib.import_module("google.protobuf.text_format")

        config = text_format.Parse(FINDER, calculator_pb2.CalculatorGraphConfig())
        return SolutionBase(graph_config=config, outputs=["detections"])
    inputs = {
        "model_complexity": 1, "smooth_landmarks": False, "enable_segmentation": False, "smooth_segmentation": False,
        "use_prev_landmarks": False,
    }  # fmt: skip
    return SolutionBase(binary_graph_path=f"mediapipe/{POSE}", side_inputs=inputs, outputs=["pose_landmarks"])


def squared(pixels: Pixels, longest: int) -> tuple[Pixels, float, tuple[int, int]]:
    """The picture on a grey square of at most ``longest`` pixels; how it was shrunk, and where it lies (left, top)."""
    import cv2

    height, width = pixels.shape[:2]
    shrink = min(1.0, longest / max(height, width))
    small = pixels if shrink == 1.0 else cv2.resize(pixels, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    h, w = small.shape[:2]
    side = max(h, w)
    square = np.full((side, side, 3), 200, np.uint8)
    top, left = (side - h) // 2, (side - w) // 2
    square[top : top + h, left : left + w] = small
    return square, shrink, (left, top)
