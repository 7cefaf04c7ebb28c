"""Every documented use case, once. Navigation, matrix, risk review, bootcamp, home, worker and docs all read it here."""

from lib.catalogue.model import (
    Area,
    Criterion,
    Needs,
    Score,
    SteeringPage,
    UseCase,
    ValueLever,
)

__all__ = ["Area", "Criterion", "Needs", "Score", "SteeringPage", "UseCase", "ValueLever"]
