"""A face in a picture: its landmarks, how the head is turned, and something of known size beside it.

Nothing here identifies anybody, guesses an age, a sex, an origin or a mood, and nothing is written anywhere.
"""

from lib.vision.faces.card import CARD_HEIGHT, CARD_WIDTH, find_card
from lib.vision.faces.landmarks import Face, find_faces, model_ready
from lib.vision.faces.points import CARD_POINTS, FACE_POINTS, IRIS_POINTS, guessed_points, points_of
from lib.vision.faces.pose import Pose, focal_pixels, head_pose

__all__ = [
    "CARD_HEIGHT",
    "CARD_POINTS",
    "CARD_WIDTH",
    "FACE_POINTS",
    "IRIS_POINTS",
    "Face",
    "Pose",
    "find_card",
    "find_faces",
    "focal_pixels",
    "guessed_points",
    "head_pose",
    "model_ready",
    "points_of",
]
