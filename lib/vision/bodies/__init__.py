"""People seen whole: who is in a picture, their joints, their outline, and smooth warps between two shapes.

The joints are BlazePose's (Bazarevsky et al., 2020) and the outline MediaPipe's selfie mask with GrabCut (Rother et
al., 2004) at its edge; the warp is the thin-plate spline (Bookstein, 1989).
"""

from lib.vision.bodies.joints import JOINTS, Body, bodies_ready, find_people, read_body
from lib.vision.bodies.outlines import person_mask
from lib.vision.bodies.splines import Spline, warped

__all__ = ["JOINTS", "Body", "Spline", "bodies_ready", "find_people", "person_mask", "read_body", "warped"]
