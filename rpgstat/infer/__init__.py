"""From columns and counted answers to a study: what can be known without being told, and the refusal to guess the rest."""

from rpgstat.infer.catalogue import KnownScale, catalogue, is_off_scale, with_families
from rpgstat.infer.inference import Inference, infer

__all__ = ["Inference", "KnownScale", "catalogue", "infer", "is_off_scale", "with_families"]
